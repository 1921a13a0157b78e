"""Every key turns, and nothing that stood under the old ones is lost."""

from datetime import timedelta

import pytest

from adapters.outbound.postgres.sealed_columns import SEALED_COLUMNS
from adapters.outbound.postgres.tables import metadata
from adapters.outbound.postgres.tables.metadata import SEALED
from application.audit.verify import VerifyLogs
from application.contacts.write import CreateContact, Lookup, LookUpContact, NewContact
from application.keys.look import LookAtKeys
from application.keys.turn_keys import TurnKeys
from application.keys.watch_keys import WatchKeys
from application.secrets import version_of
from domain.addresses import Address, Channel
from domain.keys import AGED, SETTLING, Purpose
from domain.links import Intent, Link
from domain.suppression import Reason
from tests.postgres.audit.books import seal

PAT, KIM, SAM = "+12125550101", "+12125550102", "+12125550103"


def test_every_sealed_column_says_what_a_turn_means_for_it():
    columns = [column for table in metadata.tables.values() for column in table.columns]
    sealed = {(column.table.name, column.name) for column in columns if column.type is SEALED}
    # Not a type of its own: what stands there was sealed since before there was one.
    assert sealed | {("settings", "value")} == set(SEALED_COLUMNS)


async def test_a_version_is_used_when_every_process_knows_it_and_not_before(scene):
    one, other = await scene.process(watching=False), await scene.process(watching=False)
    scene.rotate("data")
    await one[WatchKeys]()
    await one[TurnKeys]()
    assert await scene.versions(one) == dict.fromkeys(one.ports.ring().used(), 1)
    await other[WatchKeys]()
    scene.clock.pass_by(timedelta(seconds=2))
    await one[TurnKeys]()
    await other[WatchKeys]()
    key = other.ports.vault().new_key()
    assert key.wrapped[:2] == b"\0\2"
    sealed = key.seal.seal(b"Pat", b"name")
    assert one.ports.vault().unwrap(key.wrapped).seal.open(sealed, b"name") == b"Pat"


async def test_a_process_that_is_no_more_holds_nothing_up(scene):
    one, gone = await scene.process(watching=False), await scene.process(watching=False)
    scene.rotate("data")
    await one[WatchKeys]()
    await one[TurnKeys]()
    assert (await scene.versions(gone))["data"] == 1
    scene.clock.pass_by(timedelta(seconds=31))
    await one[WatchKeys]()
    await one[TurnKeys]()
    assert (await scene.versions(one))["data"] == 2


async def test_everything_is_brought_along_and_reads_as_before(scene):
    business = await scene.process(watching=False)
    await business.open()
    await business.agree(PAT, KIM)
    await bar(business, KIM)
    made = await business[CreateContact](NewContact(addresses=(SAM,), reference="customer-17"), business.actor)
    [message] = await business.send(PAT)
    await business.work()
    await seal(business)
    link = Link(contact_point_id=made.points[0].id, program_id=made.id, message_id=message, intent=Intent.UNSUBSCRIBE)
    token, alias = business.ports.tokens().seal(link), business.ports.tickets().alias("Pat")

    scene.rotate()
    await scene.turn(business)
    assert await scene.under_way(business) == []
    assert set((await scene.versions(business)).values()) == {2}

    assert await business.ask("select distinct substr(data_key, 1, 2) from contacts") == [(b"\0\2",)]
    assert await business.ask("select distinct digest_version, length(digest) from contact_points") == [(2, 34)]
    assert await business.ask("select distinct key_version, length(token) from suppressions") == [(2, 34)]
    assert len(business.digests(PAT)) == 1
    again = await business[LookUpContact](Lookup(reference="customer-17"), business.actor)
    assert again.id == made.id
    assert business.ports.tokens().open(token, Intent.UNSUBSCRIBE) == link
    assert business.ports.tickets().alias("Pat") == alias
    await business.send(PAT, KIM)
    assert (await business.statuses())["blocked"] == 1
    verified = await VerifyLogs(business.ports.seals(), business.ports.signer())()
    assert (list(verified.faults), verified.unreadable) == ([], 0)


async def bar(business, person):
    """As the mark of an erased contact does."""
    tokens = business.ports.digests().suppression(Address.parse(person), live=True)
    async with business.ports.database().transaction():
        await business.ports.ledger().suppress(
            tokens, Channel.SMS, Reason.OPT_OUT, program_id=None, at=business.clock.now()
        )


async def test_of_an_address_that_is_known_no_more_the_old_token_still_bars(scene):
    business = await scene.process(watching=False)
    await business.open()
    await bar(business, PAT)
    scene.rotate("suppression")
    await scene.turn(business)
    assert await business.ask("select distinct key_version from suppressions") == [(1,)]
    tokens = business.ports.digests().suppression(Address.parse(PAT), live=True)
    assert [version_of(token) for token in tokens] == [2, 1]
    await business.send(PAT)
    assert await business.statuses() == {"blocked": 1}


async def test_an_erased_key_is_not_brought_back(scene):
    business = await scene.process(watching=False)
    await business.open()
    await business.agree(PAT)
    await business.ask("update contacts set data_key = ''")
    scene.rotate("data")
    await scene.turn(business)
    assert await business.ask("select data_key from contacts") == [(b"",)]
    assert await scene.under_way(business) == []


async def test_an_old_data_key_is_needed_until_what_ages_is_gone(scene):
    business = await scene.process(watching=False)
    scene.rotate("data")
    await scene.turn(business)
    assert await business.ask("select oldest from key_standings where purpose = 'data'") == [(1,)]
    scene.clock.pass_by(AGED)
    await business[WatchKeys]()
    await business[TurnKeys]()
    assert await business.ask("select oldest from key_standings where purpose = 'data'") == [(2,)]


@pytest.mark.parametrize("slow", [0, 1])
async def test_whoever_enrols_an_address_while_keys_turn_finds_what_another_wrote(scene, slow):
    """One process uses the next version already, the other still the one before."""
    processes = [await scene.process(watching=False), await scene.process(watching=False)]
    await processes[0].open()
    scene.rotate("index")
    for process in processes:
        await process[WatchKeys]()
    await processes[0][TurnKeys]()
    await processes[1 - slow][WatchKeys]()
    used = {process.ports.ring().newest("index")[0] for process in processes}
    assert used == {1, 2}
    await processes[0].agree(PAT)
    await processes[1].agree(PAT)
    assert await processes[0].ask("select count(*) from contact_points") == [(1,)]


async def test_between_two_columns_a_turn_is_still_under_way(scene):
    business = await scene.process(watching=False)
    await business.open()
    await business.agree(PAT)
    scene.rotate("index")
    await business[WatchKeys]()
    await business[TurnKeys]()
    await business[WatchKeys]()
    scene.clock.pass_by(SETTLING)
    await business[WatchKeys]()
    assert await business[TurnKeys]() == 1
    [index] = [one for one in await business[LookAtKeys]() if one.standing.purpose == Purpose.INDEX]
    assert [work.step for work in index.works if work.finished_at] == ["contact_points.digest"]
    assert "contacts.reference_digest" in [work.step for work in index.works]
    assert index.under_way
