"""Processes on one database, operators to set what they send by, and providers on loopback."""

import pytest

from tests.access.conftest import staff  # noqa: F401
from tests.contracts.authority import Authority
from tests.contracts.mail_server import MailServer
from tests.contracts.twilio_server import TwilioServer
from tests.http.conftest import clock, ring, start  # noqa: F401


@pytest.fixture
def process(start):  # noqa: F811
    """Providers stand on loopback here, so that is a network of our own."""
    return start(egress_allow="127.0.0.0/8", public_url="http://optin.example")


@pytest.fixture
async def twilio_server():
    async with TwilioServer().running() as server:
        yield server


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


@pytest.fixture
async def mail_server(authority):
    """Wants encryption, then the login `acme`."""
    server = MailServer()
    options = {"tls_context": authority.server_context(), "authenticator": server.authenticate, "auth_required": True}
    async with server.running(**options):
        yield server


@pytest.fixture
def elsewhere(start, authority):  # noqa: F811
    """Another process of the same installation."""
    return start(egress_allow="127.0.0.0/8", smtp_ca_file=str(authority.certificate))
