"""Keys: issued once, kept as a digest, revoked for good."""

from datetime import timedelta

import pytest

from application.access.keys import IssueApiKey, IssuedApiKey, NewApiKey, RevokeApiKey, digest_of
from domain.access import EVERYTHING, SYSTEM, Actor, NoSuchApiKey, NotPermitted, Permission, UnknownScope
from domain.errors import Invalid
from domain.ids import new_id


@pytest.fixture
def issue(installation):
    async def issued(**details) -> IssuedApiKey:
        return await installation[IssueApiKey](NewApiKey(name="shop", **details), SYSTEM)

    return issued


async def test_a_key_is_found_by_its_digest_and_its_secret_is_nowhere(installation, issue):
    issued = await issue(live=True, scopes=("messages:*", "consents:read"))
    found = await installation.ports.api_key_queries().by_digest(digest_of(issued.secret))
    assert found == issued.key
    assert found.permissions == {Permission.SEND_MESSAGES, Permission.READ_MESSAGES, Permission.READ_CONSENT}
    database = installation.ports.database()
    async with database.transaction():
        kept = await database.connection.fetchval("select row_to_json(k)::text from api_keys k")
    assert issued.secret not in kept
    assert issued.secret not in repr(issued)


async def test_a_key_that_nobody_has_is_not_found(installation):
    assert await installation.ports.api_key_queries().by_digest(digest_of("om_live_nothing")) is None


async def test_keys_are_listed_newest_first_with_those_that_are_over(installation, issue):
    first, second = await issue(), await issue(live=True)
    installation.clock.pass_by(timedelta(seconds=1))
    third = await issue()
    revoked = await installation[RevokeApiKey](first.key.id, SYSTEM)
    listed = await installation.ports.api_key_queries().every()
    assert listed[0] == third.key
    assert {key.id for key in listed[1:]} == {first.key.id, second.key.id}
    assert revoked in listed


async def test_a_revoked_key_stays_revoked_since_it_first_was(installation, issue):
    issued = await issue()
    first = await installation[RevokeApiKey](issued.key.id, SYSTEM)
    installation.clock.pass_by(timedelta(hours=1))
    again = await installation[RevokeApiKey](issued.key.id, SYSTEM)
    assert again == first
    assert not first.usable(installation.clock.now())


async def test_a_key_nobody_issued_cannot_be_revoked(installation):
    with pytest.raises(NoSuchApiKey):
        await installation[RevokeApiKey](new_id(installation.clock.now()), SYSTEM)


async def test_a_key_expires_in_the_future_and_has_scopes_there_are(installation, issue):
    with pytest.raises(Invalid):
        await issue(expires_at=installation.clock.now())
    with pytest.raises(UnknownScope):
        await issue(scopes=("everything",))


async def test_a_key_makes_no_keys_unless_it_may(installation):
    shop = Actor(id="key:shop", permissions=EVERYTHING - {Permission.WRITE_KEYS})
    with pytest.raises(NotPermitted):
        await installation[IssueApiKey](NewApiKey(name="another"), shop)


async def test_a_scope_this_version_does_not_know_grants_nothing(installation, issue):
    issued = await issue(scopes=("messages:read",))
    database = installation.ports.database()
    async with database.transaction():
        await database.connection.execute("update api_keys set permissions = permissions || '{pigeons:fly}'")
    found = await installation.ports.api_key_queries().by_digest(digest_of(issued.secret))
    assert found.permissions == {Permission.READ_MESSAGES}
