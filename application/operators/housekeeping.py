from dataclasses import dataclass
from datetime import timedelta

from application.operators.ports import Links, Sessions, SignInTries, Steps
from application.ports import Clock
from domain.operators import AT_MOST

_TRIES_KEPT = timedelta(hours=25)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetSignIns:
    """Deletes sessions, links and steps that are over, and tries nobody counts any more."""

    sessions: Sessions
    operator_links: Links
    steps: Steps
    sign_in_tries: SignInTries
    clock: Clock

    async def __call__(self) -> int:
        """Nothing is left after one round."""
        now = self.clock.now()
        await self.sessions.forget(now - AT_MOST)
        await self.operator_links.forget(now)
        await self.steps.forget(now)
        await self.sign_in_tries.forget(now - _TRIES_KEPT)
        return 0
