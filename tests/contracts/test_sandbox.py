"""The sandbox keeps what it is given, unreadable but to those who may, and its recipients end as its page says."""

import asyncio
from datetime import timedelta
from time import perf_counter

import asyncpg
import pytest

from adapters.outbound.postgres.database import Database, arguments
from adapters.outbound.sandbox.carrier import SandboxCarrier
from adapters.outbound.sandbox.kept import KeptMessages
from adapters.outbound.secrets.ring import PURPOSES, KeyRing
from adapters.outbound.secrets.vault import RingVault
from application.messages.carriers import Effect, NotNow, NoWord, Refused
from domain.messages import Status
from tests.installation import SetClock
from tests.unit.compliance.acme import ACME
from tests.unit.outgoing import email, sms

pytestmark = pytest.mark.anyio

DELIVERED = (Status.DELIVERED, 1)


async def outcome(carrier, make, to: str) -> tuple[object, int]:
    """How a message ended, and at which try."""
    for attempt in range(1, 10):
        try:
            taken = await carrier.send(make(to, attempt=attempt))
        except NotNow:
            continue
        except Refused as refused:
            return refused.effect, attempt
        return taken.status, attempt
    return None, 0


@pytest.mark.parametrize(
    ("to", "ending"),
    [
        ("+12025550111", DELIVERED),
        ("+12025550112", (Status.UNDELIVERED, 1)),
        ("+12025550113", (Effect.REVOKED_AT_PROVIDER, 1)),
        ("+12025550115", (Status.DELIVERED, 3)),
        ("+12125550101", (Status.SENT, 1)),
    ],
)
async def test_a_number_with_a_part_to_play_plays_it(sandbox, to, ending):
    assert await outcome(sandbox, sms, to) == ending


@pytest.mark.parametrize(
    ("to", "ending"),
    [
        ("delivered@sandbox.example", DELIVERED),
        ("bounce@sandbox.example", (Effect.ADDRESS_DEAD, 1)),
        ("complaint@sandbox.example", DELIVERED),
        ("defer@sandbox.example", (Status.DELIVERED, 2)),
        ("pat@example.com", (Status.SENT, 1)),
    ],
)
async def test_an_address_with_a_part_to_play_plays_it(sandbox, to, ending):
    assert await outcome(sandbox, email, to) == ending


async def test_a_stopped_number_answers_with_the_providers_code(sandbox):
    with pytest.raises(Refused) as refused:
        await sandbox.send(sms("+12025550113"))
    assert refused.value.code == "21610"


async def test_a_complaint_is_announced(sandbox):
    taken = await sandbox.send(email("complaint@sandbox.example"))
    assert "unwanted" in taken.detail


@pytest.mark.parametrize("outgoing", [sms("+12025550114"), email("slow@sandbox.example")])
async def test_a_slow_recipient_takes_three_seconds(database, seal, kept, outgoing):
    waited: list[float] = []
    waiting, go_on = asyncio.Event(), asyncio.Event()

    async def pause(seconds: float) -> None:
        waited.append(seconds)
        waiting.set()
        await go_on.wait()

    carrier = SandboxCarrier(database, seal, SetClock(), pause=pause)
    sending = asyncio.create_task(carrier.send(outgoing))
    await waiting.wait()
    assert await kept.latest(10) == []
    go_on.set()
    assert (await sending).status is Status.DELIVERED
    assert (waited, len(await kept.latest(10))) == ([3.0], 1)
    await carrier.close()


async def test_an_sms_is_kept_as_it_was_handed_over(sandbox, kept, clock):
    outgoing = sms("+12125550101", "Grüße 🎉 Reply STOP to opt out.")
    await sandbox.send(outgoing)
    (message,) = await kept.latest(10)
    assert (message.to, message.from_, message.text) == ("+12125550101", "+12125550100", outgoing.content.text)
    assert (message.message_id, message.channel, message.at) == (outgoing.message_id, "sms", clock.at)
    assert (message.subject, message.html, message.headers) == (None, None, {})


async def test_a_mail_is_kept_with_the_headers_it_would_leave_with(sandbox, kept):
    outgoing = email(html="<p>Hello Pat.</p>", unsubscribe_url="https://acme.example/u/k3Xp", sender=ACME)
    await sandbox.send(outgoing)
    (message,) = await kept.latest(10)
    assert (message.subject, message.html) == ("20% off today", "<p>Hello Pat.</p>")
    assert message.from_ == "Acme Ltd <news@acme.example>"
    assert message.headers["List-Unsubscribe"] == "<https://acme.example/u/k3Xp>"
    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.headers["Message-ID"] == f"<{outgoing.message_id}@acme.example>"


async def test_a_mail_a_server_would_never_see_is_refused_here_too(sandbox, kept):
    with pytest.raises(Refused):
        await sandbox.send(email(subject="Hello\r\nBcc: everyone@example.com"))
    assert await kept.latest(10) == []


