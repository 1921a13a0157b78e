import msgspec
import pytest

from application.audit.ports import Noted
from domain.access import EVERYTHING, Actor, Origin
from domain.audit.record import Subject, audited, changes

ACTOR = Actor(
    id="key:somebody", permissions=EVERYTHING, origin=Origin(request_id="request-1", session="s-1", ip="203.0.113.7")
)


async def test_a_record_keeps_who_did_what_and_seals_why_and_from_where(installation):
    made = changes({"name": "Offers", "rate": 10}, {"name": "Deals", "rate": 10})
    record = audited(ACTOR, "program.changed", Subject(kind="program", id="p-1"), installation.clock.now(), made=made)
    async with installation.ports.transaction()():
        await installation.ports.trail().record([Noted(record=record, reason="asked by phone", ip="203.0.113.7")])
        [row] = await installation.ports.database().connection.fetch("select * from audit_records")
    assert (row["actor"], row["session"], row["request_id"]) == ("key:somebody", "s-1", "request-1")
    assert (row["action"], row["subject_kind"], row["subject_id"]) == ("program.changed", "program", "p-1")
    assert msgspec.json.decode(row["changes"]) == [{"field": "name", "before": "Offers", "after": "Deals"}]
    assert b"asked by phone" not in row["sealed"]
    assert b"203.0.113.7" not in row["sealed"]


async def test_what_did_not_happen_leaves_no_record(installation):
    record = audited(ACTOR, "program.changed", Subject(kind="program", id="p-1"), installation.clock.now())
    with pytest.raises(RuntimeError, match="changed their mind"):
        await recorded_and_undone(installation, record)
    async with installation.ports.transaction()():
        assert await installation.ports.database().connection.fetchval("select count(*) from audit_records") == 0


async def recorded_and_undone(installation, record):
    async with installation.ports.transaction()():
        await installation.ports.trail().record([Noted(record=record)])
        raise RuntimeError("changed their mind")
