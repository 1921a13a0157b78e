"""Real servers on loopback for every carrier."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from adapters.outbound.email.connection import SmtpServer
from adapters.outbound.email.smtp import SmtpCarrier
from adapters.outbound.postgres.database import Database
from adapters.outbound.sandbox.carrier import SandboxCarrier
from adapters.outbound.sandbox.kept import KeptMessages
from adapters.outbound.secrets.ring import KeyRing
from adapters.outbound.secrets.vault import RingVault
from adapters.outbound.sms.twilio import TwilioSms
from adapters.outbound.sms.twilio_http import TwilioHttp
from adapters.outbound.system.clock import SystemClock
from tests.applications import application
from tests.contracts.authority import Authority
from tests.contracts.mail_server import MailServer
from tests.contracts.twilio_office import HERE
from tests.contracts.twilio_phone import Phone
from tests.contracts.twilio_server import ACCOUNT, TOKEN, TwilioServer
from tests.installation import Installation, SetClock, installation_on


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
async def mail_server():
    async with MailServer().running(enable_SMTPUTF8=True) as server:
        yield server


@pytest.fixture
async def smtp(mail_server):
    """The carrier for that server; `smtp(…)` makes another with other settings."""
    made = []

    def make(*, signers=(), clock=None, **settings) -> SmtpCarrier:
        settings = {"host": "127.0.0.1", "port": mail_server.port, "security": "none"} | settings
        made.append(SmtpCarrier(SmtpServer(**settings), clock or SystemClock(), signers))
        return made[-1]

    yield make
    for carrier in made:
        await carrier.close()


@pytest.fixture
async def twilio_server():
    async with TwilioServer().running() as server:
        yield server


@pytest.fixture
async def twilio(twilio_server):
    """The carrier for that server; `twilio(…)` makes another with other settings."""
    made = []

    def make(*, auth_token: str = TOKEN, url: str = "", **http) -> TwilioSms:
        made.append(
            TwilioSms(
                account_sid=ACCOUNT,
                auth_token=auth_token,
                public_url="https://acme.example/optin/",
                http=TwilioHttp(url or twilio_server.url, **http),
            )
        )
        return made[-1]

    yield make
    for carrier in made:
        await carrier.close()


@pytest.fixture
async def at_twilio(
    twilio_server: TwilioServer, database_url: str, tmp_path: Path
) -> AsyncIterator[Callable[..., Installation]]:
    """Makes an installation that sends its SMS through that server, with settings of its own."""
    async with AsyncExitStack() as stack:

        def made(**settings: str) -> Installation:
            installation = installation_on(
                database_url,
                tmp_path,
                public_url=HERE,
                sms_carrier="twilio",
                twilio_account_sid=ACCOUNT,
                twilio_auth_token=TOKEN,
                twilio_api_url=twilio_server.url,
                **settings,
            )
            for port in ("database", "repeats", "wakeups", "carriers"):
                stack.push_async_callback(getattr(installation.ports, port)().close)
            return installation

        yield made


@pytest.fixture
def keywords() -> str:
    """Twilio leaves its words to us."""
    return "ours"


@pytest.fixture
async def phone(at_twilio: Callable[..., Installation], keywords: str) -> AsyncIterator[Phone]:
    installation = at_twilio(twilio_keywords=keywords)
    app = application(installation.ports, installation.use_cases)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE) as web:
        phone = Phone(installation, web)
        await phone.furnish()
        yield phone


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def seal():
    return RingVault(KeyRing.generate()).deployment("sandbox_messages")


@pytest.fixture
async def database(database_url):
    database = Database(database_url, size=4)
    yield database
    await database.close()


@pytest.fixture
async def kept(database, seal):
    """What the sandbox holds, as its page sees it."""
    kept = KeptMessages(database, seal)
    yield kept
    await kept.close()


@pytest.fixture
async def sandbox(database, seal, clock):
    carrier = SandboxCarrier(database, seal, clock)
    yield carrier
    await carrier.close()
