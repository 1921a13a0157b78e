"""Each entry can be shown to have stood below a signed root, by whoever has only the proof."""

import msgspec
import pytest

from application.audit.proving import ProveEntries
from application.proof.verify import canonical, genuine, root_of_proof
from domain.audit.logs import Log
from domain.audit.merkle import leaf_hash
from tests.postgres.audit.books import ids, recorded, seal


@pytest.fixture
async def sealed(business):
    """Three checkpoints of several entries each, and one entry after them."""
    for person in ("+12125550101", "+12125550102", "+12125550103"):
        await business.agree(person)
        await recorded(business, 4)
        await seal(business)
    await recorded(business, 1)
    return business


def below_its_root(proof, public_keys):
    checkpoint = proof.checkpoint.checkpoint
    leaf = leaf_hash(canonical(msgspec.to_builtins(proof.leaf)))
    path = [bytes.fromhex(step) for step in proof.path]
    root = root_of_proof(leaf, proof.number - checkpoint.first, checkpoint.last - checkpoint.first + 1, path)
    signed = genuine(public_keys[proof.checkpoint.key_id], proof.checkpoint.signature, checkpoint.signed)
    return signed and root.hex() == checkpoint.root


async def test_every_sealed_entry_leads_to_its_signed_root(sealed):
    prove, keys = ProveEntries(sealed.ports.seals()), sealed.ports.signer().public_keys()
    for log, table in ((Log.LEDGER, "consent_entries"), (Log.AUDIT, "audit_records")):
        asked = await ids(sealed, table)
        proofs = await prove(log, asked)
        assert [proof.leaf.entry_id for proof in proofs] == asked
        assert all(below_its_root(proof, keys) for proof in proofs if proof.checkpoint)


async def test_what_is_not_sealed_yet_says_so(sealed):
    newest = (await ids(sealed, "audit_records"))[-1]
    [proof] = await ProveEntries(sealed.ports.seals())(Log.AUDIT, [newest])
    assert (proof.checkpoint, proof.number, proof.path) == (None, None, ())


async def test_an_entry_nobody_wrote_has_no_proof(sealed):
    assert await ProveEntries(sealed.ports.seals())(Log.LEDGER, await ids(sealed, "audit_records")) == []
