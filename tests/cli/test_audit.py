"""The books as an operator and an auditor verify them at the command line."""

import asyncio
import gzip

import asyncpg
import pytest


@pytest.fixture
def sql(database_url):
    async def run(statement):
        connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
        try:
            return await connection.execute(statement)
        finally:
            await connection.close()

    return lambda statement: asyncio.run(run(statement))


RECORD = """
insert into audit_records (id, at, live, actor, action, subject_kind, changes, sealed, commitment, hash)
values ('0193aaaa-0000-7000-8000-000000000001', now(), true, 'system', 'program.changed', 'program', '[]', '', '', '')
"""


def test_untouched_books_verify(optin):
    answer = optin("audit", "verify")
    assert (answer.returncode, answer.stdout.splitlines()[-1]) == (0, "Nothing was changed, taken, added or moved.")


def test_a_record_put_in_with_sql_is_named_and_the_command_fails(optin, sql):
    optin("migrate")
    sql(RECORD)
    answer = optin("audit", "verify")
    assert answer.returncode == 1
    assert "BROKEN audit entry 0193aaaa-0000-7000-8000-000000000001: it was changed" in answer.stdout


def test_an_export_is_verified_where_there_is_no_installation(optin, tmp_path):
    written = optin("audit", "export", "books.gz")
    assert written.returncode == 0, written.stderr
    assert gzip.decompress((tmp_path / "books.gz").read_bytes()).startswith(b'{"type":"keys"')
    answer = optin("audit", "verify", "books.gz")
    assert answer.returncode == 0, answer.stderr


def test_a_file_that_is_no_export_is_refused_with_the_reason(optin, tmp_path):
    (tmp_path / "photo.gz").write_bytes(b"not gzip")
    answer = optin("audit", "verify", "photo.gz")
    assert (answer.returncode, "photo.gz is no export" in answer.stderr) == (1, True)


def test_the_keys_to_note_elsewhere_are_shown(optin):
    [line] = optin("audit", "keys").stdout.splitlines()
    name, public = line.split()
    assert (len(name), len(bytes.fromhex(public))) == (16, 32)
