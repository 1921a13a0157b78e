"""Real servers on loopback for every carrier."""

import pytest

from adapters.outbound.email.connection import SmtpServer
from adapters.outbound.email.smtp import SmtpCarrier
from adapters.outbound.system.clock import SystemClock
from tests.contracts.authority import Authority
from tests.contracts.mail_server import MailServer


@pytest.fixture
def anyio_backend():
    return "asyncio"


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
