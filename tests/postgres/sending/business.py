"""A business on one database: its sender and programs, the people who agreed, and what became of its messages."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from dependency_injector.providers import Object
from msgspec.structs import replace

from adapters.outbound.secrets.ring import KeyRing
from application.channels.senders import CreateSender
from application.consent.capture import CaptureConsent, CaptureConsents
from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.messages.carriers import Carriers, DeliveryReport
from application.messages.dispatch import Dispatch
from application.messages.drafting import SendMessage
from application.messages.follow_up import ExpireHeld, FindLost, RecordDelivery, ReleaseHeld
from application.messages.send_with_consent import Receipt, SendWithConsent
from application.ports import Clock
from application.programs.write import CreateProgram, MoveProgram, NewProgram
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.use_cases import PARTS, build, build_all, snake
from domain.access import EVERYTHING, Actor
from domain.addresses import Address, Channel
from domain.consent.evidence import ConsentType
from domain.messages import Content, Status
from domain.programs import Category, Program
from domain.programs import Status as ProgramStatus
from tests.acme import ACME, AGREED
from tests.installation import AFTERNOON

T = TypeVar("T")
# The ledger is read up to the oldest transaction under way on the whole server, and others use it beside us.
_UNREAD = """
select exists (
    select from consent_entries e where not exists (
        select from followers f
        where f.name = 'release_held' and (f.transaction, f.position) >= (e.transaction, e.position)))
"""
_SOMEBODY_WAITS = """
select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')
"""
_POLLS = 5_000
OFFERS, ORDERS = "weekly-offers", "order-updates"
_TEXTS = {OFFERS: "Acme: 20% off today. Reply STOP to opt out.", ORDERS: "Acme: your order 17 is on its way."}
_AREAS = (212, 646, 917, 718, 347, 929, 315, 516, 518, 585, 607, 631, 716, 845, 914, 332, 680, 838, 934, 363)


class WallClock(Clock):
    """Runs as the wall's does, but on an afternoon on which no rule closes a window; the same in every process."""

    def __init__(self, since: datetime | None = None) -> None:
        self.since = since or datetime.now(UTC)

    def now(self) -> datetime:
        return AFTERNOON + (datetime.now(UTC) - self.since)


