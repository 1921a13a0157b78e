"""An old version goes only when nothing needs it."""

from datetime import timedelta

import pytest

from application.keys.retire import RetireKey
from application.keys.watch_keys import WatchKeys
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.keys import AGED, NoSuchVersion, Purpose, StillNeeded
from domain.suppression import Reason

PAT = "+12125550101"


async def test_what_ages_is_waited_for(scene):
    business = await scene.process(watching=False)
    scene.rotate("data")
    await scene.turn(business)
    with pytest.raises(StillNeeded, match="short-lived"):
        await business[RetireKey](Purpose.DATA, 1, SYSTEM)
    scene.clock.pass_by(AGED)
    await business[RetireKey](Purpose.DATA, 1, SYSTEM)
    assert await business.ask("select action, subject_id from audit_records order by id desc limit 1") == [
        ("key.retired", "data")
    ]


async def test_the_token_of_somebody_erased_keeps_its_key(scene):
    business = await scene.process(watching=False)
    tokens = business.ports.digests().suppression(Address.parse(PAT), live=True)
    async with business.ports.database().transaction():
        at = business.clock.now()
        await business.ports.ledger().suppress(tokens, Channel.SMS, Reason.OPT_OUT, program_id=None, at=at)
    scene.rotate("suppression")
    await scene.turn(business)
    scene.clock.pass_by(AGED)
    with pytest.raises(StillNeeded, match=r"1 rows of suppressions\.token"):
        await business[RetireKey](Purpose.SUPPRESSION, 1, SYSTEM)
    await business.ask("delete from suppressions")
    await business[WatchKeys]()
    await scene.turn(business)
    scene.clock.pass_by(timedelta(days=2))
    await scene.turn(business)
    await business[RetireKey](Purpose.SUPPRESSION, 1, SYSTEM)


async def test_a_column_that_is_not_through_keeps_the_key(scene):
    business = await scene.process(watching=False)
    await business.ask("update key_standings set current = 2 where purpose = 'index'")
    with pytest.raises(StillNeeded, match="still being brought along"):
        await business[RetireKey](Purpose.INDEX, 1, SYSTEM)


@pytest.mark.parametrize("purpose", [Purpose.TOKENS, Purpose.SIGNING])
async def test_links_and_signatures_keep_their_keys_for_ever(scene, purpose):
    business = await scene.process(watching=False)
    scene.rotate()
    await scene.turn(business)
    scene.clock.pass_by(timedelta(days=4000))
    with pytest.raises(StillNeeded, match="for ever"):
        await business[RetireKey](purpose, 1, SYSTEM)


async def test_the_version_in_use_is_never_given_up(scene):
    business = await scene.process(watching=False)
    with pytest.raises(NoSuchVersion):
        await business[RetireKey](Purpose.DATA, 1, SYSTEM)
