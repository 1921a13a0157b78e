"""`optin keys rotate` where there is data: it ends by itself, says how far it is, and goes on after a crash."""

import asyncio
import sys
from datetime import UTC, datetime

import pytest

from adapters.outbound.secrets.ring import PURPOSES, KeyRing
from application.contacts.write import CreateContact, Lookup, LookUpContact, NewContact
from application.keys.watch_keys import WatchKeys
from domain.keys import Purpose
from tests.cli.conftest import PATIENCE, environment
from tests.keys.scene import GoingClock, scene_on
from tests.postgres.sending.business import people

PEOPLE = people(500)
REFERENCE = "customer-17"


@pytest.fixture
async def scene(database_url, tmp_path):
    """In the time it is, for the command goes by that too."""
    async with scene_on(database_url, tmp_path, GoingClock(at=datetime.now(UTC))) as scene:
        yield scene


@pytest.fixture
async def business(scene):
    """Kept many things, and is not running now."""
    business = await scene.process(watching=False)
    await business.open()
    await business.agree(*PEOPLE)
    await business[CreateContact](NewContact(addresses=("pat@example.com",), reference=REFERENCE), business.actor)
    await business[WatchKeys].end()
    return business


@pytest.fixture
async def killed_once_it_says(scene, tmp_path):
    async def run(words, said):
        command = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bootstrap", "keys", *words),
            cwd=tmp_path,
            env=environment(scene.url, tmp_path),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(PATIENCE):
            while line := (await command.stdout.readline()).decode():
                if said in line:
                    break
        command.kill()
        await command.communicate()
        return line

    return run


async def test_every_key_turns_at_one_command_that_is_killed_and_given_again(
    scene, business, keys, killed_once_it_says, tmp_path
):
    assert await killed_once_it_says(("rotate", "all"), "data: version 2 in use since")
    halfway = (await asyncio.to_thread(keys, "status")).stdout
    assert "contacts.data_key: 0 brought along, to come" in halfway
    assert {"data", "index", "suppression"} <= set(await scene.under_way(business))

    again = await asyncio.to_thread(keys, "rotate", "all")
    assert again.returncode == 0, again.stderr
    assert "data: a turn is under way; it goes on.\n" in again.stdout
    assert "a new version is added" not in again.stdout
    ring = KeyRing.load(tmp_path / "keys.json")
    assert [list(ring.versions(purpose)) for purpose in PURPOSES] == [[2, 1]] * len(PURPOSES)
    assert f"contacts.data_key: {len(PEOPLE) + 1} brought along, done" in again.stdout

    assert await scene.under_way(business) == []
    told = (await asyncio.to_thread(keys, "status")).stdout
    assert [told.count(f"{purpose}: version 2 in use since") for purpose in Purpose] == [1] * len(Purpose)
    assert not [word for word in ("to come", "at work", "waits", "yet to use", "left") if word in told]
    assert await business.ask("select distinct digest_version from contact_points") == [(2,)]
    assert await business.ask("select distinct substr(data_key, 1, 2) from contacts") == [(b"\0\2",)]
    await business[WatchKeys]()
    found = await business[LookUpContact](Lookup(reference=REFERENCE), business.actor)
    assert [point.address.value for point in found.points] == ["pat@example.com"]


async def test_a_version_that_was_added_by_a_command_that_died_is_told_and_no_other_is_added(
    scene, business, keys, tmp_path
):
    scene.rotate("tokens")
    told = (await asyncio.to_thread(keys, "status")).stdout
    assert "tokens version 2 is known to every process; a worker puts it to use" in told
    again = await asyncio.to_thread(keys, "rotate", "tokens")
    assert "tokens: a turn is under way; it goes on.\n" in again.stdout
    assert list(KeyRing.load(tmp_path / "keys.json").versions("tokens")) == [2, 1]
    assert (await scene.versions(business))["tokens"] == 2


async def test_a_command_is_one_user_of_the_ring_and_does_not_wait_for_itself(keys, business):
    told = (await asyncio.to_thread(keys, "rotate", "tokens")).stdout.splitlines()
    assert told[0] == "tokens: a new version is added."
    assert not [line for line in told if "waits for" in line]
    assert [line for line in told if line.startswith("tokens: version 2 in use since")]
    assert told[-1] == "Nothing is under way any more."


async def test_where_the_ring_is_not_ours_nothing_is_said_to_be_added(keys, business, tmp_path):
    ring = (tmp_path / "keys.json").read_text()
    answer = await asyncio.to_thread(keys, "rotate", "all", OPTIN_KEYS=ring)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "OPTIN_KEYS" in answer.stderr
