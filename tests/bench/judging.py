"""Decisions a second on one core: with the first rules, with every pack, and gathered from PostgreSQL."""

import time
from datetime import UTC, datetime

from application.compliance.attempts import attempt, decode_facts
from application.messages.ports import Asked
from domain.addresses import Address, Channel
from domain.compliance.attempt import Attempt, Content, Recipient, Sender, Tenant
from domain.compliance.engine import SHIPPED, judge
from domain.compliance.jurisdiction import whereabouts
from domain.compliance.packs import Packs
from domain.consent.evidence import Grant
from tests.bench.product import EVIDENCE, address, fill, product
from tests.bench.report import Report

_NOON = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
# Suppression, revocation, consent present and proven, address can receive, quiet hours: what every text meets.
_FIRST = frozenset(
    {
        "CORE-SUP-01",
        "CORE-RACE-01",
        "CORE-PROOF-01",
        "CORE-ADDR-01",
        "CORE-TZ-01",
        "US-TCPA-REV-01",
        "US-TCPA-CONS-01",
        "US-TCPA-CONS-03",
        "US-TCPA-HRS-01",
    }
)
_BATCH = 1_000


class FirstRules(Packs):
    def __init__(self, names) -> None:
        super().__init__(names)
        self._rules = [rule for rule in self._rules if rule.id in _FIRST]


def run(report: Report) -> None:
    one = Attempt(
        recipient=Recipient(phone=Address("+12125550101", Channel.SMS)),
        sender=Sender(id="acme", brand="acme"),
        channel="sms",
        category="transactional",
        program="order-updates",
        at=_NOON,
        consents=(
            Grant(
                id="1",
                timestamp=datetime(2026, 3, 1, tzinfo=UTC),
                channels=("sms",),
                program="order-updates",
                brand="acme",
                facts=EVIDENCE.facts(),
            ),
        ),
    )
    first = FirstRules(SHIPPED.names)
    report.at_least("judge, the first rules", _rate(lambda: judge(one, first)), 50_000)
    report.at_least("judge, every pack", _rate(lambda: judge(one, SHIPPED)), 10_000)
    numbers = [Address(address(number), Channel.SMS) for number in range(20_000)]
    start = time.perf_counter()
    for number in numbers:
        whereabouts(Recipient(phone=number), _NOON.date())
    report.at_least("jurisdiction and zones of a number", len(numbers) / (time.perf_counter() - start), 20_000)
    with product() as made:
        report.at_least("gathered from PostgreSQL and judged", made.run(_gathered), 4_000)


def _rate(once) -> float:
    best = 0.0
    for _ in range(5):
        start, count = time.perf_counter(), 0
        while time.perf_counter() - start < 0.4:
            for _ in range(100):
                once()
            count += 100
        best = max(best, count / (time.perf_counter() - start))
    return best


async def _gathered(ports, use_cases) -> float:
    await fill(use_cases, 0, _BATCH)
    addresses = [Address(address(number), Channel.SMS) for number in range(_BATCH)]
    best = 0.0
    for _ in range(5):
        start = time.perf_counter()
        asked = [
            Asked(
                digests=ports.digests().index(one, live=True),
                tokens=ports.digests().suppression(one, live=True),
                program="order-updates",
            )
            for one in addresses
        ]
        async with ports.transaction()():
            found = await ports.recipients().gather(asked, now=_NOON)
        for one, where in zip(addresses, found, strict=True):
            judge(
                attempt(
                    address=one,
                    known=where.known,
                    suppressions=where.suppressions,
                    program=where.program,
                    sender=where.sender,
                    channel=Channel.SMS,
                    category="transactional",
                    at=_NOON,
                    content=Content(),
                    tenant=Tenant(),
                    facts=decode_facts(where.known.history),
                )
            )
        best = max(best, _BATCH / (time.perf_counter() - start))
    return best
