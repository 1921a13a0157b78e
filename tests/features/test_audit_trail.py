"""The steps of features/audit/trail.feature."""

import asyncio

import pytest
from msgspec.structs import replace
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.outbound.secrets.ring import KeyRing
from adapters.outbound.secrets.signer import KnownKeys
from application.audit.export import ExportBooks, read_export
from application.audit.reading import ReadTrail, RevealTrail, Wanted
from application.audit.verify import VerifyLogs
from application.privacy.erase import EraseContact
from application.programs.write import ChangeProgram, ProgramChange
from application.replies.ports import Listed
from application.replies.receive import ReceiveReply
from application.replies.review import ReplyQueries, RevealReply
from domain.access import EVERYTHING, Permission
from domain.errors import Forbidden
from tests.installation import SetClock
from tests.postgres.audit.books import ids, seal, sql, verified
from tests.postgres.sending.business import OFFERS, business_on
from tests.postgres.sending.test_replies import text

scenarios("audit/trail.feature")

PEOPLE = ("+12125550101", "+12125550102", "+12125550103")
_ATTACKS = {
    "makes a consent a refusal": "update consent_entries set status = 'revoked' where id = '{second}'",
    "takes a consent away": "delete from consent_entries where id = '{second}'",
    "gives a consent to somebody else": (
        "update consent_entries set contact_id = (select contact_id from consent_entries where id = '{first}')"
        " where id = '{second}'"
    ),
    "lets a consent change places": "update consent_entries set transaction = transaction + 1 where id = '{second}'",
}


@pytest.fixture
def runner():
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def acme(database_url, tmp_path, runner):
    business = business_on(database_url, tmp_path, KeyRing.generate(), clock=SetClock())
    runner.run(business.open())
    yield business
    runner.run(business.close())


@pytest.fixture
def robin(acme):
    return replace(acme.actor, id="operator:robin")


@pytest.fixture
def seen():
    return {}


def on_trail(acme, runner, action):
    return runner.run(acme[ReadTrail].page(Wanted(action=action), acme.actor))


@given(parsers.parse('the program "{slug}" promises "{frequency}"'))
def promises(acme, runner, slug, frequency):
    runner.run(acme[ChangeProgram](slug, ProgramChange(frequency=frequency), acme.actor))


@when(parsers.parse('Robin makes it "{frequency}"'))
def makes_it(acme, runner, robin, frequency):
    runner.run(acme[ChangeProgram](OFFERS, ProgramChange(frequency=frequency), robin))


@then(parsers.parse('the trail says that Robin changed its frequency from "{before}" to "{after}"'))
def frequency_changed(acme, runner, before, after):
    [record] = [one for one in on_trail(acme, runner, "program.changed") if one.actor == "operator:robin"]
    assert [(one.field, one.before, one.after) for one in record.changes] == [("frequency", before, after)]


@given(parsers.parse('+1 212 555 0101 wrote back "{words}"'))
def wrote_back(acme, runner, words):
    runner.run(acme.agree(PEOPLE[0]))
    runner.run(acme[ReceiveReply](text(words, 1), live=True))


@when(parsers.parse('Robin reads it, because "{reason}"'))
def reads(acme, runner, robin, seen, reason):
    [one] = runner.run(acme[ReplyQueries].page(Listed(), robin))
    seen["words"] = runner.run(acme[RevealReply](one.reply.id, reason, robin))


@then("the trail says that Robin read it")
def was_read(acme, runner, seen):
    [record] = on_trail(acme, runner, "reply.revealed")
    assert (record.actor, record.changes) == ("operator:robin", ())
    seen["record"] = record.id


@then(parsers.parse('the reason is found only by who may see reasons: "{reason}"'))
def reason_found(acme, runner, seen, reason):
    reader = replace(acme.actor, permissions=EVERYTHING - {Permission.REVEAL_AUDIT})
    with pytest.raises(Forbidden):
        runner.run(acme[RevealTrail]([seen["record"]], "An audit", reader))
    [revealed] = runner.run(acme[RevealTrail]([seen["record"]], "An audit", acme.actor))
    assert revealed.aside.reason == reason


@then("that the reason was looked at is on the trail as well")
def looking_recorded(acme, runner, seen):
    [record] = on_trail(acme, runner, "audit_record.revealed")
    assert record.subject.id == str(seen["record"])


@given(parsers.parse('three people agreed to "{slug}", and the books are sealed'))
def agreed_and_sealed(acme, runner, slug):
    agreed_just_now(acme, runner, slug)
    runner.run(seal(acme))


@given(parsers.parse('three people agreed to "{slug}" just now'))
def agreed_just_now(acme, runner, slug):
    for person in PEOPLE:
        runner.run(acme.agree(person, program=slug))


@when(parsers.re("somebody with the database (?P<attack>.+)"))
def attacked(acme, runner, seen, attack):
    first, second, _ = runner.run(ids(acme, "consent_entries"))
    seen["attacked"] = second
    runner.run(sql(acme, _ATTACKS[attack].format(first=first, second=second)))


@then("the verification names the consent")
def names_it(acme, runner, seen):
    assert {fault.entry_id for fault in runner.run(verified(acme)).faults} == {seen["attacked"]}


@when("one of them is erased because they asked for it")
def erased(acme, runner, robin):
    [(contact,)] = runner.run(acme.ask("select contact_id from consent_entries order by position limit 1"))
    runner.run(acme[EraseContact](contact, "They asked for it", robin))


@then("the verification finds nothing wrong, and the evidence of one gone")
def nothing_wrong(acme, runner):
    found = runner.run(verified(acme))
    assert found.faults == ()
    assert found.unreadable >= 1


@when("the books are written to a file")
def written(acme, runner, seen):
    async def lines():
        books = acme.ports.seals()
        return [line async for line in ExportBooks(books, books, acme.ports.signer())()]

    seen["file"] = runner.run(lines())


@then("an auditor who noted our public key finds nothing wrong")
def auditor(acme, runner, seen):
    noted = KnownKeys(acme.ports.signer().public_keys())
    found = runner.run(VerifyLogs(read_export(seen["file"]), noted)())
    assert (found.faults, found.checkpoints) == ((), 1)


@then("no address stands in the file")
def no_address(seen):
    assert not [person for person in PEOPLE if person.encode() in b"".join(seen["file"])]
