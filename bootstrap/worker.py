"""The worker with everything it does in turn."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from dependency_injector.containers import DeclarativeContainer

from adapters.inbound.worker.loop import Worker
from application.audit.seal_logs import AnchorRoots, SealLogs
from application.keys.turn_keys import TurnKeys
from application.messages.dispatch import Dispatch
from application.messages.follow_up import ExpireHeld, FindLost, ReleaseHeld
from application.privacy.erase import SettleErasures
from application.retention.run import RunRetention
from application.verification.housekeeping import ForgetChallenges
from application.verification.send_challenges import SendChallenges
from bootstrap.use_cases import PARTS, build, build_use_case, snake


def build_worker(ports: DeclarativeContainer, use_cases: Mapping[type, Any]) -> Worker:
    """Two dispatchers side by side: while one waits for the database or a carrier, the other judges."""
    parts: dict[str, Any] = {}
    for part in PARTS:
        parts[snake(part)] = build(part, ports, parts)
    return Worker(
        wakeups=ports.wakeups(),
        rounds=(
            use_cases[SendChallenges],
            use_cases[ReleaseHeld],
            use_cases[Dispatch],
            build_use_case(Dispatch, ports, parts),
            use_cases[TurnKeys],
        ),
        frequent=(
            use_cases[FindLost],
            use_cases[ExpireHeld],
            use_cases[SealLogs],
            use_cases[AnchorRoots],
            use_cases[SettleErasures],
        ),
        chores=(
            ports.partitions(),
            ports.forget_repeats(),
            ports.forget_windows(),
            ports.forget_sandbox(),
            ports.forget_mail(),
            ports.forget_sign_ins(),
            use_cases[ForgetChallenges],
            use_cases[RunRetention],
        ),
    )


def working(
    ports: DeclarativeContainer, use_cases: Mapping[type, Any]
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """A lifespan that works the queue in the process that answers requests."""

    @asynccontextmanager
    async def running(_: Any) -> AsyncIterator[None]:
        worker = build_worker(ports, use_cases)
        task = asyncio.create_task(worker())
        try:
            yield
        finally:
            worker.stop()
            await task
            await ports.carriers().close()
            await ports.wakeups().close()

    return running