@dataclass
class Business:
    """One process of the product, in the words of its users. `clock` and `ring` are shared with other processes."""

    ports: Ports
    ring: KeyRing
    clock: Any
    use_cases: dict[type, Any]
    actor: Actor

    def __getitem__(self, use_case: type[T]) -> T:
        found: T = self.use_cases[use_case]
        return found

    def another(self, kind: type[T], **fields: Any) -> T:
        """A use case beside the one everybody shares, as another worker would have it."""
        parts: dict[str, Any] = {}
        for part in PARTS:
            parts[snake(part)] = build(part, self.ports, parts | fields)
        return build(kind, self.ports, parts | fields)

    async def open(self, rate: int = 10_000) -> None:
        await self[CreateSender](replace(ACME, rate_per_second=rate), self.actor)
        await self.add_program(OFFERS, Category.MARKETING)
        await self.add_program(ORDERS, Category.TRANSACTIONAL)

    async def add_program(self, slug: str, category: Category, *, sender: str = "acme") -> None:
        text = {"channel": "sms", "text": AGREED.disclosure_text_verbatim}
        named = {
            "slug": slug,
            "name": slug,
            "purpose": "Offers and discounts",
            "category": category,
            "channels": ["sms", "email"] if sender == "acme" else ["sms"],
            "frequency": "up to 4 messages a month",
            "sender": sender,
            "disclosures": [text],
        }
        program = msgspec.convert(named, NewProgram)
        await self[CreateProgram](program, self.actor)
        await self.move_program(slug, ProgramStatus.ACTIVE)

    async def move_program(self, slug: str, status: ProgramStatus) -> Program:
        moved = await self[MoveProgram](slug, status, self.actor)
        return getattr(moved, "program", moved)

    async def agree(self, *people: str, program: str = OFFERS, **options: Any) -> list[Any]:
        commands = [self.consent(person, program, **options) for person in people]
        return await self[CaptureConsents](commands, self.actor)

    def consent(self, person: str, program: str = OFFERS, **options: Any) -> CaptureConsent:
        kind = ConsentType.PEWC if program == OFFERS else ConsentType.PEC
        evidence = AGREED
        if _channel(person) is Channel.EMAIL:
            kind, yesterday = ConsentType.EMAIL_OPTIN, AFTERNOON - timedelta(days=1)
            evidence = replace(AGREED, doi_requested_at=yesterday, doi_confirmed_at=yesterday + timedelta(hours=1))
        given: dict[str, Any] = {"type": kind, "evidence": evidence} | options
        return CaptureConsent(address=person, program=program, channel=_channel(person), **given)

    def message(self, person: str, program: str = OFFERS, **options: Any) -> SendMessage:
        subject = None if _channel(person) is Channel.SMS else "From Acme"
        content = Content(text=_TEXTS.get(program, _TEXTS[ORDERS]), subject=subject)
        said = {"to": person, "channel": _channel(person), "program": program, "content": content}
        return SendMessage(**said | options)

    async def send(self, *people: str, program: str = OFFERS, **options: Any) -> list[UUID]:
        """The ids of the messages, whatever became of them."""
        commands = [self.message(person, program, **options) for person in people]
        answers = await self[SendWithConsent](commands, self.actor)
        return [answer.message.id for answer in answers if isinstance(answer, Receipt)]

    async def withdraw(self, person: str, program: str | None = None) -> None:
        await self[WithdrawConsents](WithdrawConsent(address=person, program=program), self.actor)

    async def report(self, *messages: UUID, status: Status = Status.DELIVERED, **told: Any) -> None:
        at = self.clock.now()
        reports = [DeliveryReport(message_id=message, status=status, at=at, **told) for message in messages]
        await self[RecordDelivery](reports)

    async def work(self, *kinds: type) -> None:
        """Until nothing is left to do at this time."""
        for kind in kinds or (ReleaseHeld, ExpireHeld, FindLost, Dispatch):
            while await self[kind]() or (kind is ReleaseHeld and await self.ask(_UNREAD) == [(True,)]):
                pass

    def pass_by(self, **time: float) -> None:
        self.clock.pass_by(timedelta(**time))

    async def ask(self, statement: str, *values: Any) -> Any:
        return [tuple(row) for row in await self.rows(statement, *values)]

    async def rows(self, statement: str, *values: Any) -> Any:
        async with self.ports.database().transaction():
            return await self.ports.database().connection.fetch(statement, *values)

    async def status(self, message: UUID) -> str:
        [(status,)] = await self.ask("select status from messages where id = $1", message)
        return str(status)

    async def statuses(self) -> dict[str, int]:
        return dict(await self.ask("select status, count(*) from messages group by status"))

    async def handed(self) -> list[UUID]:
        """What the sandbox was given, in order, repeats among them."""
        return [row[0] for row in await self.ask("select message_id from sandbox_messages order by at, id")]

    async def sees_ended_or_waiting(self, task: asyncio.Task[Any]) -> None:
        """Until the task has ended, or somebody waits for what another one holds."""
        for _ in range(_POLLS):
            if task.done() or await self.ask(_SOMEBODY_WAITS) == [(True,)]:
                return
        raise AssertionError("It neither ends nor waits.")

    def digests(self, person: str) -> Sequence[bytes]:
        """What their address is found by."""
        found: Sequence[bytes] = self.ports.digests().index(Address.parse(person), live=True)
        return found

    def elsewhere(self, step: str, work: Callable[["Business"], Awaitable[Any]]) -> Callable[[str], None]:
        """What Dispatch may be told to do when it first reaches the step: stand still while another process works."""
        steps = [step]

        async def alone() -> None:
            settings = self.ports.settings()
            other = business_on(settings.database_url, settings.data_dir, self.ring, clock=self.clock)
            try:
                await work(other)
            finally:
                await other.close()

        def reached(now: str) -> None:
            if now in steps:
                steps.remove(now)
                with ThreadPoolExecutor(1) as another:
                    another.submit(asyncio.run, alone()).result()

        return reached

    async def close(self) -> None:
        for port in (self.ports.carriers(), self.ports.wakeups(), self.ports.repeats(), self.ports.database()):
            await port.close()


def business_on(
    url: str,
    data_dir: Path,
    ring: KeyRing,
    *,
    clock: Clock,
    carriers: Callable[[Ports], Carriers] | None = None,
    **settings: Any,
) -> Business:
    keys = ring.dump().decode()
    ports = Ports(settings=Settings(database_url=url, data_dir=data_dir, keys=keys, **settings))
    ports.clock.override(Object(clock))
    if carriers is not None:
        ports.carriers.override(Object(carriers(ports)))
    actor = Actor(id="key:test", permissions=EVERYTHING)
    return Business(ports=ports, ring=ring, clock=clock, use_cases=build_all(ports), actor=actor)


def people(count: int) -> Sequence[str]:
    """New Yorkers with reserved numbers."""
    return [f"+1{_AREAS[number // 100]}55501{number % 100:02}" for number in range(count)]


def _channel(person: str) -> Channel:
    return Channel.EMAIL if "@" in person else Channel.SMS
