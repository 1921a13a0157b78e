"""The product as it is shipped, on a durable embedded PostgreSQL, filled with contacts who agreed."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from adapters.outbound.secrets.ring import KeyRing
from application.access.keys import IssueApiKey, NewApiKey
from application.channels.senders import CreateSender, NewSender
from application.consent.capture import CaptureConsent, CaptureConsents
from application.messages.drafting import SendMessage
from application.programs.write import CreateProgram, MoveProgram, NewProgram
from bootstrap.memory import settle
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.start import installed
from bootstrap.use_cases import build_all
from domain.access import EVERYTHING, SYSTEM, Actor
from domain.addresses import Channel
from domain.consent.evidence import ConsentType, Evidence
from domain.messages import Content
from domain.programs import Category, Status

TEXT = "Acme: your order has shipped. Reply STOP to opt out."
BY = Actor(id="key:bench", permissions=EVERYTHING)
EVIDENCE = Evidence(
    source="first_party",
    medium="web_form",
    affirmative_act="number_provided_at_checkout",
    disclosure_text_verbatim="Text me about my order. Reply STOP to stop.",
    language="en-US",
    url="https://acme.example/checkout",
    ip="203.0.113.7",
    user_agent="Mozilla/5.0",
    identity="Pat Doe",
)


@dataclass(kw_only=True)
class Product:
    settings: Settings
    key: str = ""

    def open(self) -> tuple[Ports, dict[type, Any]]:
        ports = Ports(settings=self.settings)
        return ports, build_all(ports)

    def run(self, work: Any) -> Any:
        """`work(ports, use_cases)` in an event loop of its own."""

        async def whole() -> Any:
            ports, use_cases = self.open()
            settle()
            try:
                return await work(ports, use_cases)
            finally:
                await ports.carriers().close()
                await ports.wakeups().close()
                await ports.repeats().close()
                await ports.database().close()

        return asyncio.run(whole())

    def process(self, *command: str, **extra: str) -> "subprocess.Popen[bytes]":
        environment = os.environ | {
            "OPTIN_DATA_DIR": str(self.settings.data_dir),
            "OPTIN_DATABASE_URL": self.settings.database_url,
            "OPTIN_KEYS": self.settings.keys,
            "OPTIN_VISITOR_RATE_PER_MINUTE": "1000000000",
            **extra,
        }
        return subprocess.Popen([sys.executable, "-m", *command], env=environment, stdout=subprocess.DEVNULL)

    @contextmanager
    def serving(self, **extra: str) -> Iterator[tuple[str, int]]:
        """The address of a server, and its process id, once it is ready."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        server = self.process("tests.bench.server", OPTIN_PORT=str(port), **extra)
        try:
            _until_ready(url)
            yield url, server.pid
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


@contextmanager
def product(*, rate: int = 100_000) -> Iterator[Product]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), keys=KeyRing.generate().dump().decode(), rate_limit_per_minute=10**9)
        with installed(settings) as ready:
            made = Product(settings=ready)
            made.key = made.run(lambda _, use_cases: _prepared(use_cases, rate))
            yield made


def agreed(first: int, count: int, channel: Channel = Channel.SMS) -> list[CaptureConsent]:
    return [
        CaptureConsent(
            address=address(number, channel),
            program="order-updates",
            channel=channel,
            type=ConsentType.PEC if channel is Channel.SMS else ConsentType.EMAIL_OPTIN,
            evidence=EVIDENCE,
        )
        for number in range(first, first + count)
    ]


def address(number: int, channel: Channel = Channel.SMS) -> str:
    return f"+1212{2_000_000 + number}" if channel is Channel.SMS else f"person{number}@example.com"


def messages(first: int, count: int, channel: Channel = Channel.SMS) -> list[SendMessage]:
    content = (
        Content(text=TEXT) if channel is Channel.SMS else Content(text=TEXT, subject="Your order", html=f"<p>{TEXT}")
    )
    return [
        SendMessage(to=address(number, channel), channel=channel, program="order-updates", content=content)
        for number in range(first, first + count)
    ]


async def fill(use_cases: dict[type, Any], first: int, count: int, channel: Channel = Channel.SMS) -> None:
    for start in range(first, first + count, 1000):
        await use_cases[CaptureConsents](agreed(start, min(1000, first + count - start), channel), BY)


async def _prepared(use_cases: dict[type, Any], rate: int) -> str:
    sender = NewSender(
        slug="acme",
        legal_name="Acme Ltd",
        postal_address="1 Main St, Springfield, IL 62701, US",
        support="https://acme.example/help",
        sms_from="+12125550100",
        email_from="orders@acme.example",
        rate_per_second=rate,
    )
    program = NewProgram(
        slug="order-updates",
        name="Order updates",
        purpose="Where your order is",
        category=Category.TRANSACTIONAL,
        channels=(Channel.SMS, Channel.EMAIL),
        frequency="as your order moves",
        sender="acme",
    )
    await use_cases[CreateSender](sender, SYSTEM)
    await use_cases[CreateProgram](program, SYSTEM)
    await use_cases[MoveProgram](program.slug, Status.ACTIVE, SYSTEM)
    issued = await use_cases[IssueApiKey](NewApiKey(name="bench", live=True, scopes=("*",)), SYSTEM)
    return str(issued.secret)


def _until_ready(url: str) -> None:
    over = time.monotonic() + 60
    while time.monotonic() < over:
        try:
            if httpx.get(f"{url}/ready").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError("The server did not become ready.")
