from datetime import UTC, datetime, timedelta

import pytest

from adapters.outbound.postgres.partitions import Partitions
from application.audit.seal_logs import SealLogs
from application.audit.verify import VerifyLogs
from application.consent.capture import CaptureConsents
from application.retention.holds import NewHold, PlaceHold, ReleaseHold
from application.retention.plan import PlanRetention
from application.retention.run import RetentionReports, RunRetention, StartRetention
from domain.ids import floor_id
from tests.installation import SetClock
from tests.postgres.audit.books import all_is_to_be_had
from tests.postgres.sending.business import OFFERS
from tests.postgres.sending.conftest import business, ring, start

__all__ = ["business", "clock", "ring", "start"]

PAT, SAM = "+12125550101", "+12125550102"
LONG_AGO = datetime(2016, 3, 15, 19, tzinfo=UTC)
# Ten years later, at night.
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def clock():
    return SetClock()


class Keeping:
    """What retention does, in the words of its users."""

    def __init__(self, business):
        self.business = business

    async def at(self, instant, *, months=True):
        self.business.clock.at = instant
        if months:
            await Partitions(self.business.ports.database(), self.business.clock)()

    async def back(self, days):
        """To an afternoon in New York, when nobody is too early or late to be written to."""
        await self.at(NOW - timedelta(days=days, hours=-15), months=False)

    async def asked(self, person):
        command = self.business.consent(person, status="requested")
        await self.business[CaptureConsents]([command], self.business.actor)
        await self.business.work()
        await self.seal()

    async def sent(self, *people, program=OFFERS):
        """Agreed, written to, handed off, and on the books."""
        await self.business.agree(*people, program=program)
        ids = await self.business.send(*people, program=program)
        await self.business.work()
        await self.seal()
        return ids

    async def seal(self):
        await all_is_to_be_had(self.business.ports.database())
        self.business.clock.pass_by(timedelta(minutes=2))
        while await self.business.another(SealLogs)():
            self.business.clock.pass_by(timedelta(minutes=2))

    async def leave(self, *people):
        for person in people:
            await self.business.withdraw(person)
        await self.seal()

    async def turns(self):
        """Until nothing is left to do now; how many it took."""
        turns = 1
        while await self.business[RunRetention]():
            turns += 1
        return turns

    async def run(self):
        """Until nothing is left to do; the report."""
        await self.turns()
        return (await self.business[RetentionReports](self.business.actor))[0]

    async def plan(self):
        plan = await self.business[PlanRetention](self.business.actor)
        return {str(one.record_class): one for one in plan.classes}

    async def start(self):
        return await self.business[StartRetention](self.business.actor)

    async def hold(self, on, subject_id=None):
        return await self.business[PlaceHold](
            NewHold(on=on, subject_id=subject_id, reason="Smith v. Acme"), self.business.actor
        )

    async def release(self, hold):
        return await self.business[ReleaseHold](hold.id, "settled", self.business.actor)

    async def verified(self):
        await self.seal()
        ports = self.business.ports
        return await VerifyLogs(ports.seals(), ports.signer())()

    def floor(self, instant):
        return floor_id(instant)

    async def count(self, table):
        [(count,)] = await self.business.ask(f"select count(*) from {table}")  # noqa: S608
        return count

    async def contact(self, person):
        points = await self.business.ask(
            "select contact_id from contact_points where digest = any($1)", list(self.business.digests(person))
        )
        return points[0][0] if points else None


@pytest.fixture
async def keeping(business):
    return Keeping(business)
