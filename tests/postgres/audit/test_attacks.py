"""Somebody with all of SQL, who knows how the books are made and has none of our keys."""

# ruff: noqa: S608 - changing the database behind the product's back is what these tests are about

from hashlib import sha256

import msgspec
import pytest
from msgspec.structs import replace

from adapters.outbound.postgres.audit_lines import LINES, ledger_line, trail_line
from application.audit import sealing as of_records
from application.audit.ports import AuditWatch
from application.audit.seal_logs import SealLogs
from application.consent import sealing as of_ledger
from domain.audit.logs import Log
from domain.audit.record import Subject, canonical
from domain.consent.ledger import Status
from tests.postgres.audit.books import all_is_to_be_had, ids, recorded, seal, sql, verified

PAT = "+12125550101"
_COPY = """
insert into audit_records (id, at, live, actor, session, request_id, action, subject_kind, subject_id, changes, sealed,
    commitment, hash, transaction)
select '{id}', at, live, actor, session, request_id, '{action}', '{kind}', '{subject}', changes, sealed, commitment,
    hash, {transaction}
from audit_records order by position limit 1
"""
_FORGED = "0190a7b4-0000-7000-8000-000000000001"
_LEAF = """
insert into leaves (number, log, entry_id, transaction, position, hash)
select {number}, 'audit', id, transaction, position, hash from audit_records where id = '{id}'
"""


async def row_of(business, log, entry_id):
    async with business.ports.transaction()():
        return await business.ports.database().connection.fetchrow(f"{LINES[log]} where e.id = $1", entry_id)


async def run(business, statement, *values):
    async with business.ports.transaction()():
        await business.ports.database().connection.execute(statement, *values)


def named(found):
    return {str(fault.entry_id) for fault in found.faults}


async def test_a_record_not_sealed_yet_is_not_rewritten_with_a_hash_that_fits(business):
    await recorded(business, 1)
    last = (await ids(business, "audit_records"))[-1]
    sealed = trail_line(await row_of(business, Log.AUDIT, last)).record
    other = replace(sealed, record=replace(sealed.record, action="contact.erased", subject=Subject(kind="contact")))
    fitting = sha256(of_records.hashed(other)).digest()
    change = (
        "update audit_records set action = $2, subject_kind = 'contact', subject_id = null, hash = $3 where id = $1"
    )
    await run(business, change, last, "contact.erased", fitting)
    assert of_records.intact(trail_line(await row_of(business, Log.AUDIT, last)).record)
    assert named(await verified(business)) == {str(last)}
    await seal(business)
    assert named(await verified(business)) == {str(last)}


async def test_an_opt_out_not_sealed_yet_is_not_rewritten_with_a_hash_that_fits(business):
    await business.agree(PAT)
    await business.withdraw(PAT)
    last = (await ids(business, "consent_entries"))[-1]
    entry = ledger_line(await row_of(business, Log.LEDGER, last)).entry
    other = replace(entry, fact=replace(entry.fact, status=Status.GRANTED))
    fitting, facts = sha256(of_ledger.hashed(other)).digest(), msgspec.msgpack.encode(other.fact)
    change = "update consent_entries set status = 'granted', facts = $2, hash = $3 where id = $1"
    await run(business, change, last, facts, fitting)
    assert of_ledger.intact(ledger_line(await row_of(business, Log.LEDGER, last)).entry)
    assert named(await verified(business)) == {str(last)}


async def test_an_opt_out_is_not_given_to_somebody_else(business):
    await business.agree(PAT, "+12125550102")
    [one, other] = await ids(business, "consent_entries")
    theirs = ledger_line(await row_of(business, Log.LEDGER, other)).entry
    entry = ledger_line(await row_of(business, Log.LEDGER, one)).entry
    moved = replace(entry, contact_id=theirs.contact_id, contact_point_id=theirs.contact_point_id)
    change = "update consent_entries set contact_id = $2, contact_point_id = $3, hash = $4 where id = $1"
    fitting = sha256(of_ledger.hashed(moved)).digest()
    await run(business, change, one, theirs.contact_id, theirs.contact_point_id, fitting)
    assert named(await verified(business)) == {str(one)}


