"""When the server cannot start, whoever runs the product learns why, and what to do."""

import os
import shutil

import pytest

from bootstrap.embedded.errors import DatabaseUnavailable
from bootstrap.embedded.server import embedded
from tests.postgres.embedded.machine import PATIENCE, ask, copied

FULL = """
import resource, sys
from pathlib import Path
from bootstrap.embedded.errors import DatabaseUnavailable
from bootstrap.embedded.server import embedded
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
try:
    with embedded(Path(sys.argv[1])):
        print("started")
except DatabaseUnavailable as error:
    print(error)
"""


def test_data_of_another_version_is_refused_and_left_alone(made):
    version = made / "postgres" / "PG_VERSION"
    ours = version.read_text()
    version.write_text("17\n")
    try:
        with pytest.raises(DatabaseUnavailable, match=r"PostgreSQL 17, and this product runs PostgreSQL 18.*Dump it"):
            embedded(made).__enter__()
    finally:
        version.write_text(ours)
    with embedded(made, durable=False) as url:
        assert ask(url, "SELECT 1") == 1


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "letter.txt").write_text("dear")
    with pytest.raises(DatabaseUnavailable, match="is not a PostgreSQL data directory"):
        embedded(tmp_path).__enter__()
    assert (tmp_path / "postgres" / "letter.txt").read_text() == "dear"


def test_a_setup_that_was_cut_short_starts_over(tmp_path):
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")
    with embedded(tmp_path, durable=False) as url:
        assert ask(url, "SELECT 1") == 1
    assert not (tmp_path / "postgres.new").exists()


def test_a_setup_that_finds_no_room_says_so_and_leaves_nothing_half_done(tmp_path, users):
    said, _ = users.start(tmp_path / "optin", program=FULL).communicate(timeout=PATIENCE)
    assert "PostgreSQL could not set up its data" in said
    assert "OPTIN_DATABASE_URL" in said
    assert not list((tmp_path / "optin").glob("postgres*"))


def test_damaged_data_is_not_started_and_the_servers_reason_is_told(made, tmp_path):
    place = copied(made, tmp_path / "optin")
    (place / "postgres" / "global" / "pg_control").unlink()
    with pytest.raises(DatabaseUnavailable, match=r"does not start in .*: .*pg_control.* Its log is in"):
        embedded(place).__enter__()


def test_a_damaged_log_of_changes_is_told_too_though_the_server_was_up_to_writing_its_own_log(made, tmp_path):
    place = copied(made, tmp_path / "optin")
    shutil.rmtree(place / "postgres" / "pg_wal")
    (place / "postgres" / "pg_wal").mkdir(mode=0o700)
    owner = (place / "postgres").stat()
    os.chown(place / "postgres" / "pg_wal", owner.st_uid, owner.st_gid)
    with pytest.raises(DatabaseUnavailable, match=r"does not start in .*: .*checkpoint record.* Its log is in"):
        embedded(place).__enter__()


@pytest.mark.usefixtures("as_root")
def test_data_that_came_to_be_roots_is_refused_with_the_way_to_give_it_back(made, tmp_path):
    shutil.copytree(made, tmp_path / "optin")
    with pytest.raises(DatabaseUnavailable, match=r"belongs to root.*chown -R"):
        embedded(tmp_path / "optin").__enter__()


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnavailable, match="Not a directory"):
        embedded(tmp_path / "file" / "optin").__enter__()


def test_a_lost_database_is_made_anew(made):
    with embedded(made, durable=False) as url:
        ask(url.replace("optin@/optin", "postgres@/postgres"), "DROP DATABASE optin", "SELECT 1")
    with embedded(made, durable=False) as url:
        assert ask(url, "SELECT current_database()") == "optin"
