"""The steps of features/audit about proof and dossiers, over HTTP."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.outbound.secrets.ring import KeyRing
from tests.http.dossiers import ADDRESS, CONSENT, TEXT, WANTED, Opened, dispatched, packed, sealed, verified
from tests.http.process import Process, WallClock
from tests.installation import AFTERNOON

scenarios("audit/proof.feature", "audit/dossier.feature")

SENDER = {
    "slug": "acme",
    "legal_name": "Acme Ltd",
    "postal_address": "1 Main St, Springfield, IL 62701, US",
    "support": "https://acme.example/help",
    "sms_from": "+12125550100",
}
OFFER = "20% off today. Reply STOP to opt out. Acme"
_RESEND = """
update message_journal set at = (select max(at) from consent_entries where status = 'revoked') + interval '90 seconds'
where status = 'sent'
"""


class Office:
    """Acme at its API, and what it saw last."""

    def __init__(self, url, folder):
        self.runner, self.folder = asyncio.Runner(), folder
        self.clock = WallClock()
        self.clock.ahead = AFTERNOON - datetime.now(UTC)
        self.process = Process(url, KeyRing.generate(), clock=self.clock)
        self.consent = self.seen = self.data = None
        self.key = self.issue("*")

    def run(self, work):
        return self.runner.run(work)

    def issue(self, *scopes):
        return self.run(self.process.issue(*scopes)).secret

    def ask(self, method, path, body=None, *, key=None, **params):
        headers = {"Authorization": f"Bearer {key or self.key}"}
        return self.run(self.process.http.request(method, f"/api/v1{path}", json=body, headers=headers, params=params))

    def made(self, path, body):
        answer = self.ask("POST", path, body)
        assert answer.is_success, answer.text
        return answer.json()

    def prove(self, **params):
        return self.ask("GET", f"/consents/{self.consent['id']}/proof", **params).json()

    def dossier(self, key=None):
        answer = self.ask("POST", "/dossiers", WANTED, key=key)
        assert answer.status_code == 200, answer.text
        self.data, self.seen = answer.content, Opened(answer.content)

    def verified(self):
        (self.folder / "verify.py").write_bytes(self.seen.files["verify.py"])
        return verified(self.folder, self.data)

    def sql(self, statement):
        return self.run(self.process.scalar(statement))

    def close(self):
        self.run(self.process.close())
        self.runner.close()


@pytest.fixture
def office(database_url, tmp_path):
    office = Office(database_url, tmp_path)
    yield office
    office.close()


@given(parsers.parse('the program "{name}" of Acme Ltd'))
def _(office, name):
    office.made("/senders", SENDER)
    program = {
        "slug": "weekly-offers",
        "name": name,
        "purpose": "Offers and discounts",
        "category": "marketing",
        "channels": ["sms"],
        "opt_in": "single",
        "frequency": "up to 4 messages a month",
        "sender": "acme",
        "disclosures": [{"channel": "sms", "locale": "en-US", "text": TEXT}],
    }
    office.made("/programs", program)
    office.made("/programs/weekly-offers/actions/activate", None)


@given(parsers.parse('Pat agreed to "{program}" on the web form'))
def _(office, program):
    office.consent = office.made("/consents", CONSENT)


@given("Acme sent Pat an offer")
def _(office):
    sent = {"to": ADDRESS, "channel": "sms", "program": "weekly-offers", "content": {"text": OFFER}}
    office.made("/messages/send_with_consent", sent)
    office.run(dispatched(office.process))


@given("Pat opted out")
def _(office):
    office.made("/consents/withdraw", {"address": ADDRESS})


@given("Pat opted out an hour later")
def _(office):
    office.clock.ahead += timedelta(hours=1)
    office.made("/consents/withdraw", {"address": ADDRESS})


@given("an offer had left 90 seconds after it")
def _(office):
    office.sql(_RESEND)


@given("a checkpoint was made")
def _(office):
    office.run(sealed(office.process))


@given("somebody gave Pat's entry another author in the database")
def _(office):
    office.sql("update consent_entries set actor = 'key:somebody-else'")


@given("Acme declared nothing about its practice")
def _(office):
    assert office.process.ports.settings().receipts == ""


@when("Acme proves Pat's consent")
def _(office):
    office.seen = office.prove()


@when("Acme asks for a consent receipt")
def _(office):
    office.seen = office.ask("GET", f"/consents/{office.consent['id']}/receipt").json()


@given("compliance made the dossier of Pat's number")
@when("compliance makes the dossier of Pat's number")
def _(office):
    office.dossier()


@when("compliance makes the dossier of a number nobody has")
def _(office):
    office.seen = office.ask("POST", "/dossiers", WANTED | {"address": "+12125550199"}).json()


@when("a colleague who may not see addresses makes the dossier")
def _(office):
    office.dossier(office.issue("consents:prove"))


@when("somebody takes the last entry out of it")
def _(office):
    fewer = b"".join(office.seen.files["entries.jsonl"].splitlines(keepends=True)[:-1])
    office.data = packed((office.seen.files | {"entries.jsonl": fewer}).items())


@then("the proof shows the text of the form and that Pat ticked the box")
def _(office):
    [entry] = office.seen["entries"]
    shown = (entry["evidence"]["disclosure_text_verbatim"], entry["evidence"]["affirmative_act"])
    assert shown == (TEXT, "checkbox_checked")


@then("nothing in it was changed since")
def _(office):
    assert [entry["unchanged"] for entry in office.seen["entries"]] == [True]


@then("the proof says revoked")
def _(office):
    assert office.seen["status"] == "revoked"


@then("it says granted as of the moment Pat agreed")
def _(office):
    assert office.prove(as_of=office.consent["since"])["status"] == "granted"


@then("the entry is not sealed yet")
def _(office):
    assert [entry["proof"]["checkpoint"] for entry in office.seen["entries"]] == [None]


@then("the entry leads to a root that Acme signed")
def _(office):
    [entry] = office.seen["entries"]
    assert entry["proof"]["checkpoint"]["key_id"] in office.seen["keys"]


@then("the proof says that the entry was changed")
def _(office):
    assert [entry["unchanged"] for entry in office.seen["entries"]] == [False]


@then("there is none, and the answer names the jurisdiction")
def _(office):
    assert office.seen["code"] == "incomplete-record"
    assert "jurisdiction" in {error["field"] for error in office.seen["errors"]}


@then("it holds the consent, the text, the offer and the decision it went by")
def _(office):
    dossier = office.seen
    assert [entry["fact"]["status"] for entry in dossier.lines("entries.jsonl")] == ["granted"]
    assert TEXT.encode() in dossier.files.values()
    [message] = dossier.lines("messages.jsonl")
    assert (message["content"]["text"], message["decision"]["verdict"]) == (OFFER, "allow")


@then("it says that no opt-out is on record")
def _(office):
    assert office.seen.json("opt_outs.json") == []
    assert b"No opt-out is on record." in office.seen.files["summary.html"]


@then("it says that no message followed the opt-out")
def _(office):
    [opt_out] = office.seen.json("opt_outs.json")
    assert (opt_out["messages_after"], opt_out["seconds"]) == (0, None)


@then(parsers.parse("it says that the last message followed the opt-out by {seconds:d} seconds"))
def _(office, seconds):
    [opt_out] = office.seen.json("opt_outs.json")
    assert (opt_out["messages_after"], opt_out["seconds"]) == (1, seconds)
    assert re.search(rf"{seconds} s \(0:01:30\)", office.seen.files["summary.html"].decode())


@then("there is nothing on record")
def _(office):
    assert office.seen["code"] == "no-such-contact"


@then("its verifier says that all of it holds")
def _(office):
    status, told = office.verified()
    assert (status, told.splitlines()[-1]) == (0, "All of it holds.")


@then("its verifier names the file that was changed")
def _(office):
    status, told = office.verified()
    assert (status, "entries.jsonl: it is not the file that was signed" in told) == (1, True)


@then("Pat's number and name are nowhere in it")
def _(office):
    everything = b"".join(office.seen.files.values())
    assert ADDRESS.encode() not in everything
    assert b"Pat Doe" not in everything
