"""Somebody with the database and without our keys: whatever they change, the verification names it."""

# ruff: noqa: S608 - changing the database behind the product's back is what these tests are about

import pytest

from application.audit.seal_logs import SealLogs
from tests.postgres.audit.books import ids, recorded, seal, sql, verified

PEOPLE = [f"+1212555010{digit}" for digit in range(6)]
LEDGER_COLUMNS = ["facts", "evidence", "commitment", "hash"]
TRAIL_COLUMNS = ["sealed", "commitment", "hash"]


@pytest.fixture
async def sealed(business):
    """Six consents and at least six records, sealed."""
    await business.agree(*PEOPLE)
    await recorded(business, 6)
    await seal(business)
    return business


async def test_what_nobody_touched_verifies(sealed):
    found = await verified(sealed)
    assert found.faults == ()
    assert found.sealed == len(await ids(sealed, "consent_entries")) + len(await ids(sealed, "audit_records"))
    assert (found.not_sealed, found.unreadable) == (0, 0)


async def test_what_is_not_sealed_yet_verifies_too(sealed):
    await recorded(sealed, 2)
    found = await verified(sealed)
    assert (found.faults, found.not_sealed) == ((), 2)


@pytest.mark.parametrize(
    ("table", "column"),
    [("consent_entries", one) for one in LEDGER_COLUMNS] + [("audit_records", one) for one in TRAIL_COLUMNS],
)
async def test_a_byte_flipped_in_any_bytes_names_the_entry(sealed, table, column):
    third = (await ids(sealed, table))[2]
    flip = f"update {table} set {column} = set_byte({column}, 20, get_byte({column}, 20) # 1) where id = '{third}'"
    await sql(sealed, flip)
    assert {fault.entry_id for fault in (await verified(sealed)).faults} == {third}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("consent_entries", "status = 'revoked'"),
        ("consent_entries", "actor = 'key:another'"),
        ("consent_entries", "at = at + interval '1 microsecond'"),
        ("consent_entries", "recorded_at = recorded_at - interval '1 day'"),
        ("consent_entries", "program_id = null"),
        ("consent_entries", "channel = 'email'"),
        ("consent_entries", "contact_id = gen_random_uuid()"),
        ("consent_entries", "contact_point_id = gen_random_uuid()"),
        ("consent_entries", "transaction = transaction + 1"),
        ("audit_records", "actor = 'key:another'"),
        ("audit_records", "at = at + interval '1 microsecond'"),
        ("audit_records", "live = false"),
        ("audit_records", "session = 's'"),
        ("audit_records", "request_id = 'r'"),
        ("audit_records", "action = 'program.chosen'"),
        ("audit_records", "subject_kind = 'sender'"),
        ("audit_records", "subject_id = 'q'"),
        ("audit_records", "changes = '[]'"),
        ("audit_records", "changes = 'no json'"),
    ],
)
async def test_another_word_in_any_column_names_the_entry(sealed, table, change):
    third = (await ids(sealed, table))[2]
    await sql(sealed, f"update {table} set {change} where id = '{third}'")
    assert {fault.entry_id for fault in (await verified(sealed)).faults} == {third}


@pytest.mark.parametrize("table", ["consent_entries", "audit_records"])
async def test_an_entry_taken_away_is_named(sealed, table):
    third = (await ids(sealed, table))[2]
    await sql(sealed, f"delete from {table} where id = '{third}'")
    [fault] = (await verified(sealed)).faults
    assert (fault.entry_id, fault.what) == (third, "it was sealed and is missing")


@pytest.mark.parametrize("table", ["consent_entries", "audit_records"])
async def test_two_entries_that_changed_places_are_named(sealed, table):
    _, second, third, *_ = await ids(sealed, table)
    places = f"(select transaction, position from {table} where id = '{{}}')"
    await sql(
        sealed,
        f"alter table {table} alter position drop identity",
        f"create temporary table kept as {places.format(second)}",
        f"update {table} set (transaction, position) = {places.format(third)} where id = '{second}'",
        f"update {table} set (transaction, position) = (select * from kept) where id = '{third}'",
        "drop table kept",
    )
    assert {fault.entry_id for fault in (await verified(sealed)).faults} == {second, third}


@pytest.mark.parametrize("table", ["consent_entries", "audit_records"])
async def test_an_entry_put_in_is_named_even_with_a_hash_that_fits_another(sealed, table):
    third = (await ids(sealed, table))[2]
    new = "00000000-0000-7000-8000-000000000001"
    await sql(
        sealed,
        f"create temporary table copied as select * from {table} where id = '{third}'",
        f"update copied set id = '{new}', position = position + 1000",
        f"insert into {table} overriding system value select * from copied",
        "drop table copied",
    )
    faults = (await verified(sealed)).faults
    assert {str(fault.entry_id) for fault in faults} == {new}


async def test_an_entry_put_in_before_sealing_stays_named_when_it_was_sealed(sealed):
    new = "00000000-0000-7000-8000-000000000002"
    await sql(
        sealed,
        "create temporary table copied as select * from audit_records limit 1",
        f"update copied set id = '{new}', transaction = pg_current_xact_id()::text::bigint, position = position + 1000",
        "insert into audit_records overriding system value select * from copied",
        "drop table copied",
    )
    await seal(sealed)
    assert {str(fault.entry_id) for fault in (await verified(sealed)).faults} == {new}


@pytest.mark.parametrize(
    "change",
    [
        "update checkpoints set root = reverse(root) where number = 1",
        "update checkpoints set at = at + interval '1 second' where number = 1",
        "update checkpoints set signature = set_byte(signature, 3, get_byte(signature, 3) # 1) where number = 1",
        "update checkpoints set key_id = 'another' where number = 1",
        "delete from checkpoints where number = 1",
        "update leaves set hash = set_byte(hash, 3, get_byte(hash, 3) # 1) where number = 2",
        "delete from leaves where number = 2",
    ],
)
async def test_checkpoints_and_leaves_cannot_be_changed_either(sealed, change):
    await recorded(sealed, 1)
    await seal(sealed)
    await sql(sealed, change)
    assert (await verified(sealed)).faults


async def test_a_change_of_an_entry_that_is_not_sealed_yet_is_named(sealed):
    await recorded(sealed, 2)
    last = (await ids(sealed, "audit_records"))[-1]
    await sql(sealed, f"update audit_records set action = 'program.chosen' where id = '{last}'")
    assert {fault.entry_id for fault in (await verified(sealed)).faults} == {last}


async def test_checkpoints_follow_one_another_an_interval_apart(sealed):
    await recorded(sealed, 1)
    await seal(sealed)
    assert await sealed[SealLogs]() == 0
    assert (await verified(sealed)).checkpoints == 2
