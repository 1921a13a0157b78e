"""Verify this dossier: `python3 verify.py [DOSSIER.zip | FOLDER] [--key ID]`, Python 3.9 or newer, nothing else.

It checks that every file is the one that was signed (manifest.json, Ed25519 of RFC 8032), that every entry says what
was hashed when it was written, and that it stood below a signed root (Merkle trees of RFC 6962). Compare the key's id
with the one the sender noted elsewhere. It exits with 0 if all of it holds, with 1 if something does not, and with 2 if
this is no dossier.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Point = tuple[int, int, int, int]
Read = Callable[[str], bytes]

_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_NEUTRAL: Point = (0, 1, 1, 0)


class NoDossier(Exception):
    """What was given is no dossier."""


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify a dossier.")
    parser.add_argument("dossier", nargs="?", default=str(Path(__file__).parent))
    parser.add_argument("--key", help="the id of the only key to trust")
    given = parser.parse_args(words)
    try:
        faults, told = verify(opened(Path(given.dossier)), given.key)
    except (NoDossier, OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as trouble:
        print(f"This is no dossier that can be read: {trouble!r}")
        return 2
    for line in told:
        print(line)
    for fault in faults:
        print(f"BROKEN {fault}")
    print("Something here is not what was signed." if faults else "All of it holds.")
    return 1 if faults else 0


def opened(place: Path) -> Read:
    """Raises NoDossier."""
    if place.is_dir():
        return lambda name: (place / _plain(name)).read_bytes()
    if not place.is_file():
        raise NoDossier("there is no such file or folder")
    archive = zipfile.ZipFile(place)
    names = archive.namelist()
    if len(set(names)) != len(names):
        raise NoDossier("it has two files of one name")
    return archive.read


def verify(read: Read, trusted: str | None = None) -> tuple[list[str], list[str]]:
    """What is broken, and what there is to tell."""
    manifest_bytes = read("manifest.json")
    manifest, signature = json.loads(manifest_bytes), json.loads(read("manifest.sig"))
    keys = {name: bytes.fromhex(key) for name, key in manifest["keys"].items()}
    faults = [f"the key {name} is not the one it is named after" for name in keys if _key_id(keys[name]) != name]
    if trusted is not None and signature["key_id"] != trusted:
        faults.append(f"it is signed with {signature['key_id']}, not with {trusted}")
    if not _signed(keys, signature["key_id"], signature["signature"], b"optin-manager dossier v1\n" + manifest_bytes):
        faults.append("manifest.json: the signature is not of it")
    for name, digest in manifest["files"].items():
        if sha256(read(name)).hexdigest() != digest:
            faults.append(f"{name}: it is not the file that was signed")
    proofs = [json.loads(line) for line in read("proofs.jsonl").splitlines()]
    found = [(proof, _entry_fault(proof, keys)) for proof in proofs]
    faults += [f"{proof['leaf']['log']} entry {proof['leaf']['entry_id']}: {fault}" for proof, fault in found if fault]
    sealed = sum(1 for proof in proofs if proof.get("checkpoint"))
    told = [
        f"Made at {manifest['made_at']}, signed with key {signature['key_id']}.",
        f"{len(manifest['files'])} files; {len(proofs)} entries, {sealed} of them below a signed root.",
    ]
    return faults, told


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