async def test_an_erasure_somebody_made_up_excuses_nothing(business):
    await business.agree(PAT)
    await seal(business)
    [(contact,)] = await business.ask("select id from contacts")
    forged = _COPY.format(id=_FORGED, action="contact.erased", kind="contact", subject=contact, transaction="default")
    await sql(business, forged.replace("default", "pg_current_xact_id()::text::bigint"), "delete from contacts")
    assert _FORGED in named(await verified(business))
    await seal(business)
    assert _FORGED in named(await verified(business))


@pytest.mark.parametrize("number", [10**9, -1])
async def test_a_leaf_that_no_root_covers_hides_nothing(business, number):
    await recorded(business, 2)
    await seal(business)
    await sql(
        business,
        _COPY.format(id=_FORGED, action="contact.erased", kind="contact", subject="c", transaction=1),
        _LEAF.format(number=number, id=_FORGED),
    )
    assert _FORGED in named(await verified(business))


async def test_a_record_with_the_id_of_an_entry_of_the_ledger_is_named(business):
    await business.agree(PAT)
    await seal(business)
    [entry] = await ids(business, "consent_entries")
    await sql(business, _COPY.format(id=entry, action="contact.erased", kind="contact", subject="c", transaction=1))
    assert named(await verified(business)) == {str(entry)}


@pytest.mark.parametrize("changes", ["nonsense", "[]", '[{"field":"upto","before":null,"after":"all"}]', '["upto"]'])
async def test_a_removal_that_makes_no_sense_neither_stops_the_verification_nor_excuses_anything(business, changes):
    await recorded(business, 3)
    await seal(business)
    missing = (await ids(business, "audit_records"))[1]
    made_up = _COPY.format(id=_FORGED, action="retention.removed", kind="audit_records", subject="", transaction=1)
    await sql(
        business,
        made_up,
        f"update audit_records set subject_id = null, changes = '{changes}' where id = '{_FORGED}'",
        f"delete from audit_records where id = '{missing}'",
    )
    assert named(await verified(business)) == {str(missing), _FORGED}


async def test_a_leaf_of_a_log_nobody_knows_is_a_fault_and_no_crash(business):
    await recorded(business, 2)
    await seal(business)
    await sql(business, "update leaves set log = 'other' where number = 0")
    assert (await verified(business)).faults


async def test_cursors_moved_on_leave_nothing_unseen(business):
    await recorded(business, 2)
    await seal(business)
    await recorded(business, 2)
    skipped = (await ids(business, "audit_records"))[-2:]
    await sql(business, "update followers set transaction = transaction + 1000000 where name = 'seal_audit'")
    await seal(business)
    found = await verified(business)
    assert found.not_sealed == len(skipped)
    await sql(business, "update followers set transaction = transaction - 1000000 where name = 'seal_audit'")
    await seal(business)
    assert ((await verified(business)).not_sealed, (await verified(business)).faults) == (0, ())


class Heard(AuditWatch):
    def __init__(self):
        self.entries, self.left, self.at = [], None, None

    def sealed(self, at):
        self.at = at

    def waiting(self, entries):
        self.left = entries

    def broken(self, entry):
        self.entries.append(str(entry.leaf.entry_id))

    def disagreeing(self, checkpoints):
        self.checkpoints = checkpoints


async def test_whoever_watches_is_told_of_what_the_product_did_not_write(business):
    await recorded(business, 2)
    await seal(business)
    now = "pg_current_xact_id()::text::bigint"
    await sql(business, _COPY.format(id=_FORGED, action="contact.erased", kind="contact", subject="c", transaction=now))
    heard = Heard()
    await all_is_to_be_had(business.ports.database())
    await business.another(SealLogs, audit_watch=heard)()
    assert (heard.entries, heard.left, heard.at) == ([_FORGED], 0, business.clock.now())


def test_a_record_is_hashed_as_it_is_read_back():
    assert canonical({"b": 1, "a": None}) == b'{"a":null,"b":1}'
