# ruff: noqa: S101, T201 - it runs by itself on any Python: what it finds is printed.
"""Verify this dossier: `python3 verify.py [DOSSIER.zip | FOLDER] [--key ID]`, Python 3.9 or newer, nothing else.

It checks that the files are those that were signed, all of them, in their order and no other (manifest.json, Ed25519 of
RFC 8032); that every entry says what was hashed when it was written, and its evidence what it committed to; that the
texts are those their names say; and that the entries stood below signed roots (Merkle trees of RFC 6962). Compare the
key's id with the one the sender noted elsewhere. It exits with 0 if all of it holds, with 1 if something does not, and
with 2 if this is no dossier.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any, NamedTuple

Json = dict[str, Any]
Point = tuple[int, int, int, int]
Read = Callable[[str], bytes]

_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_NEUTRAL: Point = (0, 1, 1, 0)


_SIGNED_LAST = ["manifest.json", "manifest.sig"]


class NoDossier(Exception):
    """What was given is no dossier."""


_UNREADABLE = (
    *(NoDossier, OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, RecursionError),
    *(NotImplementedError, zipfile.BadZipFile, zlib.error),
)


class Dossier(NamedTuple):
    """`ordered` where the names come in the order they were written in, which a folder forgets."""

    names: list[str]
    ordered: bool
    read: Read


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify a dossier.")
    parser.add_argument("dossier", nargs="?", default=str(Path(__file__).parent))
    parser.add_argument("--key", help="the id of the only key to trust")
    given = parser.parse_args(words)
    try:
        faults, told = verify(opened(Path(given.dossier)), given.key)
    except _UNREADABLE as trouble:
        print(f"This is no dossier that can be read: {trouble!r}")
        return 2
    for line in told:
        print(line)
    for fault in faults:
        print(f"BROKEN {fault}")
    print("Something here is not what was signed." if faults else "All of it holds.")
    return 1 if faults else 0


def opened(place: Path) -> Dossier:
    """Raises NoDossier."""
    if place.is_dir():
        names = sorted(str(file.relative_to(place).as_posix()) for file in place.rglob("*") if file.is_file())
        return Dossier(names, ordered=False, read=lambda name: (place / _plain(name)).read_bytes())
    if not place.is_file():
        raise NoDossier("there is no such file or folder")
    archive = zipfile.ZipFile(place)
    names = archive.namelist()
    if len(set(names)) != len(names):
        raise NoDossier("it has two files of one name")
    return Dossier(names, ordered=True, read=archive.read)


def verify(dossier: Dossier, trusted: str | None = None) -> tuple[list[str], list[str]]:
    """What is broken, and what there is to tell."""
    manifest_bytes = dossier.read("manifest.json")
    manifest, signature = json.loads(manifest_bytes), json.loads(dossier.read("manifest.sig"))
    keys = {name: bytes.fromhex(key) for name, key in manifest["keys"].items()}
    faults = [f"the key {name} is not the one it is named after" for name in keys if _key_id(keys[name]) != name]
    if trusted is not None and signature["key_id"] != trusted:
        faults.append(f"it is signed with {signature['key_id']}, not with {trusted}")
    if not _signed(keys, signature["key_id"], signature["signature"], b"optin-manager dossier v1\n" + manifest_bytes):
        faults.append("manifest.json: the signature is not of it")
    faults += _file_faults(dossier, manifest["files"])
    proofs = _lines(dossier, "proofs.jsonl")
    found = [(proof, _entry_fault(proof, keys)) for proof in proofs]
    faults += [f"{proof['leaf']['log']} entry {proof['leaf']['entry_id']}: {fault}" for proof, fault in found if fault]
    entries = _lines(dossier, "entries.jsonl")
    faults += _ledger_faults(entries, proofs)
    sealed = sum(1 for proof in proofs if proof.get("checkpoint"))
    open_ones = sum(1 for entry in entries if entry["committed"])
    told = [
        f"Made at {manifest['made_at']}, signed with key {signature['key_id']}.",
        f"{len(manifest['files'])} files; {len(proofs)} entries, {sealed} of them below a signed root.",
        f"{len(proofs) - sealed} entries are not sealed yet: of these, the signature of this dossier is all the proof.",
        f"{open_ones} of {len(entries)} entries of the ledger come with their evidence, as they committed to it.",
    ]
    return faults, told


def _file_faults(dossier: Dossier, files: dict[str, str]) -> list[str]:
    faults = []
    for name, digest in files.items():
        if name not in dossier.names:
            faults.append(f"{name}: it is missing")
            continue
        data = _readable(dossier, name)
        if data is None or sha256(data).hexdigest() != digest:
            faults.append(f"{name}: it is not the file that was signed")
        elif name.startswith(("texts/", "snapshots/")) and Path(name).stem != digest:
            faults.append(f"{name}: it is not the text its name says")
    extra = [name for name in dossier.names if name not in files and name not in _SIGNED_LAST]
    faults += [f"{name}: nobody signed it" for name in extra if "__pycache__" not in name]
    written = [name for name in files if name in dossier.names] + _SIGNED_LAST
    if dossier.ordered and [name for name in dossier.names if name not in extra] != written:
        faults.append("the files are not in the order they were written in")
    return faults


def _readable(dossier: Dossier, name: str) -> bytes | None:
    try:
        return dossier.read(name)
    except (KeyError, OSError, EOFError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return None


def _lines(dossier: Dossier, name: str) -> list[Json]:
    """None where the file is missing or broken, which is told already."""
    return [json.loads(line) for line in (_readable(dossier, name) or b"").decode().split("\n") if line]


def _ledger_faults(entries: list[Json], proofs: list[Json]) -> list[str]:
    """What is told of each entry against the line that was hashed, one to one and in one order."""
    lines = [json.loads(proof["line"]) for proof in proofs if proof["leaf"]["log"] == "ledger"]
    if [entry["fact"]["id"] for entry in entries] != [line["fact"]["id"] for line in lines]:
        return ["entries.jsonl: its entries are not those that are proven"]
    return [
        f"ledger entry {entry['fact']['id']}: {fault}"
        for entry, line in zip(entries, lines)  # noqa: B905 - Python 3.9 knows no strict
        if (fault := _telling_fault(entry, line))
    ]


def _telling_fault(entry: Json, line: Json) -> str | None:
    if any(entry[name] != line[name] for name in ("fact", "contact", "point", "actor")):
        return "it tells something else than what was hashed"
    committed = entry["committed"]
    if committed is None:
        return "its evidence comes without what it was committed with" if entry["evidence"] is not None else None
    salted = bytes.fromhex(committed["salt"]) + committed["text"].encode()
    if sha256(salted).hexdigest() != line["commitment"]:
        return "its evidence is not what it committed to"
    return None if json.loads(committed["text"]) == entry["evidence"] else "it tells of other evidence"


def _entry_fault(proof: Json, keys: dict[str, bytes]) -> str | None:
    leaf, line, signed = proof["leaf"], proof["line"], proof.get("checkpoint")
    if sha256(line.encode()).hexdigest() != leaf["hash"]:
        return "it does not say what was hashed"
    says = json.loads(line)
    if (says.get("fact") or says.get("record"))["id"] != leaf["entry_id"]:
        return "it is another entry's line"
    if signed is None:
        return None
    checkpoint = signed["checkpoint"]
    size, index = checkpoint["last"] - checkpoint["first"] + 1, proof["number"] - checkpoint["first"]
    hashed = sha256(b"\x00" + canonical(leaf)).digest()
    path = [bytes.fromhex(step) for step in proof["path"]]
    if root_of_proof(hashed, index, size, path) != bytes.fromhex(checkpoint["root"]):
        return "it is not below the signed root"
    if not _signed(
        keys, signed["key_id"], signed["signature"], b"optin-manager checkpoint v1\n" + canonical(checkpoint)
    ):
        return "the signature of its checkpoint does not hold"
    return None


def canonical(value: Any) -> bytes:
    """RFC 8785, for strings, integers, booleans and null."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def root_of_proof(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return None
    found, last, steps = leaf, size - 1, list(path)
    while last:
        if index % 2 or index < last:
            if not steps:
                return None
            step = steps.pop(0)
            pair = step + found if index % 2 else found + step
            found = sha256(b"\x01" + pair).digest()
        index, last = index // 2, last // 2
    return None if steps else found


