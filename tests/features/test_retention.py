"""The steps of features/privacy/retention.feature."""

import asyncio

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.outbound.secrets.ring import KeyRing
from domain.addresses import Address
from domain.retention.holds import HoldOn
from tests.installation import SetClock
from tests.postgres.retention.conftest import NOW, PAT, Keeping
from tests.postgres.sending.business import business_on

scenarios("privacy/retention.feature")


class Scene(Keeping):
    """One business, and the hold somebody placed."""

    hold_placed = None


@pytest.fixture
def run():
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def scene(run, database_url, tmp_path):
    business = business_on(database_url, tmp_path, KeyRing.generate(), clock=SetClock())
    run(business.open())
    yield Scene(business)
    run(business.close())


@given(parsers.parse("Pat was asked to opt in {days:d} days ago"))
def asked(scene, run, days):
    async def ask():
        await scene.back(days)
        await scene.asked(PAT)

    run(ask())


@given(parsers.parse("Pat agreed {years:d} years ago"))
def agreed(scene, run, years):
    async def agree():
        await scene.back(366 * years)
        await scene.sent(PAT)

    run(agree())


@given(parsers.parse("Pat agreed and opted out {years:d} years ago"))
def opted_out(scene, run, years):
    agreed(scene, run, years)
    run(scene.leave(PAT))


@given("Pat is under a legal hold")
def held(scene, run):
    async def place():
        return await scene.hold(HoldOn.CONTACT, await scene.contact(PAT))

    scene.hold_placed = run(place())


@given("the hold is released")
def released(scene, run):
    run(scene.release(scene.hold_placed))


@when("the night's retention runs")
def night(scene, run):
    async def pass_by():
        await scene.at(NOW)
        assert (await scene.run()).finished_at is not None

    run(pass_by())


@then("Pat is known")
def known(scene, run):
    assert run(scene.contact(PAT)) is not None


@then("nothing is known of Pat any more")
def forgotten(scene, run):
    assert run(scene.contact(PAT)) is None
    assert run(scene.count("contact_points")) == 0
    assert run(scene.business.ask("select count(*) from consent_entries where evidence <> ''")) == [(0,)]


@then("Pat's address is still blocked")
def blocked(scene, run):
    tokens = scene.business.ports.digests().suppression(Address.parse(PAT), live=True)
    found = run(scene.business.ask("select reason from suppressions where token = any($1)", list(tokens)))
    assert found == [("opt_out",)]


@then("the ledger and the trail verify")
def verifies(scene, run):
    verified = run(scene.verified())
    assert verified.faults == ()
    assert verified.checkpoints > 0
