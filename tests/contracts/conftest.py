"""Real servers on loopback for every carrier."""

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
from tests.contracts.authority import Authority
from tests.contracts.mail_server import MailServer
from tests.contracts.twilio_server import ACCOUNT, TOKEN, TwilioServer
from tests.installation import SetClock


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