def _signed(keys: dict[str, bytes], key_id: str, signature: str, data: bytes) -> bool:
    return key_id in keys and genuine(keys[key_id], base64.b64decode(signature), data)


@cache
def genuine(public: bytes, signature: bytes, data: bytes) -> bool:
    """Ed25519 as RFC 8032, section 5.1.7, verifies it."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = _decompressed(public), _decompressed(signature[:32])
    answer = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or answer >= _Q:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + data).digest(), "little") % _Q
    return _same(_times(answer, _base()), _plus(commitment, _times(challenge, key)))


def _key_id(public: bytes) -> str:
    return sha256(public).hexdigest()[:16]


def _base() -> Point:
    y = 4 * pow(5, _P - 2, _P) % _P
    point = _decompressed(y.to_bytes(32, "little"))
    assert point is not None
    return point


def _decompressed(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return (x, y, 1, x * y % _P)


def _plus(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(factor: int, point: Point) -> Point:
    found = _NEUTRAL
    while factor:
        if factor & 1:
            found = _plus(found, point)
        point, factor = _plus(point, point), factor >> 1
    return found


def _same(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % _P == 0 and (one[1] * other[2] - other[1] * one[2]) % _P == 0


def _plain(name: str) -> str:
    """Raises NoDossier."""
    if name.startswith("/") or ".." in Path(name).parts:
        raise NoDossier(f"{name} leads out of it")
    return name


if __name__ == "__main__":
    sys.exit(main())
