"""Months that are over go as a whole; what is held stays, and the books still verify."""

from datetime import timedelta

import pytest

from domain.retention.holds import HoldOn
from tests.postgres.retention.conftest import LONG_AGO, NOW, PAT, SAM
from tests.postgres.sending.business import OFFERS, ORDERS

PARTITIONS = "select relname from pg_class where relispartition and relname like '%2016_03' and relkind = 'r'"


@pytest.fixture
async def old(keeping):
    """A month of 2016 with messages of two people, who then said no, and today."""
    await keeping.at(LONG_AGO)
    ids = await keeping.sent(PAT, SAM)
    await keeping.leave(PAT, SAM)
    await keeping.at(NOW)
    return ids


async def test_the_plan_says_what_would_go_and_why_and_changes_nothing(keeping, old):
    plan = await keeping.plan()
    assert (plan["messages"].count, plan["messages"].period, plan["messages"].rule) == (8, "P6Y", "PII-09")
    assert plan["message_bodies"].count == len(old)
    assert plan["message_bodies"].oldest.date() == LONG_AGO.date()
    assert plan["suppressions"].period == "without end"
    assert await keeping.count("messages") == len(old)


async def test_a_month_that_is_over_is_dropped_and_the_books_verify(keeping, old):
    plan = await keeping.plan()
    run = await keeping.run()
    assert run.finished_at is not None
    planned = {name: one.count for name, one in plan.items() if one.count and one.doer == "run"}
    removed = {name: count for name, count in run.removed.items() if count}
    # Two yeses and two noes, of contacts who went in the same run, and what caps counted of them with them.
    assert removed.pop("ledger_entries") == 4
    assert planned.pop("sends") == 2
    assert removed == planned
    assert await keeping.business.ask(PARTITIONS) == []
    assert [await keeping.count(table) for table in ("messages", "message_bodies", "message_journal")] == [0, 0, 0]
    verified = await keeping.verified()
    assert verified.faults == ()
    assert verified.checkpoints > 1


async def test_it_runs_once_a_night_and_tells_the_trail(keeping, old):
    run = await keeping.run()
    keeping.business.clock.pass_by(timedelta(hours=3))
    assert (await keeping.run()).id == run.id
    keeping.business.clock.pass_by(timedelta(hours=22))
    assert (await keeping.run()).id != run.id
    told = await keeping.business.ask("select actor from audit_records where action = 'retention.ran'")
    assert told == [("system",), ("system",)]


async def test_what_is_held_is_moved_and_goes_after_the_hold(keeping, old):
    contact = await keeping.contact(PAT)
    hold = await keeping.hold(HoldOn.CONTACT, contact)
    assert (await keeping.plan())["message_bodies"].held == 1
    await keeping.run()
    assert await keeping.business.ask("select contact_id from messages") == [(contact,)]
    assert await keeping.count("message_bodies") == 1
    assert await keeping.contact(PAT) == contact
    assert await keeping.contact(SAM) is None
    assert (await keeping.verified()).faults == ()
    await keeping.release(hold)
    await keeping.start()
    await keeping.run()
    assert await keeping.count("messages") == 0
    assert await keeping.contact(PAT) is None
    assert (await keeping.verified()).faults == ()


async def test_a_hold_on_a_program_keeps_what_was_sent_in_it(keeping):
    await keeping.at(LONG_AGO)
    await keeping.sent(PAT)
    await keeping.sent(SAM, program=ORDERS)
    await keeping.leave(PAT, SAM)
    await keeping.at(NOW)
    [(program,)] = await keeping.business.ask("select id from programs where slug = $1", OFFERS)
    await keeping.hold(HoldOn.PROGRAM, program)
    await keeping.run()
    assert await keeping.business.ask("select program_id from messages") == [(program,)]
    assert await keeping.contact(PAT) is not None
    assert await keeping.contact(SAM) is None


async def test_under_a_hold_on_everything_nothing_goes(keeping, old):
    await keeping.hold(HoldOn.EVERYTHING)
    plan = await keeping.plan()
    run = await keeping.run()
    assert run.held
    assert run.removed == {}
    assert plan["messages"].count == 0
    assert plan["messages"].held == 8
    assert await keeping.count("messages") == len(old)


async def test_nobody_waits_for_retention_and_what_is_in_use_goes_later(keeping, old):
    database = keeping.business.ports.database()
    connection = await database.listening()
    try:
        async with connection.transaction():
            await connection.execute("select 1 from message_bodies limit 1")
            tried = await keeping.turns()
            assert tried > 1
            assert await keeping.count("message_bodies") == len(old)
    finally:
        await connection.close()
    run = await keeping.run()
    assert run.finished_at is not None
    assert await keeping.count("message_bodies") == 0


async def test_what_no_month_had_goes_row_by_row(keeping):
    await keeping.at(LONG_AGO, months=False)
    await keeping.sent(PAT)
    assert await keeping.count("messages_rest") == 1
    await keeping.at(NOW)
    await keeping.run()
    assert await keeping.count("messages") == 0
    assert (await keeping.verified()).faults == ()


async def test_what_no_claim_is_barred_for_stays(keeping):
    """Six years after, to the day, somebody in the United Kingdom may still sue."""
    await keeping.at(NOW.replace(year=2020, month=12))
    await keeping.sent(PAT)
    await keeping.at(NOW)
    await keeping.run()
    assert await keeping.count("messages") == 1
