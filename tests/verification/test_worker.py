"""The worker as it ships hears of a request with its commit."""

import asyncio

from bootstrap.worker import build_worker
from tests.verification.codes import MAIL, PAT


async def test_a_code_arrives_within_seconds_of_asking(acme):
    worker = build_worker(acme.process.ports, acme.process.use_cases)
    working = asyncio.create_task(worker())
    try:
        async with asyncio.timeout(5):
            challenge = await acme.start(PAT)
            await acme.start(MAIL)
            while not (await acme.received(PAT) and await acme.received(MAIL)):
                await acme.ask("select 1")
        assert await acme.check(challenge, await acme.code(PAT)) == "approved"
    finally:
        worker.stop()
        await working
        await acme.process.ports.wakeups().close()
        await acme.process.ports.carriers().close()


async def test_while_one_worker_rations_another_passes_by(start, acme):
    other = start()
    await acme.start(PAT)
    async with acme.process.database.transaction():
        held = await acme.process.ports.challenges().due(now=acme.clock.now(), most=10)
        await other.work()
        assert len(held) == 1
    assert await acme.ask("select count(*) from messages") == [(0,)]
    await other.work()
    assert len(await acme.received(PAT)) == 1
