"""Messages that wait for a consent: found however late it is committed, released once, and not kept for ever."""

import asyncio
from datetime import timedelta

import pytest

from adapters.outbound.postgres.consent import PostgresLedger
from application.consent.capture import CaptureConsents
from application.consent.recording import Recording
from application.messages.follow_up import ExpireHeld, ReleaseHeld
from domain.messages import Status
from tests.installation import AFTERNOON
from tests.postgres.sending.business import ORDERS, people

# Whether somebody on this server still has a transaction open that is as old as a line of the ledger.
UNDER_WAY = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint <= max(transaction) from consent_entries"
CURSOR = "select transaction, position from followers where name = 'release_held'"


class SlowLedger(PostgresLedger):
    """Its entries stand there, not yet committed, until it is told to go on."""

    async def append(self, entries):
        await super().append(entries)
        if entries:
            self.recorded.set()
            await self.resumed.wait()


def slowly(business):
    ledger, recorded, resumed = SlowLedger(business.ports.database()), asyncio.Event(), asyncio.Event()
    object.__setattr__(ledger, "recorded", recorded)
    object.__setattr__(ledger, "resumed", resumed)
    recording = business.another(Recording, ledger=ledger)
    return business.another(CaptureConsents, recording=recording), recorded, resumed


async def test_a_consent_that_is_committed_late_is_found(start, business):
    """Its place on the ledger is before one the follower has already seen."""
    pat, sam = people(2)
    late, other = await business.send(pat, sam)
    capture, recorded, resumed = slowly(start())
    capturing = asyncio.create_task(capture([business.consent(pat)], business.actor))
    await recorded.wait()
    await business.agree(sam)
    places = await business.ask("select position, transaction from consent_entries")
    for _ in range(3):
        await business[ReleaseHeld]()
    assert await business.status(late) == Status.HELD
    resumed.set()
    await capturing
    await business.work(ReleaseHeld)
    [first] = await business.ask(
        "select position, transaction from consent_entries order by transaction, position limit 1"
    )
    assert first < places[0]
    assert [await business.status(late), await business.status(other)] == [Status.QUEUED] * 2
    assert await business.ask(CURSOR) == [(places[0][1], places[0][0])]


async def test_a_follower_that_fails_reads_again_what_it_had_read(start, business):
    [pat] = people(1)
    [message] = await business.send(pat)
    await business.agree(pat)

    class Failing(type(business.ports.messages())):
        async def move(self, moved, *, only_from=None):  # noqa: ARG002
            raise ConnectionError

    other = start()
    with pytest.raises(Exception, match="answer"):
        await other.another(ReleaseHeld, messages=Failing(other.ports.database()))()
    assert await business.status(message) == Status.HELD
    await business.work(ReleaseHeld)
    assert await business.status(message) == Status.QUEUED


async def test_four_followers_release_each_message_once(start, business):
    everybody = people(100)
    messages = await business.send(*everybody)
    followers = [business, *(start() for _ in range(3))]

    async def follow(one):
        while (await business.statuses()).get("held"):
            await one[ReleaseHeld]()

    agreeing = [business.agree(*everybody[start_at : start_at + 20]) for start_at in range(0, 100, 20)]
    await asyncio.gather(*agreeing, *(follow(one) for one in followers))
    lines = "select message_id, count(*) from message_journal where status = 'queued' group by 1"
    assert sorted(await business.ask(lines)) == sorted((message, 1) for message in messages)
    await business.work()
    assert sorted(await business.handed()) == sorted(messages)


async def test_many_who_say_no_do_not_hide_one_who_says_yes(business):
    """More lines of the ledger than a follower reads at a time, and none of them sets anything free."""
    *others, pat = people(1101)
    [message] = await business.send(pat)
    for start_at in range(0, 1100, 550):
        await business.agree(*others[start_at : start_at + 550], program=ORDERS, status="requested")
    await business.agree(pat)
    while await business.ask(UNDER_WAY) == [(True,)]:
        pass
    await business[ReleaseHeld]()
    assert await business.status(message) == Status.QUEUED


async def test_a_consent_for_another_program_releases_nothing(business):
    [pat] = people(1)
    [message] = await business.send(pat)
    await business.agree(pat, program=ORDERS)
    await business.work()
    assert await business.status(message) == Status.HELD


async def test_who_says_no_again_at_once_gets_nothing(business):
    [pat] = people(1)
    [message] = await business.send(pat)
    await business.agree(pat)
    await business.withdraw(pat)
    await business.work()
    assert await business.status(message) == Status.BLOCKED
    assert await business.handed() == []


async def test_a_message_that_waited_too_long_expires(business):
    [pat] = people(1)
    over = AFTERNOON + timedelta(days=1)
    [message] = await business.send(pat, expires_at=over)
    business.clock.at = over - timedelta(seconds=1)
    await business.work(ExpireHeld)
    assert await business.status(message) == Status.HELD
    business.clock.at = over
    await business.work(ExpireHeld)
    assert await business.status(message) == Status.EXPIRED
    await business.agree(pat)
    await business.work()
    assert await business.handed() == []
    assert await business.ask("select count(*) from held") == [(0,)]


@pytest.mark.parametrize(("person", "hours"), [("+12125550101", 24), ("pat@example.com", 72)])
async def test_without_an_end_a_message_waits_as_long_as_a_request_can_be_answered(business, person, hours):
    [message] = await business.send(person)
    business.clock.at = AFTERNOON + timedelta(hours=hours) - timedelta(seconds=1)
    await business.work(ExpireHeld)
    assert await business.status(message) == Status.HELD
    business.clock.at = AFTERNOON + timedelta(hours=hours)
    await business.work(ExpireHeld)
    assert await business.status(message) == Status.EXPIRED


async def test_a_message_that_expires_while_its_consent_arrives_does_one_of_both(start, business):
    everybody = people(50)
    over = AFTERNOON + timedelta(hours=1)
    await business.send(*everybody, expires_at=over)
    await business.agree(*everybody)
    business.clock.at = over
    other = start()
    await asyncio.gather(business.work(ReleaseHeld), other.work(ExpireHeld))
    await business.work()
    assert await business.statuses() == {"expired": 50}
    assert await business.ask("select (select count(*) from held), (select count(*) from outbox)") == [(0, 0)]