async def test_the_newest_message_comes_first(sandbox, kept, clock):
    for text in ("one", "two", "three"):
        await sandbox.send(sms(text=text))
        clock.pass_by(timedelta(seconds=1))
    assert [message.text for message in await kept.latest(10)] == ["three", "two", "one"]
    assert [message.text for message in await kept.latest(2)] == ["three", "two"]


async def test_live_and_test_messages_are_told_apart(sandbox, kept):
    await sandbox.send(sms(text="live"))
    await sandbox.send(sms(text="test", live=False))
    assert [message.text for message in await kept.latest(10, live=True)] == ["live"]
    assert [message.text for message in await kept.latest(10, live=False)] == ["test"]
    assert len(await kept.latest(10)) == 2


_PAGES = """
SELECT string_agg(pg_read_binary_file(pg_relation_filepath(oid::regclass)), '') FROM pg_class
WHERE oid IN (SELECT unnest(ARRAY[oid, reltoastrelid]) FROM pg_class WHERE relname = 'sandbox_messages')
"""
_LOG = "SELECT pg_read_binary_file('pg_wal/' || pg_walfile_name($1))"


async def test_nothing_a_message_says_stands_in_the_databases_files_in_clear(sandbox, database_url):
    text = "Nobody else reads this."
    outgoing = email("sealed.away@example.com", text, text * 100, f"<p>{text * 100}</p>")
    connection = await asyncpg.connect(**arguments(database_url) | {"user": "postgres"})
    try:
        before = await connection.fetchval("SELECT pg_current_wal_insert_lsn()")
        await sandbox.send(outgoing)
        await sandbox.send(sms("+12125550199", text))
        after = await connection.fetchval("SELECT pg_current_wal_insert_lsn()")
        await connection.execute("CHECKPOINT")
        pages = await connection.fetchval(_PAGES)
        log = await connection.fetchval(_LOG, before) + await connection.fetchval(_LOG, after)
    finally:
        await connection.close()
    for written in (pages, log):
        assert outgoing.message_id.bytes in written
        assert not [secret for secret in (b"sealed.away", b"12125550199", b"Nobody else") if secret in written]


async def test_another_key_ring_reads_nothing_and_says_nothing(sandbox, database):
    await sandbox.send(sms())
    other = KeptMessages(database, RingVault(KeyRing.generate()).deployment("sandbox_messages"))
    assert await other.latest(10) == []


async def test_a_new_key_hides_nothing_for_as_long_as_the_ring_has_the_old_one_too(database, clock):
    old = KeyRing.generate()
    before = SandboxCarrier(database, RingVault(old).deployment("sandbox_messages"), clock)
    await before.send(sms(text="sealed before"))
    await before.close()
    replaced = KeyRing({purpose: {**old.versions(purpose), 2: b"2" * 32} for purpose in PURPOSES})
    kept = KeptMessages(database, RingVault(replaced).deployment("sandbox_messages"))
    assert [message.text for message in await kept.latest(10)] == ["sealed before"]
    await kept.close()


async def test_a_sealed_message_cannot_be_put_in_anothers_place(sandbox, kept, database_url):
    await sandbox.send(sms(text="one"))
    await sandbox.send(sms(text="two"))
    connection = await asyncpg.connect(**arguments(database_url))
    try:
        await connection.execute("UPDATE sandbox_messages SET sealed = (SELECT sealed FROM sandbox_messages LIMIT 1)")
    finally:
        await connection.close()
    assert len(await kept.latest(10)) == 1


async def test_messages_that_arrive_together_are_written_together(sandbox, kept, database_url):
    await asyncio.gather(*(sandbox.send(sms(text=f"Hello {number}")) for number in range(500)))
    connection = await asyncpg.connect(**arguments(database_url))
    try:
        transactions = await connection.fetchval("SELECT count(DISTINCT xmin::text) FROM sandbox_messages")
    finally:
        await connection.close()
    assert (len(await kept.latest(1000)), transactions <= 10) == (500, True)


async def test_without_its_database_nobody_knows_what_became_of_a_message(seal, clock):
    nowhere = Database("postgresql://optin@127.0.0.1:1/optin")
    carrier = SandboxCarrier(nowhere, seal, clock)
    with pytest.raises(NoWord):
        await carrier.send(sms())
    await carrier.close()


async def test_no_traceback_shows_a_message(kept, sandbox):
    await sandbox.send(sms(text="A secret text"))
    (message,) = await kept.latest(1)
    assert "secret" not in repr(message)
    assert "555" not in repr(message)


async def test_two_thousand_messages_are_kept_in_less_than_two_seconds(sandbox, kept):
    messages = [sms(text=f"Hello {number}") for number in range(2000)]
    started = perf_counter()
    await asyncio.gather(*(sandbox.send(message) for message in messages))
    assert perf_counter() - started < 2
    assert len(await kept.latest(3000)) == 2000
