"""Many requests meet one person for the first time: one contact, one question, and no word of theirs is missed."""

import asyncio

from adapters.outbound.postgres.outbox import PostgresOutbox
from adapters.outbound.postgres.recipients import PostgresRecipients
from application.consent.capture import CaptureConsents
from application.consent.recording import Captured
from application.messages.dispatch import Dispatch
from application.messages.follow_up import ReleaseHeld
from application.messages.send_with_consent import Receipt, SendWithConsent
from domain.ids import new_id
from domain.messages import Status
from tests.postgres.sending.business import ORDERS, people

COUNTS = """
select (select count(*) from contacts), (select count(*) from contact_points),
    (select count(*) from messages where category = 'marketing'),
    (select count(*) from messages where category = 'doi_request'),
    (select count(*) from consent_entries where status = 'granted')
"""


async def test_fifty_first_requests_make_one_contact(start, business):
    both, [pat] = (business, start()), people(1)
    command = business.message(pat)
    answers = await asyncio.gather(
        *(both[number % 2][SendWithConsent]([command], business.actor) for number in range(50))
    )
    assert {receipt.message.status for [receipt] in answers} == {Status.HELD}
    assert await business.ask(COUNTS) == [(1, 1, 50, 0, 0)]


async def test_fifty_messages_ask_for_the_missing_consent_once(start, business):
    both, [pat] = (business, start()), people(1)
    await business.agree(pat, status="requested")
    business.pass_by(seconds=1)
    command = business.message(pat)
    answers = await asyncio.gather(
        *(both[number % 2][SendWithConsent]([command, command], business.actor) for number in range(25))
    )
    assert {receipt.message.status for both in answers for receipt in both} == {Status.HELD}
    assert await business.ask(COUNTS) == [(1, 1, 50, 1, 0)]
    await business.work()
    assert len(await business.handed()) == 1


async def test_consents_and_messages_that_arrive_together_make_one_contact(start, business):
    both, [pat] = (business, start()), people(1)
    consent, message = business.consent(pat, ORDERS), business.message(pat, ORDERS)
    answers = await asyncio.gather(
        *(
            both[number % 2][CaptureConsents if number % 3 else SendWithConsent](
                [consent if number % 3 else message], business.actor
            )
            for number in range(50)
        )
    )
    assert all(isinstance(answer, Captured | Receipt) for [answer] in answers)
    [counts] = await business.ask(COUNTS)
    assert counts[:2] == (1, 1)
    assert counts[4] == sum(isinstance(answer, Captured) for [answer] in answers) == 33
    await business.work()
    assert await business.statuses() == {"sent": 17}


async def test_batches_that_name_the_same_strangers_in_opposite_orders_do_not_lock_each_other_up(start, business):
    everybody, both = people(200), (business, start())
    orders = (everybody, everybody[::-1], everybody[100:] + everybody[:100])
    work = [both[number % 2].send(*order) for number, order in enumerate(orders)]
    work += [both[number % 2].agree(*order) for number, order in enumerate(orders)]
    answers = await asyncio.gather(*work)
    assert [len(answer) for answer in answers] == [200] * 6
    [counts] = await business.ask(COUNTS)
    assert counts == (200, 200, 600, 0, 600)
    await business.work()
    assert (await business.statuses()).get("held", 0) == 0


class Slow(PostgresRecipients):
    """Stands still between looking and writing, until told to go on."""

    async def gather(self, asked, *, now):
        found = await super().gather(asked, now=now)
        self.looked.set()
        await self.resumed.wait()
        return found


def slowly(business, use_case):
    recipients = Slow(business.ports.database(), business.ports.directory())
    looked, resumed = asyncio.Event(), asyncio.Event()
    object.__setattr__(recipients, "looked", looked)
    object.__setattr__(recipients, "resumed", resumed)
    return business.another(use_case, recipients=recipients), looked, resumed


async def test_two_messages_judged_at_once_ask_for_the_missing_consent_once(start, business):
    [pat] = people(1)
    await business.agree(pat, status="requested")
    business.pass_by(seconds=1)
    sending = []
    for process in (business, start()):
        send, looked, resumed = slowly(process, SendWithConsent)
        sending.append((asyncio.create_task(send([business.message(pat)], business.actor)), resumed))
        await looked.wait()
    for _, resumed in sending:
        resumed.set()
    await asyncio.gather(*(task for task, _ in sending))
    assert await business.ask(COUNTS) == [(1, 1, 2, 1, 0)]


async def test_a_consent_given_while_the_message_is_judged_is_not_missed(start, business):
    """The follower of the ledger has come by before the message is written."""
    [pat] = people(1)
    await business.agree(pat, program=ORDERS)
    send, looked, resumed = slowly(start(), SendWithConsent)
    sending = asyncio.create_task(send([business.message(pat)], business.actor))
    await looked.wait()
    await business.agree(pat)
    await business.work(ReleaseHeld)
    resumed.set()
    [receipt] = await sending
    assert receipt.message.status == Status.QUEUED
    await business.work()
    assert await business.handed() == [receipt.message.id]


async def test_a_consent_that_has_expired_and_is_renewed_while_a_worker_looks_is_not_missed(start, business):
    """The worker would put the message among those that wait; the renewal has to find it there, or come first."""
    [pat] = people(1)
    later = business.clock.at.replace(hour=20)
    await business.agree(pat, expires_at=later)
    [message] = await business.send(pat)
    business.clock.at = later
    looked, resumed = asyncio.Event(), asyncio.Event()

    class SlowOutbox(PostgresOutbox):
        async def suppressions(self, tokens):
            looked.set()
            await resumed.wait()
            return await super().suppressions(tokens)

    worker = start()
    slow = worker.another(Dispatch, outbox=SlowOutbox(worker.ports.database(), worker.ports.directory()))
    dispatching = asyncio.create_task(slow())
    await looked.wait()

    async def renew():
        await business.agree(pat)
        await business.work(ReleaseHeld)

    renewing = asyncio.create_task(renew())
    await start().sees_ended_or_waiting(renewing)
    resumed.set()
    await asyncio.gather(dispatching, renewing)
    await business.work()
    assert await business.status(message) == Status.SENT
    assert await business.ask("select count(*) from held") == [(0,)]


async def test_a_repeated_consent_finds_the_one_it_recorded_whatever_was_said_since(business):
    [pat] = people(1)
    seed = new_id(business.clock.at)

    async def captured():
        [answer] = await business[CaptureConsents]([business.consent(pat)], business.actor, seeds=[seed])
        return answer.consent.id, answer.consent.status

    assert [await captured(), await captured()] == [(seed, "granted")] * 2
    business.pass_by(seconds=1)
    await business.withdraw(pat)
    business.pass_by(seconds=1)
    assert await captured() == (seed, "revoked")
    assert await business.ask("select status, count(*) from consent_entries group by 1 order by 1") == [
        ("granted", 1),
        ("revoked", 1),
    ]
