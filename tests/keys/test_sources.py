"""Where a ring is kept, and how a change there is noticed."""

import base64

import pytest

from adapters.outbound.secrets.providers.here import EnvironmentRing, FileRing
from adapters.outbound.secrets.providers.mounted import MountedRing
from adapters.outbound.secrets.ring import PURPOSES, KeyRing, RingUnusable
from domain.keys import NotOurs


def mount(folder, ring, name):
    """As the kubelet does: a new folder, and the link swapped for one that leads there."""
    inside = folder / name
    inside.mkdir(parents=True)
    for purpose in PURPOSES:
        for version, key in ring.versions(purpose).items():
            (inside / f"{purpose}.{version}").write_text(base64.b64encode(key).decode() + "\n")
    (folder / "..new").symlink_to(name)
    (folder / "..new").replace(folder / "..data")


def test_a_mounted_secret_is_a_ring_and_its_swap_is_noticed(tmp_path):
    ring = KeyRing.generate()
    mount(tmp_path, ring, "..2026_11_22")
    source = MountedRing(tmp_path)
    assert source.load().dump() == ring.dump()
    assert not source.changed()
    mount(tmp_path, ring.with_new(["data"]), "..2026_11_23")
    assert source.changed()
    assert list(source.load().versions("data")) == [2, 1]


@pytest.mark.parametrize("bad", ["not base64", "", "c2hvcnQ="])
def test_a_mounted_key_that_is_none_is_told_without_showing_it(tmp_path, bad):
    mount(tmp_path, KeyRing.generate(), "..first")
    (tmp_path / "..first" / "data.1").write_text(bad)
    with pytest.raises(RingUnusable) as told:
        MountedRing(tmp_path).load()
    assert not bad or bad not in str(told.value)


def test_a_mount_that_is_away_is_told(tmp_path):
    with pytest.raises(RingUnusable, match="cannot be read"):
        MountedRing(tmp_path / "nowhere").load()


def test_a_ring_somebody_else_keeps_is_not_ours_to_change(tmp_path):
    mount(tmp_path, KeyRing.generate(), "..first")
    link = tmp_path / "keys.json"
    KeyRing.create(tmp_path / "real.json")
    link.symlink_to("real.json")
    sources = MountedRing(tmp_path), EnvironmentRing(KeyRing.generate().dump().decode()), FileRing(link)
    for source in sources:
        with pytest.raises(NotOurs, match="openssl rand"):
            source.change(lambda ring: ring.with_new(["data"]))


def test_a_new_version_in_a_file_is_there_at_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "keys.json"
    KeyRing.create(path)
    source = FileRing(path)
    source.load()
    FileRing(path).change(lambda ring: ring.with_new(["index"]))
    assert source.changed()
    assert list(source.load().versions("index")) == [2, 1]
    assert path.stat().st_mode & 0o777 == 0o600
