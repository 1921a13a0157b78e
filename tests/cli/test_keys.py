"""What an operator does with API keys at the command line."""

import asyncio
from datetime import UTC, datetime

import asyncpg
import pytest


def issued(optin, *more):
    return optin("key", "issue", "--mode", "test", "--name", "shop", "--scope", "messages:*", *more)


@pytest.fixture
def kept(database_url):
    """One column of the newest key, as the database has it."""

    async def ask(column):
        connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
        try:
            return await connection.fetchval(f"select {column} from api_keys order by id desc limit 1")  # noqa: S608
        finally:
            await connection.close()

    return lambda column: asyncio.run(ask(column))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("2127-01-01", datetime(2127, 1, 1, tzinfo=UTC)),
        ("2127-01-01T18:00+02:00", datetime(2127, 1, 1, 16, tzinfo=UTC)),
    ],
)
def test_a_key_ends_at_a_date_or_an_instant_in_utc_unless_it_says_otherwise(optin, kept, given, meant):
    answer = issued(optin, "--expires", given)
    assert answer.stdout.startswith("om_test_"), answer.stderr
    assert kept("expires_at") == meant


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("tomorrow", "optin: 'tomorrow' is no date and no instant"),
        ("9999-12-31T23:00-05:00", "is no date and no instant"),
        ("2001-01-01", "optin: A key has to expire in the future."),
    ],
)
def test_an_end_that_cannot_be_is_refused_in_one_line(optin, given, said):
    answer = issued(optin, "--expires", given)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert said in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_key_is_listed_without_its_secret_until_it_is_revoked_and_after(optin, kept):
    secret = issued(optin, "--expires", "2127-01-01").stdout.strip()
    key_id = str(kept("id"))
    revoked = optin("key", "revoke", key_id)
    assert revoked.stdout.startswith(f"{key_id} is revoked since 20"), revoked.stderr
    told = optin("key", "list").stdout
    head, line = told.splitlines()
    assert head.split() == ["id", "name", "mode", "scopes", "created", "expires", "revoked", "used"]
    assert line.split()[:4] == [key_id, "shop", "test", "messages:read,messages:send"]
    assert line.split()[5:] == ["2127-01-01T00:00:00Z", f"{kept('revoked_at'):%Y-%m-%dT%H:%M:%SZ}", "-"]
    assert secret not in told


def test_a_key_that_nobody_has_cannot_be_revoked(optin):
    answer = optin("key", "revoke", "01980000-0000-7000-8000-000000000000")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == "optin: There is no API key with this id.\n"
