"""Giving up an old version of a key for good."""

from dataclasses import dataclass

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.keys.ports import KeyStandings, Rework
from application.ports import Clock, Transaction
from domain.access import Actor
from domain.audit.record import Subject
from domain.keys import AGED, FOREVER, REPEATS_AGED, NoSuchVersion, Purpose, Standing, StillNeeded


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireKey:
    """Refuses as long as anything may need it. What takes the key out of the ring comes after."""

    key_standings: KeyStandings
    rework: Rework
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, purpose: Purpose, version: int, by: Actor) -> None:
        """Raises NoSuchVersion, StillNeeded."""
        now = self.clock.now()
        async with self.transaction():
            standing = next(one for one in await self.key_standings.every() if one.purpose == purpose)
            if version >= standing.current:
                raise NoSuchVersion(f"Version {version} of {purpose} is the one in use, or a newer one.")
            if purpose in FOREVER:
                raise StillNeeded(f"What was made with {purpose} keys, links and signatures, is honoured for ever.")
            await self._must_be_unneeded(standing)
            age = REPEATS_AGED if purpose is Purpose.IDEMPOTENCY else AGED
            if now < standing.since + age:
                raise StillNeeded(f"Until {standing.since + age:%Y-%m-%dT%H:%M:%SZ} something short-lived may need it.")
            what = Subject(kind="key", id=purpose)
            await self.trail.record([noted(by, "key.retired", what, now, before={"version": version})])

    async def _must_be_unneeded(self, standing: Standing) -> None:
        works = {(work.purpose, work.step): work for work in await self.key_standings.works()}
        for step in self.rework.steps():
            if step.purpose != standing.purpose:
                continue
            work = works.get((step.purpose, step.name))
            if work is None or work.version != standing.current or work.finished_at is None:
                raise StillNeeded(f"{step.name} is still being brought along; see `optin keys status`.")
            left = max(work.left, await step.left(standing.current))
            if left:
                raise StillNeeded(f"{left} rows of {step.name} stand under older versions and cannot be brought along.")
