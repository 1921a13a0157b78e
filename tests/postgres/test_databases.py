"""A test gets a database as the migrations left it, whatever the test before did to its own."""

import asyncio
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from bootstrap.embedded.server import EmbeddedServer
from tests.databases import Databases
from tests.postgres.embedded.machine import ask

MIGRATIONS = """
CREATE TABLE program (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
                      loud text GENERATED ALWAYS AS (upper(name)) STORED);
INSERT INTO program (name) VALUES ('Weekly offers'), ('Order updates');
CREATE TABLE consent (program_id bigint REFERENCES program, status text, at timestamptz) PARTITION BY RANGE (at);
CREATE INDEX ON consent (at);
CREATE TABLE consent_2026 PARTITION OF consent FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the ledger is append-only'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON consent FOR EACH ROW EXECUTE FUNCTION refuse();
"""
STATE = """
SELECT (SELECT jsonb_agg(to_jsonb(program) ORDER BY id) FROM program)::text
    || (SELECT count(*) FROM consent) || (SELECT last_value FROM program_id_seq)
    || (SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace)
"""
PARTITION = "CREATE TABLE consent_2027 PARTITION OF consent FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')"


def migrate(url: str) -> None:
    ask(url, MIGRATIONS, "SELECT 1")


def names(server: EmbeddedServer) -> set[str]:
    listed = ask(
        server.url("postgres", "postgres"),
        "SELECT string_agg(datname, ' ') FROM pg_database WHERE datname NOT IN "
        "('postgres', 'template0', 'template1', 'optin')",
    )
    return set((listed or "").split())


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with EmbeddedServer(tmp_path_factory.mktemp("databases"), durable=False) as server:
        yield server


@pytest.fixture
def databases(server):
    with Databases(server, migrate, "aaaaaaaaaaaa") as databases:
        yield databases


@pytest.mark.parametrize(
    "deed",
    [
        "INSERT INTO consent VALUES (1, 'granted', '2026-11-20')",
        "INSERT INTO program (name) VALUES ('Third')",
        "UPDATE program SET name = 'Renamed'",
        "TRUNCATE program, consent RESTART IDENTITY",
        PARTITION,
        f"{PARTITION}; INSERT INTO consent VALUES (2, 'granted', '2027-11-20')",  # noqa: S608
        "DROP TABLE consent_2026",
        "ALTER TABLE program ADD COLUMN extra text",
        "CREATE TABLE scratch (id serial PRIMARY KEY)",
        "CREATE TEMPORARY TABLE scratch (id int)",
    ],
)
def test_the_next_test_sees_nothing_of_this_one(databases, deed):
    before = ask(databases.migrated(), STATE)
    ask(databases.migrated(), deed, "SELECT 1")
    assert ask(databases.migrated(), STATE) == before


def test_new_partitions_cost_no_new_clone(databases):
    url = databases.migrated()
    made = "SELECT oid::bigint FROM pg_database WHERE datname = current_database()"
    oid = ask(url, made)
    ask(url, PARTITION, "SELECT 1")
    assert ask(databases.migrated(), made) == oid
    ask(url, "DROP TABLE consent_2026", "SELECT 1")
    assert ask(databases.migrated(), made) != oid


def test_a_session_the_test_left_open_holds_nobody_up(databases):
    with asyncio.Runner() as runner:
        left_open = runner.run(asyncpg.connect(databases.migrated().replace("+asyncpg", "")))
        runner.run(left_open.execute("BEGIN; LOCK TABLE program"))
        assert ask(databases.migrated(), "SELECT count(*) FROM program") == 2
        with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError, ConnectionError)):
            runner.run(left_open.execute("SELECT 1"))


def test_the_role_of_the_product_owns_its_tables_and_is_no_superuser(databases):
    url = databases.migrated()
    assert ask(url, "SELECT tableowner FROM pg_tables WHERE tablename = 'program'") == "optin"
    assert ask(url, "SHOW is_superuser") == "off"


def test_an_empty_database_is_there_while_it_is_needed(databases, server):
    with databases.empty() as one, databases.empty() as other:
        assert one != other
        assert ask(one, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0
    assert names(server) == {"template_aaaaaaaaaaaa"}


def test_nothing_but_the_template_stays_behind(server):
    with Databases(server, migrate, "aaaaaaaaaaaa") as databases:
        databases.migrated()
        assert len(names(server)) == 2
    assert names(server) == {"template_aaaaaaaaaaaa"}


def test_a_schema_is_migrated_once(server):
    asked = []
    for schema in ("bbbbbbbbbbbb", "bbbbbbbbbbbb", "cccccccccccc"):
        with Databases(server, lambda url: asked.append(migrate(url)), schema) as databases:
            databases.migrated()
    assert len(asked) == 2
    assert names(server) == {"template_cccccccccccc"}


def test_a_template_in_use_survives_a_run_on_another_schema(server, databases):
    with Databases(server, migrate, "dddddddddddd"):
        assert names(server) == {"template_aaaaaaaaaaaa", "template_dddddddddddd"}
    assert ask(databases.migrated(), "SELECT count(*) FROM program") == 2


def test_a_migration_that_fails_leaves_no_template(server):
    with pytest.raises(asyncpg.PostgresSyntaxError):
        Databases(server, lambda url: ask(url, "CREATE NONSENSE"), "eeeeeeeeeeee").__enter__()
    with Databases(server, migrate, "eeeeeeeeeeee") as databases:
        assert ask(databases.migrated(), "SELECT count(*) FROM program") == 2


def test_what_a_killed_run_left_is_dropped_by_the_next(server):
    killed = """
import sys
from pathlib import Path
from bootstrap.embedded.server import EmbeddedServer
from tests.databases import Databases
with EmbeddedServer(Path(sys.argv[1]), durable=False) as server:
    with Databases(server, lambda url: None, "ffffffffffff") as databases:
        databases.migrated()
        print("made", flush=True)
        sys.stdin.read()
"""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", killed, server.data_dir],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as run:
        assert run.stdout.readline() == b"made\n"
        assert len(names(server)) >= 2
        run.kill()
    with Databases(server, migrate, "aaaaaaaaaaaa"):
        assert names(server) == {"template_aaaaaaaaaaaa"}
