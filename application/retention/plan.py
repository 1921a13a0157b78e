"""What retention would remove now, and why: nothing is changed by asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct

from application.ports import Clock, Transaction
from application.retention.ports import Due, Holds
from application.retention.shelving import Shelving
from domain.access import Actor, Permission
from domain.retention.policies import Doer, Policy, RecordClass


class PlannedClass(Struct, frozen=True, kw_only=True):
    """`count` records are over and go, and with contacts the ledger's entries of theirs that are over; `held` are over
    and stay, under a hold or because something needs them. For classes that the nightly run does not take, `count` is
    what lies there.
    """

    record_class: RecordClass
    keeps: str
    doer: Doer
    period: str
    places: dict[str, str]
    least: str | None
    most: str | None
    rule: str | None
    basis: str
    count: int
    held: int
    oldest: datetime | None
    newest: datetime | None


class RetentionPlan(Struct, frozen=True, kw_only=True):
    """`on_hold`: a hold on everything stands, so nothing goes."""

    made_at: datetime
    on_hold: bool
    classes: Sequence[PlannedClass]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRetention:
    shelving: Shelving
    holds: Holds
    retention_policies: Sequence[Policy]
    transaction: Transaction
    clock: Clock

    async def __call__(self, by: Actor) -> RetentionPlan:
        by.must(Permission.READ_RETENTION)
        now = self.clock.now()
        async with self.transaction():
            on_hold = await self.holds.on_everything()
        classes = [await self._class(policy, now, on_hold=on_hold) for policy in self.retention_policies]
        return RetentionPlan(made_at=now, on_hold=on_hold, classes=classes)

    async def _class(self, policy: Policy, now: datetime, *, on_hold: bool) -> PlannedClass:
        due = Due()
        if policy.doer is not Doer.RUN:
            async with self.transaction():
                due = await self.shelving.passing(policy.record_class)
        for shelf in self.shelving.every():
            if shelf.record_class is policy.record_class:
                async with self.transaction():
                    due = due.with_more(await shelf.due(policy, now))
        if on_hold and policy.doer is Doer.RUN:
            due = Due(held=due.held + due.count, oldest=due.oldest, newest=due.newest)
        return _planned(policy, due)


def _planned(policy: Policy, due: Due) -> PlannedClass:
    return PlannedClass(
        record_class=policy.record_class,
        keeps=policy.keeps,
        doer=policy.doer,
        period=policy.said,
        places={code: str(period) for code, period in policy.places.items()},
        least=str(policy.least) if policy.least else None,
        most=str(policy.most) if policy.most else None,
        rule=policy.rule,
        basis=policy.basis,
        count=due.count,
        held=due.held,
        oldest=due.oldest,
        newest=due.newest,
    )
