"""The ring wrapped by Vault, against a server that speaks its documented API with real encryption behind it."""

import json

import pytest

from adapters.outbound.egress import Egress
from adapters.outbound.secrets.providers.here import FileRing
from adapters.outbound.secrets.providers.vault_calls import VaultServer
from adapters.outbound.secrets.providers.vault_entry import GivenToken, KubernetesLogin, Pass
from adapters.outbound.secrets.providers.vault_transit import VaultTransit
from adapters.outbound.secrets.providers.wrapped import Wrapped
from adapters.outbound.secrets.ring import KeyRing, RingUnusable
from adapters.outbound.secrets.ring_files import place_new
from tests.contracts.authority import Authority
from tests.keys.vault_server import JWT, LEASE, NAMESPACE, ROLE, vault_on_loopback

HERE = Egress(("127.0.0.0/8",))


@pytest.fixture
def vault():
    with vault_on_loopback() as vault:
        yield vault


@pytest.fixture
def ring():
    return KeyRing.generate()


def server_of(vault, **changed):
    given = {"address": vault.address, "egress": HERE, "namespace": NAMESPACE, "pause": 0.01, **changed}
    return VaultServer(**given)


def transit(vault, entry=None, key="optin", mount="transit", **changed):
    return VaultTransit(server_of(vault, **changed), entry or GivenToken(vault.grant()), key, mount)


@pytest.fixture
def kept(tmp_path, vault, ring):
    path = tmp_path / "keys.json"
    place_new(Wrapped(transit(vault), "acme").write(ring), path)
    return path


def source(path, wrapper, installation="acme"):
    return FileRing(path, Wrapped(wrapper, installation))


def test_a_wrapped_ring_is_read_again_and_shows_no_key(kept, vault, ring):
    assert source(kept, transit(vault)).load().dump() == ring.dump()
    shown = kept.read_text()
    keys = [key for versions in json.loads(ring.dump()).values() for key in versions.values()]
    assert not any(key in shown for key in keys)
    assert "vault:v1:" in shown
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_ring_turns_in_its_wrapped_file_under_another_key(kept, vault, ring):
    before = json.loads(kept.read_text())
    here, there = source(kept, transit(vault)), source(kept, transit(vault))
    there.load()
    vault.rotate()
    here.change(lambda ring: ring.with_new(["data", "tokens"]))
    assert there.changed()
    assert list(there.load().versions("data")) == [2, 1]
    assert there.load().versions("data")[1] == ring.versions("data")[1]
    after = json.loads(kept.read_text())
    assert after["wrapped_key"].startswith("vault:v2:")
    assert after["wrapped_key"] != before["wrapped_key"]
    assert kept.stat().st_mode & 0o777 == 0o600


def test_what_was_wrapped_before_vault_rotated_its_key_is_still_read(kept, vault, ring):
    vault.rotate()
    assert source(kept, transit(vault)).load().dump() == ring.dump()


def test_a_change_that_vault_refuses_leaves_the_file_as_it_was(kept, vault):
    before, here = kept.read_bytes(), source(kept, transit(vault))
    here.load()
    vault.sealed = True
    with pytest.raises(RingUnusable, match="unseal"):
        here.change(lambda ring: ring.with_new(["data"]))
    assert kept.read_bytes() == before


async def test_a_ring_is_read_while_a_loop_runs(kept, vault, ring):
    assert source(kept, transit(vault)).load().dump() == ring.dump()


def test_another_key_of_vault_does_not_open_the_ring(kept, vault):
    vault.keys["optin"] = {1: bytes(range(32))}
    with pytest.raises(RingUnusable, match=r"does not open the key ring.*OPTIN_VAULT_KEY"):
        source(kept, transit(vault)).load()


@pytest.mark.parametrize(
    ("changed", "installation", "said"),
    [({"key": "other"}, "acme", "transit/optin"), ({}, "elsewhere", "OPTIN_KEYS_INSTALLATION")],
)
def test_a_ring_wrapped_for_somebody_else_is_refused_before_vault_is_asked(kept, vault, changed, installation, said):
    vault.asked.clear()
    with pytest.raises(RingUnusable, match=said):
        source(kept, transit(vault, **changed), installation).load()
    assert vault.asked == []


