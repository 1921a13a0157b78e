"""`optin keys wrap` and `unwrap`, and a start with what they wrote."""

import pytest

from adapters.outbound.secrets.ring import KeyRing
from tests.keys.vault_server import NAMESPACE, vault_on_loopback


@pytest.fixture
def vault():
    with vault_on_loopback() as vault:
        yield vault


@pytest.fixture
def told(vault):
    return {
        "OPTIN_KEYS_PROVIDER": "vault",
        "OPTIN_KEYS_INSTALLATION": "acme-test",
        "OPTIN_VAULT_ADDR": vault.address,
        "OPTIN_VAULT_KEY": "optin",
        "OPTIN_VAULT_NAMESPACE": NAMESPACE,
        "OPTIN_VAULT_TOKEN": vault.grant(),
        "OPTIN_EGRESS_ALLOW": "127.0.0.0/8",
    }


@pytest.fixture
def file(tmp_path):
    return tmp_path / "keys.json"


def test_a_ring_is_wrapped_used_turned_and_unwrapped(keys, told, file):
    KeyRing.create(file)
    first = KeyRing.load(file)
    assert keys("wrap", **told).returncode == 0
    assert "optin-wrapped-ring-1" in file.read_text()
    turned = keys("rotate", "tokens", "--no-wait", **told)
    assert "a new version is added" in turned.stdout, turned.stderr
    assert keys("unwrap", **told).returncode == 1
    assert "optin-wrapped-ring-1" in file.read_text()
    assert keys("unwrap", "--store-keys-in-plain", **told).returncode == 0
    last = KeyRing.load(file)
    assert list(last.versions("tokens")) == [2, 1]
    assert last.versions("data") == first.versions("data")


def test_the_first_start_writes_a_wrapped_ring(keys, told, file):
    assert "data: version 1" in keys("status", **told).stdout
    assert "optin-wrapped-ring-1" in file.read_text()


def test_a_start_says_what_is_missing_and_shows_no_token(keys, told, vault, file):
    KeyRing.create(file)
    assert keys("wrap", **told).returncode == 0
    for changed, said in (
        ({"OPTIN_KEYS_PROVIDER": "plain"}, "OPTIN_KEYS_PROVIDER"),
        ({"OPTIN_EGRESS_ALLOW": ""}, "OPTIN_EGRESS_ALLOW"),
        ({"OPTIN_VAULT_TOKEN": "hvs.nobodys"}, "ran out or was revoked"),
    ):
        started = keys("status", **{**told, **changed})
        assert started.returncode == 1
        assert said in started.stderr
        assert "Traceback" not in started.stderr
        assert "hvs." not in started.stderr


def test_wrapping_needs_to_know_by_whom(keys, told, file):
    KeyRing.create(file)
    plain = file.read_bytes()
    for changed, said in (
        ({"OPTIN_KEYS_PROVIDER": "plain"}, "vault or aws-kms"),
        ({"OPTIN_KEYS_INSTALLATION": ""}, "OPTIN_KEYS_INSTALLATION"),
        ({"OPTIN_VAULT_ADDR": "http://vault.internal:8200"}, "https://"),
        ({"OPTIN_VAULT_ROLE": "optin"}, "one of OPTIN_VAULT_TOKEN"),
        ({"OPTIN_KEYS_PROVIDER": "aws-kms"}, "OPTIN_KMS_KEY_ID"),
        ({"OPTIN_KEYS": plain.decode()}, "and no OPTIN_KEYS"),
    ):
        assert said in keys("wrap", **{**told, **changed}).stderr
        assert file.read_bytes() == plain
