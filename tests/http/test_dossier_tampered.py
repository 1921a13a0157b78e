"""A dossier that somebody touched, looked at by the verifier it carries, in a Python that has nothing else."""

import base64
import json

import pytest

from tests.http.dossiers import ADDRESS, CONSENT, WANTED, Opened, packed, sealed, verified, verified_in


@pytest.fixture
async def dossier(api, process, weekly_offers, tmp_path):
    answer = await api.post("/api/v1/consents", json=CONSENT)
    assert answer.status_code == 201, answer.text
    await api.post("/api/v1/consents/withdraw", json={"address": ADDRESS})
    await sealed(process)
    found = Opened((await api.post("/api/v1/dossiers", json=WANTED)).content)
    (tmp_path / "verify.py").write_bytes(found.files["verify.py"])
    return found


def edited(dossier, name, data):
    return packed((one, data if one == name else dossier.files[one]) for one in dossier.names)


async def test_an_untouched_one_holds(dossier, tmp_path):
    status, told = verified(tmp_path, dossier.data)
    assert (status, told.splitlines()[-1]) == (0, "All of it holds.")
    assert "2 of 2 entries of the ledger come with their evidence" in told


async def test_unpacked_into_a_folder_it_holds_too(dossier, tmp_path):
    folder = tmp_path / "unpacked"
    for name, data in dossier.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    status, told = verified_in(folder)
    assert (status, told.splitlines()[-1]) == (0, "All of it holds.")


async def test_every_file_with_a_byte_changed_is_named(dossier, tmp_path):
    for name in dossier.names[:-2]:
        data = dossier.files[name]
        changed = bytes([data[0] ^ 1]) + data[1:] if data else b"x"
        status, told = verified(tmp_path, edited(dossier, name, changed))
        assert status != 0, name
        assert name in told or "no dossier" in told, name


async def test_every_file_taken_out_is_named(dossier, tmp_path):
    for name in dossier.names[:-2]:
        left = packed((one, dossier.files[one]) for one in dossier.names if one != name)
        status, told = verified(tmp_path, left)
        assert (status, f"{name}: it is missing" in told) == (1, True), name


async def test_a_file_put_in_is_named(dossier, tmp_path):
    more = packed([*dossier.files.items(), ("texts/more.txt", b"You agreed to everything.")])
    status, told = verified(tmp_path, more)
    assert (status, "texts/more.txt: nobody signed it" in told) == (1, True)


async def test_files_in_another_order_are_noticed(dossier, tmp_path):
    first, second, *rest = dossier.names
    status, told = verified(tmp_path, packed((one, dossier.files[one]) for one in (second, first, *rest)))
    assert (status, "not in the order" in told) == (1, True)


async def test_two_files_of_one_name_are_no_dossier(dossier, tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = packed([*dossier.files.items(), ("entries.jsonl", b"")])
    status, told = verified(tmp_path, twice)
    assert (status, "two files of one name" in told) == (2, True)


async def test_a_signature_that_is_not_of_it_is_noticed(dossier, tmp_path):
    told = json.loads(dossier.files["manifest.sig"])
    signature = bytearray(base64.b64decode(told["signature"]))
    signature[7] ^= 1
    told["signature"] = base64.b64encode(signature).decode()
    status, said = verified(tmp_path, edited(dossier, "manifest.sig", json.dumps(told).encode()))
    assert (status, "manifest.json: the signature is not of it" in said) == (1, True)


async def test_a_manifest_rewritten_is_noticed(dossier, tmp_path):
    manifest = dossier.json("manifest.json") | {"made_at": "2020-01-01T00:00:00Z"}
    status, told = verified(tmp_path, edited(dossier, "manifest.json", json.dumps(manifest).encode()))
    assert (status, "the signature is not of it" in told) == (1, True)


async def test_one_signed_with_another_key_is_not_the_sender_s(dossier, tmp_path):
    status, told = verified(tmp_path, dossier.data, "--key", "0" * 16)
    assert (status, "not with 0000000000000000" in told) == (1, True)


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + b"\x00" * 18, b"no ZIP at all"])
async def test_what_is_no_dossier_is_called_none(dossier, tmp_path, data):
    status, told = verified(tmp_path, data)
    assert (status, "no dossier" in told) == (2, True)


async def test_one_cut_off_is_called_none(dossier, tmp_path):
    assert verified(tmp_path, dossier.data[: len(dossier.data) // 2])[0] == 2
