"""The ring wrapped by AWS KMS, against moto's server on loopback, called as AWS is."""

import json
from dataclasses import dataclass

import botocore.session
import pytest
from moto.server import ThreadedMotoServer

from adapters.outbound.secrets.providers.aws_kms import AwsKms
from adapters.outbound.secrets.providers.here import FileRing
from adapters.outbound.secrets.providers.wrapped import Wrapped
from adapters.outbound.secrets.ring import KeyRing, RingUnusable
from adapters.outbound.secrets.ring_files import place_new

REGION = "eu-central-1"


@dataclass
class Amazon:
    endpoint: str

    def __post_init__(self):
        session = botocore.session.get_session()
        self.client = session.create_client("kms", region_name=REGION, endpoint_url=self.endpoint)
        self.key = self.new_key()

    def new_key(self):
        return self.client.create_key()["KeyMetadata"]["KeyId"]

    def kms(self, installation="acme", **changed):
        given = {"key": self.key, "region": REGION, "endpoint": self.endpoint, "patience": 2.0, **changed}
        return AwsKms(given.pop("key"), installation, **given)


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def credentials(monkeypatch, tmp_path):
    """Of nobody; and nothing of this machine's own configuration."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "no-config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "no-credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


@pytest.fixture
def amazon(server, credentials):
    return Amazon(server)


@pytest.fixture
def ring():
    return KeyRing.generate()


@pytest.fixture
def kept(tmp_path, amazon, ring):
    path = tmp_path / "keys.json"
    place_new(Wrapped(amazon.kms(), "acme").write(ring), path)
    return path


def source(path, wrapper, installation="acme"):
    return FileRing(path, Wrapped(wrapper, installation))


def test_a_wrapped_ring_is_read_again_and_shows_no_key(kept, amazon, ring):
    assert source(kept, amazon.kms()).load().dump() == ring.dump()
    keys = [key for versions in json.loads(ring.dump()).values() for key in versions.values()]
    assert not any(key in kept.read_text() for key in keys)
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_ring_turns_in_its_wrapped_file(kept, amazon, ring):
    before = json.loads(kept.read_text())
    here, there = source(kept, amazon.kms()), source(kept, amazon.kms())
    there.load()
    assert not there.changed()
    here.change(lambda ring: ring.with_new(["data"]))
    assert there.changed()
    assert list(there.load().versions("data")) == [2, 1]
    assert there.load().versions("data")[1] == ring.versions("data")[1]
    assert json.loads(kept.read_text())["wrapped_key"] != before["wrapped_key"]


def test_an_alias_names_a_key_as_well(tmp_path, amazon, ring):
    amazon.client.create_alias(AliasName="alias/optin", TargetKeyId=amazon.key)
    path = tmp_path / "keys.json"
    place_new(Wrapped(amazon.kms(key="alias/optin"), "acme").write(ring), path)
    assert source(path, amazon.kms(key="alias/optin")).load().dump() == ring.dump()


def test_the_key_of_one_installation_is_not_unwrapped_by_another(amazon):
    """KMS itself holds the two apart, by the encryption context."""
    wrapped = amazon.kms("acme").wrap(bytes(32))
    assert amazon.kms("acme").unwrap(wrapped) == bytes(32)
    with pytest.raises(RingUnusable, match="OPTIN_KEYS_INSTALLATION"):
        amazon.kms("elsewhere").unwrap(wrapped)


def test_another_key_is_told(kept, amazon):
    other = amazon.new_key()
    with pytest.raises(RingUnusable, match="Set what it was wrapped with"):
        source(kept, amazon.kms(key=other)).load()


def test_a_key_that_is_not_there_is_told(amazon):
    with pytest.raises(RingUnusable, match="OPTIN_KMS_REGION"):
        amazon.kms(key="11111111-2222-4333-8444-555555555555").wrap(bytes(32))


@pytest.mark.parametrize("field", ["sealed", "wrapped_key"])
def test_a_tampered_file_is_refused(kept, amazon, field):
    file = json.loads(kept.read_text())
    other = json.loads(Wrapped(amazon.kms(), "acme").write(KeyRing.generate()))
    kept.write_text(json.dumps({**file, field: other[field]}))
    with pytest.raises(RingUnusable, match="altered"):
        source(kept, amazon.kms()).load()


@pytest.mark.parametrize("wrapped", ["not base64", "AAAA"])
def test_what_kms_never_wrapped_is_refused(kept, amazon, wrapped):
    kept.write_text(json.dumps({**json.loads(kept.read_text()), "wrapped_key": wrapped}))
    with pytest.raises(RingUnusable, match=r"altered|AWS answers"):
        source(kept, amazon.kms()).load()


def test_a_kms_that_is_away_is_told(kept, amazon):
    with pytest.raises(RingUnusable, match=r"AWS KMS cannot be reached.*OPTIN_KMS_ENDPOINT"):
        source(kept, amazon.kms(endpoint="http://127.0.0.1:1", patience=0.2)).load()


def test_without_credentials_it_says_so(kept, amazon, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(RingUnusable, match="no credentials"):
        source(kept, amazon.kms()).load()


def test_without_a_region_it_says_so(kept, amazon):
    with pytest.raises(RingUnusable, match="OPTIN_KMS_REGION"):
        source(kept, amazon.kms(region="")).load()
