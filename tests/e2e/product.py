"""The product as `optin serve` runs it: a process of its own, and the same parts here, to furnish it."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from adapters.outbound.secrets.ring import KeyRing
from application.channels.senders import CreateSender
from application.consent.capture import CaptureConsent, CaptureConsents
from application.contacts.write import CreateContact, NewContact
from application.programs.write import CreateProgram, MoveProgram, NewProgram, Text
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.use_cases import build_all
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.consent.evidence import Evidence
from domain.ids import MessageId, new_id
from domain.programs import Category, OptIn, Status
from tests.forms.person import ACME_AND_SONS

T = TypeVar("T")
_MOVED = "messages_moved"
_TELL = f"""
create function messages_moved() returns trigger language plpgsql as
    $$ begin perform pg_notify('{_MOVED}', ''); return null; end $$;
create trigger moved after insert on sandbox_messages for each statement execute function messages_moved();
create trigger moved after insert or update or delete on outbox for each statement execute function messages_moved();
"""
ROOT = Path(__file__).parents[2]
PATIENCE = 60
SHOP = "https://shop.example"
"""Another site, which may show our forms in a frame."""
AREAS = (212, 213, 206, 305, 312, 415, 303, 602, 617, 702)
DISCLOSURES = (
    (
        Channel.SMS,
        "en-US",
        (
            "I agree to recurring marketing texts from Acme at this number. Consent is not a condition of purchase. "
            "Up to 4 messages a month. Message and data rates may apply. Reply HELP for help, STOP to stop."
        ),
    ),
    (Channel.EMAIL, "en-US", "I agree to weekly offers by email from Acme. I can stop at any time."),
    (Channel.EMAIL, "de-DE", "Ich möchte wöchentliche Angebote von Acme per E-Mail. Abbestellen kann ich jederzeit."),
    (Channel.EMAIL, "ar-EG", "أوافق على تلقي العروض الأسبوعية من Acme عبر البريد الإلكتروني. يمكنني التوقف متى شئت."),
)


@dataclass(kw_only=True)
class Product:
    settings: Settings
    ports: Ports = field(init=False)
    use_cases: dict[type, Any] = field(init=False)
    _people: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.ports = Ports(settings=self.settings)
        self.use_cases = build_all(self.ports)

    @property
    def url(self) -> str:
        return self.settings.url

    def __getitem__(self, use_case: type[T]) -> T:
        found: T = self.use_cases[use_case]
        return found

    def somebody(self) -> str:
        """An address nobody has used."""
        return f"pat-{next(self._people)}@example.com"

    def somebodys_phone(self) -> str:
        """A number nobody has used, and not always in the same block: codes to a block are rationed."""
        number = next(self._people)
        return f"+1{AREAS[number % len(AREAS)]}55501{number // len(AREAS):02}"

    async def until(self, holds: Callable[[], Awaitable[T]]) -> T:
        """What it gives as soon as it gives something; looked at again whenever messages came or went."""
        moved = asyncio.Event()
        listening = await self.ports.database().listening()
        try:
            await listening.add_listener(_MOVED, lambda *_: moved.set())
            async with asyncio.timeout(PATIENCE):
                while not (found := await holds()):
                    await moved.wait()
                    moved.clear()
        finally:
            await listening.close()
        return found

    async def received(self, address: str, seen: int = 0) -> str:
        """The message after those seen already, once it is on the sandbox's phone or in its inbox."""

        async def arrived() -> list[str]:
            latest = await self.ports.sandbox_messages().latest(1000)
            texts = [message.text for message in reversed(latest) if message.to == address]
            return texts[seen:]

        return (await self.until(arrived))[0]

    async def code(self, address: str, seen: int = 0) -> str:
        found = re.search(r"\b\d{6}\b", await self.received(address, seen))
        assert found is not None
        return found[0]

    async def furnish(self) -> None:
        """The sender Acme, and its programs; and word of every message that comes or goes."""
        async with self.ports.transaction()():
            await self.ports.database().connection.execute(_TELL)
        await self[CreateSender](ACME_AND_SONS, SYSTEM)
        for slug, name in (("weekly-offers", "Weekly offers"), ("shop-news", "News from the shop")):
            await self.add_program(slug, name)
        await self.add_program("codes", "Codes", Category.OTP)

    async def add_program(
        self, slug: str, name: str, category: Category = Category.MARKETING, sender: str = "acme"
    ) -> None:
        new = NewProgram(
            slug=slug,
            name=name,
            purpose="Offers and discounts",
            category=category,
            channels=(Channel.SMS, Channel.EMAIL),
            frequency="up to 4 messages a month",
            sender=sender,
            opt_in=OptIn.DOUBLE,
            disclosures=tuple(Text(channel=channel, locale=locale, text=text) for channel, locale, text in DISCLOSURES),
        )
        await self[CreateProgram](new, SYSTEM)
        await self[MoveProgram](slug, Status.ACTIVE, SYSTEM)

    async def record(self, address: str, program: str = "weekly-offers", *, locale: str | None = None) -> None:
        """Somebody was asked for a yes."""
        if locale is not None:
            await self[CreateContact](NewContact(addresses=(address,), locale=locale), SYSTEM)
        channel = Address.parse(address).channel
        command = CaptureConsent(
            address=address, program=program, channel=channel, status="requested", evidence=Evidence()
        )
        (captured,) = await self[CaptureConsents]([command], SYSTEM)
        assert not isinstance(captured, Exception), captured

    async def link(self, kind: str, address: str, program: str = "weekly-offers") -> str:
        """The link of a message to that address."""
        database, ledger = self.ports.database(), self.ports.ledger()
        async with database.transaction():
            (point,) = await ledger.points_of(self.ports.digests().index(Address.parse(address), live=True))
            program_id = (await ledger.program_ids([program]))[program]
        message = MessageId(new_id(self.ports.clock().now()))
        made: str = getattr(self.ports.links(), kind)(point.contact_point_id, program_id, message)
        return made

    async def close(self) -> None:
        await self.ports.carriers().close()
        await self.ports.wakeups().close()
        await self.ports.repeats().close()
        await self.ports.database().close()


def settings_for(database_url: str, data_dir: Path, **more: Any) -> Settings:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return Settings(
        database_url=database_url,
        data_dir=data_dir,
        keys=KeyRing.generate().dump().decode(),
        port=port,
        # Every test says which network its person is in, as a proxy would.
        **{"trusted_proxies": "127.0.0.1/32", "form_frame_ancestors": SHOP, **more},
    )


@contextmanager
def served(settings: Settings) -> Iterator[None]:
    """While it answers."""
    given = {name: getattr(settings, name) for name in Settings.__struct_fields__}
    wanted = {name: value for name, value in given.items() if value != getattr(Settings(), name)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bootstrap", "serve"],
        cwd=settings.data_dir,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            **{f"OPTIN_{name.upper()}": str(value) for name, value in wanted.items()},
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said, ready = bytearray(), threading.Event()
    listening = threading.Thread(target=_listen, args=(process, said, ready))
    listening.start()
    try:
        assert ready.wait(PATIENCE), said.decode()[-3000:]
        assert process.poll() is None, said.decode()[-3000:]
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        listening.join(PATIENCE)
        if process.stdout is not None:
            process.stdout.close()


def _listen(process: "subprocess.Popen[bytes]", said: bytearray, ready: threading.Event) -> None:
    """To its end, or it would stop where nobody reads; then it is as ready as it will ever be."""
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            said += line
            if b"Started worker" in line:
                ready.set()
    ready.set()
