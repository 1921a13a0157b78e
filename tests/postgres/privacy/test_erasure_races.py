"""An erasure holds whatever is under way beside it, and however often it is cut short."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from adapters.outbound.postgres.erasures import PostgresErasures
from adapters.outbound.postgres.recipients import PostgresRecipients
from application.consent.capture import CaptureConsents
from application.contacts.write import Lookup, LookUpContact
from application.messages.carriers import NotNow
from application.messages.dispatch import Dispatch
from application.messages.send_with_consent import SendWithConsent
from application.privacy.erase import EraseContact, SettleErasures
from domain.consent.ledger import AlreadyRevoked
from domain.contacts import NoSuchContact
from domain.messages import Status
from tests.postgres.audit.books import verified
from tests.postgres.privacy.everything import everything_stored
from tests.postgres.sending.carriers import ToldCarrier

PAT, SAM = "+12125550101", "+12125550102"
WHY = "Pat asked us to."


@pytest.fixture
def carrier():
    return ToldCarrier()


@pytest.fixture
async def business(start, carrier):
    business = start(carriers=lambda _: carrier)
    await business.open()
    await business.agree(PAT, SAM)
    return business


async def contact_of(business, person):
    return (await business[LookUpContact](Lookup(address=person), business.actor)).id


async def erased(business, contact):
    return await business[EraseContact](contact, WHY, business.actor)


async def test_a_message_that_was_claimed_is_not_sent_once_its_contact_is_erased(business, carrier):
    pat = await contact_of(business, PAT)
    [mine, sams] = await business.send(PAT, SAM)
    await business.another(Dispatch, reached=business.elsewhere("claimed", lambda other: erased(other, pat)))()
    assert [one.message_id for one in carrier.given] == [sams]
    await business.work()
    assert await business.status(mine) == Status.CANCELLED
    assert len(carrier.given) == 1


async def test_a_message_whose_hand_off_had_begun_is_never_tried_again(business, carrier):
    """It may have left. What its carrier says is recorded, and another try is not made."""
    pat = await contact_of(business, PAT)
    [mine] = await business.send(PAT)
    carrier.answers[PAT] = [NotNow("busy", "come again")]
    await business.another(Dispatch, reached=business.elsewhere("begun", lambda other: erased(other, pat)))()
    assert await business.status(mine) in (Status.DEFERRED, Status.CANCELLED, Status.QUEUED)
    await business[SettleErasures]()
    assert await business.status(mine) == Status.CANCELLED
    business.pass_by(hours=5)
    given = len(carrier.given)
    await business.work()
    assert len(carrier.given) == given
    assert await business.ask("select count(*) from outbox") == [(0,)]


def slow(other, looked, resumed):
    """Looks, and waits with what it does about it."""

    class SlowRecipients(PostgresRecipients):
        async def gather(self, asked, *, now):
            found = await super().gather(asked, now=now)
            looked.set()
            await resumed.wait()
            return found

    return SlowRecipients(other.ports.database(), other.ports.directory())


async def test_a_message_written_while_its_contact_was_erased_is_cancelled_and_its_words_are_gone(start, business):
    pat, other = await contact_of(business, PAT), start()
    looked, resumed = asyncio.Event(), asyncio.Event()
    sending = other.another(SendWithConsent, recipients=slow(other, looked, resumed))
    task = asyncio.create_task(sending([business.message(PAT, reference="order-quince")], business.actor))
    await looked.wait()
    await erased(business, pat)
    resumed.set()
    [receipt] = await task
    assert await business.status(receipt.message.id) == Status.QUEUED
    assert await business[Dispatch]() == 0
    assert await business[SettleErasures]() == 1
    assert await business.status(receipt.message.id) == Status.CANCELLED
    assert "quince" not in await everything_stored(business)
    assert await business.ask("select content from message_bodies") == [(b"",)]


async def test_a_consent_recorded_while_its_contact_was_erased_leaves_nothing_readable(start, business):
    pat, other = await contact_of(business, PAT), start()
    looked, resumed = asyncio.Event(), asyncio.Event()
    capturing = other.another(CaptureConsents, recipients=slow(other, looked, resumed))
    task = asyncio.create_task(capturing([business.consent(PAT)], business.actor))
    await looked.wait()
    await erased(business, pat)
    resumed.set()
    await task
    await business[SettleErasures]()
    assert await business.ask("select count(*) from consent_entries where contact_id = $1 and evidence <> ''", pat) == [
        (0,)
    ]
    assert (await verified(business)).faults == ()
    [imported] = await business.agree(PAT, status="imported")
    assert isinstance(imported, AlreadyRevoked)


async def test_two_who_erase_at_once_erase_once(start, business):
    pat, others = await contact_of(business, PAT), [start() for _ in range(4)]
    told = await asyncio.gather(*(erased(one, pat) for one in others))
    assert len({one.at for one in told}) == 1
    assert await business.ask("select count(*) from audit_records where action = 'contact.erased'") == [(1,)]


async def test_an_erasure_that_is_cut_short_has_changed_nothing(business):
    pat = await contact_of(business, PAT)
    [message] = await business.send(PAT)

    class Cut(PostgresErasures):
        async def destroy(self, erased):
            await super().destroy(erased)
            raise asyncpg.AdminShutdownError

    erasing = business[EraseContact].erasing
    fields = {name: getattr(erasing, name) for name in erasing.__dataclass_fields__}
    fields["erasures"] = Cut(business.ports.database())
    cut = business.another(EraseContact, erasing=type(erasing)(**fields))
    before = await everything_stored(business)
    with pytest.raises(Exception, match="database"):
        await cut(pat, WHY, business.actor)
    assert await everything_stored(business) == before
    assert await business.status(message) == Status.QUEUED
    await erased(business, pat)
    with pytest.raises(NoSuchContact):
        await contact_of(business, PAT)


async def test_every_process_forgets_the_key_at_once(start, business):
    """One that only answers requests, too."""
    pat, other = await contact_of(business, PAT), start()
    [[wrapped]] = await business.ask("select data_key from contacts where id = $1", pat)
    async with other.ports.erasure_news().heard():
        vault = other.ports.vault()
        kept = vault.unwrap(wrapped)
        assert vault.unwrap(wrapped) is kept
        await erased(business, pat)
        for _ in range(1_000):
            await business.ask("select 1")
            if vault.unwrap(wrapped) is not kept:
                break
        assert vault.unwrap(wrapped) is not kept


async def test_a_process_that_was_cut_off_forgets_every_key_when_it_hears_again(start, business):
    other = start()
    [[wrapped]] = await business.ask("select data_key from contacts limit 1")
    async with other.ports.erasure_news().heard():
        vault = other.ports.vault()
        kept = vault.unwrap(wrapped)
        await business.ask(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and query ilike 'listen%'"
        )
        for _ in range(5_000):
            await business.ask("select 1")
            if vault.unwrap(wrapped) is not kept:
                break
        assert vault.unwrap(wrapped) is not kept


async def test_a_restriction_stops_what_was_claimed_and_what_was_held_off(business, carrier):
    """Heard of as a withdrawal is, by whoever is about to hand off."""
    pat = await contact_of(business, PAT)
    [mine, sams] = await business.send(PAT, SAM)
    points = dict(await business.ask("select contact_id, id from contact_points"))

    async def restrict(other):
        async with other.ports.transaction()():
            await other.ports.restrictions().restrict(pat, other.clock.at)

    wakeups = business.ports.wakeups()
    await wakeups.listen()
    began = business.clock.at - timedelta(seconds=1)
    await restrict(business)
    for _ in range(1_000):
        await business.ask("select 1")
        if wakeups.withdrawn(points[pat], since=began):
            break
    assert wakeups.withdrawn(points[pat], since=began)
    await business.work()
    assert [one.message_id for one in carrier.given] == [sams]
    assert await business.status(mine) == Status.BLOCKED
