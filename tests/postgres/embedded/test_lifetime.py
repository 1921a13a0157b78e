"""The server is there when needed, shared by all who need it, and gone when nobody does."""

import asyncio
import os
import select

import psutil
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bootstrap.embedded.server import embedded
from tests.postgres.embedded.machine import PATIENCE, ask, crash, keeper_of, server_of


def test_what_is_written_is_there_after_the_next_start(tmp_path):
    with embedded(tmp_path / "optin") as url:
        assert ask(url, "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('yes') RETURNING word") == "yes"
    with embedded(tmp_path / "optin") as url:
        assert ask(url, "SELECT word FROM kept") == "yes"


def test_the_database_is_utf8_checksummed_durable_and_in_utc(made):
    async def settings(url: str) -> dict[str, str]:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            shown = [
                (name, (await connection.execute(text(f"SHOW {name}"))).scalar_one())
                for name in ("server_encoding", "data_checksums", "fsync", "synchronous_commit", "timezone")
            ]
            roles = await connection.execute(
                text("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = 'optin'")
            )
        await engine.dispose()
        return dict(shown) | {"role": tuple(roles.one())}

    with embedded(made) as url:
        assert asyncio.run(settings(url)) == {
            "server_encoding": "UTF8",
            "data_checksums": "on",
            "fsync": "on",
            "synchronous_commit": "on",
            "timezone": "UTC",
            "role": ("optin", False),
        }


def test_the_last_user_stops_the_server(made, users):
    first = users.join(made)
    server = server_of(made)
    with embedded(made, durable=False) as url:
        assert server_of(made) == server
        users.leave(first)
        assert ask(url, "SELECT 1") == 1
    assert not server.is_running()
    assert not (made / "postgres" / "postmaster.pid").exists()


def test_users_that_start_together_share_one_server(tmp_path, users):
    started = [users.start(tmp_path / "optin") for _ in range(4)]
    urls = {user.stdout.readline() for user in started}
    assert len(urls) == 1
    server = server_of(tmp_path / "optin")
    for user in started:
        users.leave(user)
    assert not server.is_running()


def test_a_killed_owner_leaves_no_server_behind(made, users):
    owner = users.join(made)
    server, keeper = server_of(made), keeper_of(made)
    owner.kill()
    gone, alive = psutil.wait_procs([server, keeper], timeout=PATIENCE)
    assert (len(gone), alive) == (2, [])


def test_a_killed_owner_does_not_take_the_server_from_others(made, users):
    owner = users.join(made)
    with embedded(made, durable=False) as url:
        owner.kill()
        owner.wait(PATIENCE)
        with embedded(made, durable=False):  # one more comes and goes
            pass
        assert ask(url, "SELECT 1") == 1


def test_a_crashed_server_is_started_again_with_all_that_was_committed(made):
    with embedded(made) as url:
        ask(url, "DROP TABLE IF EXISTS crashed; CREATE TABLE crashed (word text)", "INSERT INTO crashed VALUES ('yes')")
        server = server_of(made)
        server.kill()
        server.wait(PATIENCE)
        with embedded(made) as again:
            assert again == url
            assert server_of(made) != server
            assert ask(url, "SELECT word FROM crashed") == "yes"


def test_a_server_without_its_keeper_ends_and_can_be_started_again(made, users):
    users.join(made)
    server, keeper = server_of(made), keeper_of(made)
    keeper.kill()
    server.wait(PATIENCE)
    with embedded(made, durable=False) as url:
        assert ask(url, "SELECT 1") == 1


def test_nothing_committed_is_lost_when_everything_crashes_at_once(made, users):
    with embedded(made) as url:
        ask(url, "DROP TABLE IF EXISTS lost; CREATE TABLE lost (word text)", "SELECT 1")
    owner = users.join(made)
    ask(url, "INSERT INTO lost VALUES ('no')")
    crash(made, owner)
    assert (made / "postgres" / "postmaster.pid").exists()
    with embedded(made) as url:
        assert ask(url, "SELECT word FROM lost") == "no"


def test_a_process_id_that_became_a_strangers_keeps_nobody_from_starting(made, users, stranger):
    crash(made, users.join(made))
    note = made / "postgres" / "postmaster.pid"
    note.write_text("\n".join([str(stranger.pid), *note.read_text().split("\n")[1:]]))
    with embedded(made, durable=False) as url:
        assert ask(url, "SELECT 1") == 1
    assert stranger.poll() is None


@pytest.mark.parametrize("note", ["", "\n", "nonsense\n"])
def test_a_note_a_power_failure_spoiled_keeps_nobody_from_starting(made, note):
    (made / "postgres" / "postmaster.pid").write_text(note)
    with embedded(made, durable=False) as url:
        assert ask(url, "SELECT 1") == 1


def test_the_server_keeps_nothing_open_that_the_product_opened(made):
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    with embedded(made, durable=False):
        os.close(writer)
        ended, _, _ = select.select([reader], [], [], PATIENCE)
        assert ended == [reader]
        assert os.read(reader, 1) == b""
    os.close(reader)


def test_the_server_is_told_none_of_the_products_secrets(made, users):
    users.join(made)
    assert set(server_of(made).environ()) <= {"PATH", "LD_LIBRARY_PATH", "LC_ALL", "TZ", "PG_GRANDPARENT_PID"}
