"""Every key turns while a hundred messages a second go out over HTTP: nobody is refused, nothing is lost."""

import asyncio
import itertools
import time
from collections import Counter
from datetime import timedelta

import httpx

from application.access.keys import IssueApiKey, NewApiKey
from application.keys.turn_keys import TurnKeys
from application.keys.watch_keys import WatchKeys
from bootstrap.worker import build_worker
from domain.access import SYSTEM
from domain.keys import SETTLING
from domain.links import Intent, Link
from tests.applications import application
from tests.keys.scene import GoingClock, scene_on
from tests.postgres.sending.business import people

RATE = 100
PEOPLE = people(300)
NEW = people(2000)[300:]


class Senders:
    """Two processes take the requests in turn; one of five is for somebody new."""

    def __init__(self, clients) -> None:
        self.clients = itertools.cycle(clients)
        self.answers: Counter[str] = Counter()
        self.tasks: set[asyncio.Task[None]] = set()
        self.repeats: list[tuple[dict[str, str], str]] = []
        self.strangers, self.known = iter(NEW), itertools.cycle(PEOPLE)

    async def until(self, done: asyncio.Task) -> None:
        begun = time.monotonic()
        for number in itertools.count():
            if done.done() and number > RATE:
                break
            new = number % 5 == 0
            task = asyncio.create_task(self._send(next(self.strangers if new else self.known), number))
            self.tasks.add(task)
            self.tasks = {task for task in self.tasks if not task.done()}
            if len(self.tasks) > RATE:  # a machine too slow for the pace
                await asyncio.wait(self.tasks, return_when=asyncio.FIRST_COMPLETED)
            # So many a second: what is waited for is the next one's time.
            await asyncio.sleep(max(0.0, begun + (number + 1) / RATE - time.monotonic()))
        await asyncio.gather(*self.tasks)

    async def _send(self, person: str, number: int) -> None:
        client, key = next(self.clients), {"Idempotency-Key": f"send-{number}"}
        text = {"text": "Acme: your order 17 is on its way."}
        body = {"to": person, "channel": "sms", "program": "order-updates", "content": text}
        answer = await client.post("/api/v1/messages/send_with_consent", json=body, headers=key)
        self.answers[f"{answer.status_code}"] += 1
        # The same again at once, by the other process: one message, whichever key each of them uses.
        again = await next(self.clients).post("/api/v1/messages/send_with_consent", json=body, headers=key)
        self.answers["same" if again.json().get("id") == answer.json().get("id") else again.text] += 1


async def turned(scene, business) -> None:
    async for versions in looks(lambda: scene.versions(business)):
        if set(versions.values()) == {2}:
            break
    scene.clock.pass_by(SETTLING)
    async for under_way in looks(lambda: scene.under_way(business)):
        if not under_way:
            break


async def looks(look):
    for _ in range(600):
        yield await look()
        await asyncio.sleep(0.1)
    raise AssertionError("It takes too long.")


async def clients_of(processes, stack):
    """One at each process, and all with the same API key."""
    new = NewApiKey(name="test", live=True, scopes=("*",), expires_at=None)
    headers = {"Authorization": f"Bearer {(await processes[0][IssueApiKey](new, SYSTEM)).secret}"}
    made = []
    for process in processes:
        transport = httpx.ASGITransport(application(process.ports, process.use_cases), raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://optin.example", headers=headers)
        made.append(await stack.enter_async_context(client))
    return made


async def test_nobody_notices(database_url, tmp_path):
    async with scene_on(database_url, tmp_path, GoingClock()) as scene:
        settings = {"rate_limit_per_minute": 10**9, "database_pool": 8}
        processes = [await scene.process(**settings), await scene.process(**settings)]
        first = processes[0]
        await first.open()
        await first.agree(*PEOPLE, program="order-updates")
        [message] = await first.send(PEOPLE[0], program="order-updates")
        [(point, program)] = await first.ask("select contact_point_id, program_id from messages where id = $1", message)
        link = Link(contact_point_id=point, program_id=program, message_id=message, intent=Intent.UNSUBSCRIBE)
        token = first.ports.tokens().seal(link)
        clients = await clients_of(processes, scene.stack)
        worker = build_worker(first.ports, first.use_cases)
        working = asyncio.create_task(worker())
        scene.rotate()

        rotation = asyncio.create_task(turned(scene, first))
        senders = Senders(clients)
        await senders.until(rotation)
        await rotation
        worker.stop()
        await working
        # Rows that somebody held at the first pass are brought along at the next, a minute later.
        scene.clock.pass_by(timedelta(minutes=1))
        while await first[TurnKeys]():
            pass
        sent = senders.answers["201"]
        assert senders.answers == {"201": sent, "same": sent}
        assert sent > RATE
        await processes[1][WatchKeys]()
        assert processes[1].ports.tokens().open(token, Intent.UNSUBSCRIBE) == link
        # One contact for each person, under the keys in use; all that was ever written can be read.
        [(points, digests)] = await first.ask("select count(*), count(distinct digest) from contact_points")
        assert points == digests == len(PEOPLE) + -(-sent // 5)
        assert await first.ask("select distinct substr(data_key, 1, 2) from contacts") == [(b"\0\2",)]
        assert await first.ask("select distinct digest_version from contact_points") == [(2,)]