@pytest.mark.parametrize("field", ["sealed", "wrapped_key", "installation"])
def test_a_tampered_file_is_refused(kept, vault, field):
    file = json.loads(kept.read_text())
    other = json.loads(Wrapped(transit(vault), "other").write(KeyRing.generate()))
    kept.write_text(json.dumps({**file, field: other[field]}))
    with pytest.raises(RingUnusable, match=r"altered|damaged"):
        source(kept, transit(vault), "other" if field == "installation" else "acme").load()


def test_a_ring_in_plain_is_not_taken_for_a_wrapped_one(tmp_path, vault):
    path = tmp_path / "keys.json"
    KeyRing.create(path)
    with pytest.raises(RingUnusable, match="optin keys wrap"):
        source(path, transit(vault)).load()


def test_a_sealed_vault_is_asked_a_few_times_and_then_told(kept, vault):
    wrapper = transit(vault, KubernetesLogin(ROLE, kept))
    vault.sealed = True
    vault.asked.clear()
    with pytest.raises(RingUnusable, match=r"sealed .*\(503\): unseal it"):
        source(kept, wrapper).load()
    assert vault.asked == ["auth/kubernetes/login"] * 4


@pytest.mark.parametrize("trouble", [429, 500, 502, 503])
def test_trouble_that_passes_is_waited_for(kept, vault, ring, trouble):
    vault.troubles = [trouble, trouble]
    assert source(kept, transit(vault)).load().dump() == ring.dump()


def test_a_silent_vault_is_given_up(kept, vault):
    vault.silent.set()
    with pytest.raises(RingUnusable, match=r"cannot be reached \(ReadTimeout\)"):
        source(kept, transit(vault, patience=0.05)).load()


def test_a_vault_that_is_away_is_told(kept, vault):
    with pytest.raises(RingUnusable, match=r"127\.0\.0\.1:1 cannot be reached \(ConnectError\)"):
        source(kept, transit(vault, address="http://127.0.0.1:1")).load()


def test_a_vault_inside_needs_to_be_allowed(kept, vault):
    vault.asked.clear()
    with pytest.raises(RingUnusable, match="OPTIN_EGRESS_ALLOW"):
        source(kept, transit(vault, egress=Egress())).load()
    assert vault.asked == []


def test_a_vault_whose_name_means_nothing_is_told(kept, vault):
    with pytest.raises(RingUnusable, match="cannot be looked up"):
        source(kept, transit(vault, address="https://no-such-host.invalid:8200")).load()


@pytest.mark.parametrize(("trouble", "said"), [(307, "active node"), (405, "OPTIN_VAULT_KEY")])
def test_what_vault_does_not_do_is_told(kept, vault, trouble, said):
    wrapper = transit(vault)
    wrapper.unwrap(json.loads(kept.read_text())["wrapped_key"])
    vault.troubles = [trouble]
    with pytest.raises(RingUnusable, match=said):
        source(kept, wrapper).load()


def test_an_engine_or_a_namespace_that_is_not_there_is_told(kept, vault):
    with pytest.raises(RingUnusable, match="OPTIN_VAULT_MOUNT"):
        transit(vault, mount="elsewhere").wrap(bytes(32))
    with pytest.raises(RingUnusable, match="NAMESPACE"):
        source(kept, transit(vault, namespace="")).load()


def test_a_key_that_is_not_there_is_told(vault):
    with pytest.raises(RingUnusable, match="OPTIN_VAULT_KEY"):
        transit(vault, key="none").wrap(bytes(32))


def test_a_revoked_token_is_told_and_not_shown(kept, vault):
    token = vault.grant()
    wrapper = transit(vault, GivenToken(token))
    vault.revoke(token)
    with pytest.raises(RingUnusable, match="ran out or was revoked") as told:
        source(kept, wrapper).load()
    assert token not in str(told.value)
    assert told.value.__cause__ is None


