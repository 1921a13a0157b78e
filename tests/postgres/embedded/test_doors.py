"""Nobody but its owner gets at the server, and nobody reads of persons in its logs."""

import asyncio
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

from bootstrap.embedded.account import account_for
from bootstrap.embedded.programs import programs_for, reachable
from bootstrap.embedded.server import embedded
from tests.postgres.embedded.machine import PACKAGES, ask, copied, server_of

PERSON = "pat@example.com"
MISHAPS = (
    f"INSERT INTO people VALUES ('{PERSON}')",  # noqa: S608
    f"SELECT '{PERSON}'::uuid",
    f"SELECT '{PERSON}'::json",
    f"SELECT nothing FROM nowhere WHERE address = '{PERSON}'",  # noqa: S608
    f"DO $$ BEGIN RAISE WARNING 'about %', '{PERSON}'; RAISE EXCEPTION 'about %', '{PERSON}'; END $$",
    f"SELECT pg_sleep(0.01), '{PERSON}'",
)


def test_the_logs_hold_no_statement_and_nothing_about_a_person(made):
    async def mishaps(url: str) -> int:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        refused = 0
        for statement in (*MISHAPS, *MISHAPS):
            try:
                await connection.execute(statement)
            except asyncpg.PostgresError:
                refused += 1
        with suppress(asyncpg.PostgresError):
            await connection.execute("INSERT INTO people VALUES ($1)", PERSON)
        await connection.close()
        return refused

    with embedded(made, durable=False) as url:
        ask(url, "CREATE TABLE people (address text PRIMARY KEY)", "SELECT 1")
        assert asyncio.run(mishaps(url)) == 9
    logs = [*(made / "postgres" / "log").iterdir(), made / "run" / "startup.log"]
    told = "".join(log.read_text() for log in logs)
    assert "database system is ready" in told
    assert "example" not in told
    assert "SELECT" not in told
    assert "INSERT" not in told


def test_what_the_logs_leave_out_is_told_to_whoever_asked(made):
    with embedded(made, durable=False) as url, pytest.raises(asyncpg.InvalidTextRepresentationError, match=PERSON):
        ask(url, f"SELECT '{PERSON}'::uuid")


def test_the_server_listens_on_no_network(made):
    with embedded(made, durable=False) as url:
        assert ask(url, "SHOW listen_addresses") == ""
        assert server_of(made).net_connections("inet") == []


def test_only_the_owner_may_enter_the_folder_of_the_socket(made):
    with embedded(made, durable=False):
        for place in (made, made / "postgres", made / "postgres" / ".s.PGSQL.5432"):
            assert stat.S_IMODE(place.stat().st_mode) == 0o700


@pytest.mark.usefixtures("as_root")
def test_another_user_of_the_machine_is_refused_even_with_every_door_open(made):
    other = pwd.getpwnam("daemon")
    with tempfile.TemporaryDirectory() as top:
        place = copied(made, Path(top) / "optin")
        socket = place / "postgres" / ".s.PGSQL.5432"
        with embedded(place, durable=False):
            for door in (Path(top), place, place / "postgres", socket):
                door.chmod(0o777)
            tried = subprocess.run(  # noqa: S603
                [programs_for(account_for(socket.parent)) / "psql", "-h", socket.parent, "-U", "optin", "-c", ""],
                env={},
                cwd="/",
                user=other.pw_uid,
                group=other.pw_gid,
                extra_groups=[],
                capture_output=True,
                text=True,
                check=False,
            )
    assert tried.returncode == 2
    assert "Peer authentication failed" in tried.stderr


@pytest.mark.usefixtures("as_root")
def test_root_hands_the_server_to_an_account_without_rights_and_opens_no_folder_for_it(made):
    above = [made, *made.parents]
    modes = [folder.stat().st_mode for folder in above]
    with embedded(made, durable=False):
        account = account_for(made / "postgres")
        assert account.uid != 0
        assert set(server_of(made).uids()) == {account.uid}
        assert set(server_of(made).gids()) == {account.gid}
        assert "Groups:\t \n" in Path(f"/proc/{server_of(made).pid}/status").read_text()
    assert [folder.stat().st_mode for folder in above] == modes


@pytest.mark.usefixtures("as_root")
def test_programs_in_a_folder_closed_to_others_are_copied_to_where_they_run(tmp_path):
    account = account_for(Path("nowhere"))
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "packages").symlink_to(PACKAGES)
    with tempfile.TemporaryDirectory() as cache:
        copy = reachable(closed / "packages", account, cache=Path(cache))
        assert reachable(closed / "packages", account, cache=Path(cache)) == copy
        initdb = next(copy.rglob("initdb"))
        said = subprocess.run([initdb, "--version"], user=account.uid, capture_output=True, text=True, check=True)  # noqa: S603
    assert said.stdout.startswith("initdb (PostgreSQL) 18")


def test_an_ordinary_user_runs_the_server_as_themselves(users):
    nobody = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as home:
        if nobody is not None:
            os.chown(home, nobody, -1)
        user = users.join(Path(home) / "optin", python=_python_for(nobody), uid=nobody)
        assert server_of(Path(home) / "optin").uids().real == (os.geteuid() if nobody is None else nobody)
        users.leave(user)


@pytest.mark.parametrize("name", ["long" * 50, "comma,and space", "ünïcode?&=#%"])
def test_a_data_directory_may_have_any_path(made, tmp_path, name):
    place = copied(made, tmp_path / name / "optin")
    with embedded(place, durable=False) as url:
        assert ask(url, "SELECT 1") == 1
        folder = Path(parse_qs(urlsplit(url).query)["host"][0])
        assert stat.S_IMODE(folder.resolve().stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert not folder.is_symlink()


def _python_for(uid: int | None) -> str:
    """Root's own Python may lie where nobody else can run it."""
    for python in (shutil.which("python3"), "/usr/bin/python3"):
        with suppress(PermissionError, FileNotFoundError):
            if subprocess.run([python, "-c", ""], user=uid, check=False).returncode == 0:  # noqa: S603
                return python
    pytest.skip("no Python an ordinary user could run")
