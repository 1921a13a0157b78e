"""A fake phone has no need of a long memory."""

from dataclasses import dataclass
from datetime import timedelta

from application.ports import Clock
from application.sandbox.ports import SandboxMessages

_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetSandbox:
    sandbox_messages: SandboxMessages
    clock: Clock

    async def __call__(self) -> int:
        return await self.sandbox_messages.forget(self.clock.now() - _KEPT)
