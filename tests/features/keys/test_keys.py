"""The steps of features/access/keys.feature: processes that share a ring in a file, and what is asked of them."""

from datetime import timedelta

from pytest_bdd import given, parsers, scenarios, then, when

from adapters.outbound.secrets.providers.here import FileRing
from application.audit.verify import VerifyLogs
from application.keys.retire import RetireKey
from application.keys.turn_keys import TurnKeys
from application.keys.watch_keys import WatchKeys
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.errors import DomainError
from domain.keys import AGED, Purpose
from domain.suppression import Reason
from tests.contracts.twilio_server import ACCOUNT, TOKEN
from tests.features.keys.conftest import KIM, PAT
from tests.postgres.audit.books import seal
from tests.settings.credentials import SMS, twilio

scenarios("access/keys.feature")


@given("Acme writes to Pat, who agreed")
def agreed(place, run):
    async def written():
        await place.business.agree(PAT)
        await place.write_to_pat()
        [(point, program)] = await place.business.ask("select contact_point_id, program_id from messages")
        place.link = place.business.ports.links().unsubscribe(point, program, place.sent[0])
        await seal(place.business)
        place.read = await place.contact()

    run(written())


@given("Kim opted out and was then erased")
def barred(place, run):
    """What is left of Kim."""

    async def marked():
        business = place.business
        tokens = business.ports.digests().suppression(Address.parse(KIM), live=True)
        async with business.ports.database().transaction():
            at = business.clock.now()
            await business.ports.ledger().suppress(tokens, Channel.SMS, Reason.OPT_OUT, program_id=None, at=at)

    run(marked())


@when(parsers.parse("the {key} key is replaced while Acme writes to Pat"))
def replaced_at_work(place, run, key):
    async def written():
        business = place.business
        place.scene.rotate(key)
        for step in (WatchKeys, TurnKeys, WatchKeys):
            await place.write_to_pat()
            await business[step]()
            business.pass_by(seconds=2)
        await place.scene.turn(business)
        await place.write_to_pat()
        assert (await place.scene.versions(business))[key] == 2
        assert await place.scene.under_way(business) in ([], ["data"])

    run(written())


@then("every message reached Pat")
def reached(place, run):
    assert sorted(run(place.business.handed())) == sorted(place.sent)
    assert len(place.sent) == 5


@then("Kim is still not written to")
def not_written(place, run):
    [message] = run(place.business.send(KIM))
    assert run(place.business.status(message)) == "blocked"


@then("Pat's contact reads as before")
def reads(place, run):
    assert run(place.contact()) == place.read
    assert place.read[1] == {"address": PAT}


@then("the link to unsubscribe in Pat's first message still works")
def link_works(place, run):
    async def opened():
        async with place.staff.browser() as browser:
            return await browser.get(place.link), await browser.post(place.link)

    page, done = run(opened())
    assert (page.status_code, done.status_code) == (200, 200)
    [refused] = run(place.business.send(PAT))
    assert run(place.business.status(refused)) == "blocked"


@then("the records still prove that nothing in them was changed")
def proved(place, run):
    ports = place.business.ports
    verified = run(VerifyLogs(ports.seals(), ports.signer())())
    assert (list(verified.faults), verified.unreadable) == ([], 0)


@given("another process that has not looked at the keys since")
def another(place, run):
    place.other = run(place.scene.process(watching=False))


@when("a new data key is added")
def added(place, run):
    async def looked():
        place.scene.rotate("data")
        await place.business[WatchKeys]()
        await place.business[TurnKeys]()

    run(looked())


@when("the other process has looked")
def looked(place, run):
    async def turned():
        await place.other[WatchKeys]()
        place.scene.clock.pass_by(timedelta(seconds=2))
        await place.business[TurnKeys]()

    run(turned())


@then(parsers.parse("the {which} data key is used"))
def used(place, run, which):
    assert run(place.scene.versions(place.business))["data"] == {"old": 1, "new": 2}[which]


@given(parsers.parse("the {key} key was replaced {since}"))
def replaced(place, run, key, since):
    async def turned():
        await place.replace(key)
        if since == "eight days ago":
            place.scene.clock.pass_by(AGED)
            await place.scene.turn(place.business)

    run(turned())


@when(parsers.parse("the old {key} key is given up"))
def given_up(place, run, key):
    async def retired():
        try:
            await place.business[RetireKey](Purpose(key), 1, SYSTEM)
        except DomainError as refusal:
            place.refusal = refusal.detail
            return
        FileRing(place.scene.file).change(lambda ring: ring.without(key, 1))
        await place.business[WatchKeys]()

    run(retired())


@then(parsers.parse('that is refused because "{reason}"'))
def is_refused(place, reason):
    assert reason in place.refusal


@then("it is gone, and the audit trail says so")
def is_gone(place, run):
    assert place.refusal is None
    assert list(place.business.ports.ring().known()["data"]) == [2]
    said = "select subject_id from audit_records where action = 'key.retired'"
    assert run(place.business.ask(said)) == [("data",)]


@given("an administrator set the credentials of Twilio")
@when("an administrator sets the credentials of Twilio")
def credentials(place, run):
    run(put(place, TOKEN))


@given("an administrator set credentials that Twilio does not know")
def bad_credentials(place, run):
    run(put(place, "a-token-of-nobody"))


async def put(place, token):
    async with await place.administrator() as admin:
        place.answers += [await admin.put(SMS, json=twilio(place.server, token)), await admin.get(SMS)]
    assert [answer.status_code for answer in place.answers] == [200, 200]


@then("they are shown by the last four characters of the account")
def shown(place):
    assert [answer.json()["stored"]["account"] for answer in place.answers] == [ACCOUNT[-4:]] * 2


@then("their secret is in no answer and nowhere in the database")
def nowhere(place, run):
    assert not any(TOKEN in answer.text for answer in place.answers)
    for (table,) in run(place.business.ask("select tablename from pg_tables where schemaname = 'public'")):
        rows = f"select coalesce(string_agg(t::text, ''), '') from \"{table}\" t"  # noqa: S608 - names of the catalogue
        [(found,)] = run(place.business.ask(rows))
        assert TOKEN not in found, table
        assert TOKEN.encode().hex() not in found, table


@when("the credentials are tested")
def tested(place, run):
    async def asked():
        async with await place.administrator() as admin:
            return (await admin.post(f"{SMS}/actions/test")).json()

    place.tested = run(asked())


@then(parsers.re(r"they (?P<work>work|do not work), and no message was sent"))
def outcome(place, work):
    assert (place.tested["ok"], place.tested["code"]) == {
        "work": (True, None),
        "do not work": (False, "twilio-20003"),
    }[work]
    assert place.server.taken == []
    assert place.server.fetched > 0