def test_a_token_the_agent_wrote_anew_is_taken_up(kept, vault, ring, tmp_path):
    file, first = tmp_path / "token", vault.grant()
    file.write_text(first + "\n")
    here = source(kept, transit(vault, GivenToken("", file)))
    here.load()
    vault.revoke(first)
    file.write_text(vault.grant() + "\n")
    assert here.load().dump() == ring.dump()


def test_a_token_that_is_never_renewed_does_as_well(kept, vault, ring):
    assert source(kept, transit(vault, GivenToken(vault.grant(lease=0)))).load().dump() == ring.dump()


def test_a_pod_logs_in_and_again_once_its_token_has_expired(kept, vault, ring, tmp_path):
    jwt = tmp_path / "jwt"
    jwt.write_text(JWT)
    here = source(kept, transit(vault, KubernetesLogin(ROLE, jwt)))
    vault.tokens.clear()
    vault.asked.clear()
    here.load()
    vault.tokens.clear()
    assert here.load().dump() == ring.dump()
    login, decrypt = "auth/kubernetes/login", "transit/decrypt/optin"
    assert vault.asked == [login, decrypt, decrypt, login, decrypt]


@pytest.mark.parametrize("said", ["somebody else's word", ""])
def test_a_pod_vault_does_not_know_is_told(kept, vault, tmp_path, said):
    jwt = tmp_path / "jwt"
    jwt.write_text(said)
    with pytest.raises(RingUnusable, match="OPTIN_VAULT_ROLE") as told:
        source(kept, transit(vault, KubernetesLogin(ROLE, jwt))).load()
    assert not said or said not in str(told.value)


def test_a_pod_without_its_word_is_told(kept, vault, tmp_path):
    with pytest.raises(RingUnusable, match="OPTIN_VAULT_JWT_FILE"):
        source(kept, transit(vault, KubernetesLogin(ROLE, tmp_path / "nowhere"))).load()


@pytest.fixture
async def asking(vault):
    server = server_of(vault)
    async with server.client() as client:

        async def ask(path, body, token):
            return await server.ask(client, path, body, token)

        yield ask


async def test_a_given_token_is_renewed_before_it_runs_out(vault, asking):
    now, token = [0.0], vault.grant()
    held = Pass(GivenToken(token), lambda: now[0])
    assert not held.due()
    assert await held.token(asking) == token
    now[0] = LEASE * 0.6
    assert not held.due()
    now[0] = LEASE * 0.7
    assert held.due()
    vault.asked.clear()
    assert await held.token(asking) == token
    assert vault.asked == ["auth/token/renew-self"]
    assert not held.due()


async def test_a_pod_that_may_not_renew_its_token_logs_in_again(vault, asking, tmp_path):
    now, jwt = [0.0], tmp_path / "jwt"
    jwt.write_text(JWT)
    held = Pass(KubernetesLogin(ROLE, jwt), lambda: now[0])
    first = await held.token(asking)
    vault.revoke(first)
    now[0] = LEASE * 0.7
    assert not held.due()
    assert await held.token(asking) not in {first, ""}
    assert vault.asked == ["auth/kubernetes/login", "auth/token/renew-self", "auth/kubernetes/login"]


def test_certificates_that_cannot_be_read_are_told(kept, vault):
    with pytest.raises(RingUnusable, match="OPTIN_VAULT_CA_FILE"):
        source(kept, transit(vault, ca_file=str(kept))).load()


def test_an_encrypted_vault_is_believed_by_the_certificates_given_alone(tmp_path):
    ours, other = Authority(tmp_path, "ours"), Authority(tmp_path, "other")
    with vault_on_loopback(ours.server_context()) as vault:
        trusting = transit(vault, ca_file=str(ours.certificate))
        assert trusting.unwrap(trusting.wrap(bytes(32))) == bytes(32)
        for ca_file in (str(other.certificate), ""):
            with pytest.raises(RingUnusable, match="cannot be reached"):
                transit(vault, ca_file=ca_file).wrap(bytes(32))
