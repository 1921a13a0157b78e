"""Live and test never meet, whatever is set (ADR 10)."""

import pytest

from adapters.outbound.circuit import CircuitBreaker
from adapters.outbound.egress import Egress
from adapters.outbound.postgres.database import Database
from adapters.outbound.sandbox.carrier import SandboxCarrier
from adapters.outbound.secrets.ring import KeyRing
from adapters.outbound.secrets.vault import RingDigests, RingVault
from adapters.outbound.system.clock import SystemClock
from bootstrap.carriers import ConfiguredCarriers
from bootstrap.settings import Settings
from domain.addresses import Address, Channel

REAL = Settings(
    sms_carrier="twilio",
    twilio_account_sid="AC" + "0" * 32,
    twilio_auth_token="token",
    email_carrier="smtp",
    smtp_host="mail.example",
)


@pytest.fixture
def ring():
    return KeyRing.generate()


@pytest.fixture
def sandbox(ring):
    return SandboxCarrier(Database(""), RingVault(ring).deployment("sandbox_messages"), SystemClock())


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("settings", [Settings(), REAL], ids=["sandbox carriers", "real carriers"])
def test_a_test_message_only_ever_meets_the_sandbox(settings, channel, sandbox):
    assert ConfiguredCarriers(settings, sandbox, SystemClock(), Egress()).carrier(channel, live=False) is sandbox


@pytest.mark.parametrize("channel", Channel)
def test_a_live_message_meets_the_carrier_that_is_set(channel, sandbox):
    real = ConfiguredCarriers(REAL, sandbox, SystemClock(), Egress()).carrier(channel, live=True)
    assert isinstance(real, CircuitBreaker)
    assert ConfiguredCarriers(Settings(), sandbox, SystemClock(), Egress()).carrier(channel, live=True) is sandbox


@pytest.mark.parametrize("kind", ["index", "suppression"])
def test_an_address_of_one_world_is_not_found_in_the_other(kind, ring):
    digests = getattr(RingDigests(ring), kind)
    pat = Address.parse("+12125550101")
    assert digests(pat, live=True) == digests(pat, live=True)
    assert not set(digests(pat, live=True)) & set(digests(pat, live=False))


def test_a_reference_of_one_world_is_not_found_in_the_other(ring):
    digests = RingDigests(ring)
    assert not set(digests.reference("customer-17", live=True)) & set(digests.reference("customer-17", live=False))
