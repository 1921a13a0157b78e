"""The steps of features/privacy, over HTTP as an integrator or a data protection officer's tool would go."""

import asyncio
import io
import zipfile
from datetime import timedelta

import msgspec
import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from application.audit.verify import VerifyLogs
from domain.programs import Category
from tests.features.driver import HttpDriver, Refused
from tests.features.test_messages_and_consent import ON_THE_FORM
from tests.installation import installation_on

scenarios("privacy/erasure.feature", "privacy/requests.feature")

PAT = "+12125550101"
NOTE = {"note": "Showed a passport."}
PATH = "/api/v1/rights-requests"
PLACES = {
    "California": "+14155550101",
    "London": "+442079460101",
    "Berlin": "+4915112345678",
    "São Paulo": "+5511912345678",
    "nowhere": "pat@example.com",
}
TEXTS = {"weekly-offers": "Acme: 20% off today. Reply STOP to opt out.", "order-updates": "Acme: your order left."}


class Office:
    """Whoever sees to requests, and what they were told last."""

    def __init__(self, driver: HttpDriver) -> None:
        self.driver = driver
        self.request: dict = {}
        self.answer: dict = {}
        self.messages: list[str] = []
        self.contact = ""

    def ask(self, method: str, path: str, **options):
        return self.driver.run(self.driver.http.request(method, path, **options))

    def opens(self, kind: str, address: str = PAT) -> None:
        answer = self.ask("POST", PATH, json={"kind": kind, "address": address})
        assert answer.status_code == 201, answer.text
        self.request = answer.json()

    def acts(self, action: str):
        return self.ask("POST", f"{PATH}/{self.request['id']}/actions/{action}", json=NOTE)

    def does(self, kind: str) -> None:
        self.opens(kind)
        self.contact = self.request["contact_id"]
        assert self.acts("attest").status_code == 200
        assert self.acts("complete").status_code == 200

    def hands_out(self):
        return self.ask("GET", f"{PATH}/{self.request['id']}/export", headers={"X-Reason": "They asked."})

    def handed_out(self) -> dict:
        answer = self.hands_out()
        assert answer.status_code == 200, answer.text
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            return msgspec.json.decode(archive.read("data.json"))

    def finds_pat(self) -> bool:
        return self.ask("POST", "/api/v1/contacts/lookup", json={"address": PAT}).status_code == 200

    def writes_about(self, program: str) -> str:
        message = self.driver.send(TEXTS[program], PAT, program)
        self.driver.settle()
        return str(self.driver.message(message)["status"])


@pytest.fixture
def office(database_url, tmp_path):
    with asyncio.Runner() as runner:
        installation = installation_on(database_url, tmp_path)
        yield Office(HttpDriver(installation, runner))
        for port in (installation.ports.carriers(), installation.ports.repeats(), installation.ports.database()):
            runner.run(port.close())


@given(parsers.parse('the {category} program "{name}"'))
def _(office, category, name):
    office.driver.add_program(name, Category(category))


@given(parsers.parse('Pat agreed to "{program}"'))
@when(parsers.parse('Pat agreed to "{program}" again'))
def _(office, program):
    office.driver.installation.clock.pass_by(timedelta(minutes=5))
    office.driver.capture(PAT, program.lower().replace(" ", "-"), "PEWC", ON_THE_FORM, "granted")
    office.driver.settle()


@given("a message to Pat waits until tomorrow")
def _(office):
    tomorrow = (office.driver.installation.clock.at + timedelta(days=1)).isoformat()
    body = {
        "to": PAT,
        "channel": "sms",
        "program": "weekly-offers",
        "content": {"text": TEXTS["weekly-offers"]},
        "not_before": tomorrow,
    }
    assert office.ask("POST", "/api/v1/messages/send_with_consent", json=body).json()["status"] == "deferred"


@given("Pat was erased at their own request")
@when("Pat is erased at their own request")
def _(office):
    office.does("erasure")


@when("tomorrow comes")
def _(office):
    office.driver.until(office.driver.installation.clock.at + timedelta(days=1, hours=1))


@when("somebody wants Pat erased and shows nothing")
def _(office):
    office.opens("erasure")
    office.answer = office.acts("complete").json()


@when(parsers.parse('the business imports Pat\'s consent to "{program}"'))
def _(office, program):
    with pytest.raises(Refused):
        office.driver.capture(PAT, program.lower().replace(" ", "-"), "PEWC", {"source": "first_party"}, "imported")


@when("compliance opens what is kept of Pat, because of a claim")
def _(office):
    asked = {"address": PAT, "reason": "A letter of Pat's lawyer."}
    office.answer = office.ask("POST", "/api/v1/restricted-evidence/lookup", json=asked).json()


@when(parsers.parse("somebody from {place} asks to see their data"))
def _(office, place):
    office.opens("access", PLACES[place])


@given("Pat asked to see their data")
def _(office):
    office.opens("access")


@when("staff made sure that it is Pat")
def _(office):
    assert office.acts("attest").status_code == 200


@given("Pat's data is restricted")
@when("Pat's data is restricted")
def _(office):
    office.does("restriction")


@when("the restriction is lifted")
def _(office):
    assert office.acts("lift").status_code == 200


@when("Pat objects to marketing")
def _(office):
    office.opens("objection")


@then("nobody finds Pat")
def _(office):
    assert not office.finds_pat()
    assert office.ask("GET", f"/api/v1/contacts/{office.contact}").status_code == 404


@then("Pat is still on record")
def _(office):
    assert office.finds_pat()


@then("what Pat is handed says that they were erased, and no more")
def _(office):
    later = office.ask("POST", PATH, json={"kind": "access", "contact_id": office.contact})
    office.request = later.json()
    office.acts("attest")
    told = office.handed_out()
    assert told["erased_at"] is not None
    assert (told["contact"], told["ledger"], told["messages"]) == (None, [], [])


@then("Pat was sent nothing")
def _(office):
    assert office.driver.received(PAT) == []


@then("ledger and trail verify")
def _(office):
    ports = office.driver.installation.ports
    verified = office.driver.run(VerifyLogs(ports.seals(), ports.signer(), None)())
    assert verified.faults == ()
    assert verified.unreadable > 0


@then("that is refused because they are not identified")
def _(office):
    assert office.answer["code"] == "not-identified"


@then(parsers.parse('Pat is written to about "{program}"'))
def _(office, program):
    assert office.writes_about(program.lower().replace(" ", "-")) in ("sent", "delivered")


@then(parsers.parse('Pat is not written to about "{program}"'))
def _(office, program):
    assert office.writes_about(program.lower().replace(" ", "-")) == "blocked"


@then(parsers.parse('it shows that Pat agreed to "{program}"'))
def _(office, program):
    first = office.answer["items"][0]
    assert (first["program"], first["status"]) == (program.lower().replace(" ", "-"), "granted")
    assert first["evidence"]["identity"] == "Pat Doe"
    assert first["address"] == PAT
    assert first["unchanged"] is True


@then("it says until when it is kept")
def _(office):
    assert {one["kept_until"] for one in office.answer["items"]} == {"2031-11-23"}


@then("the trail knows who opened it")
def _(office):
    ports = office.driver.installation.ports

    async def asked():
        async with ports.transaction()():
            return await ports.database().connection.fetch(
                "select actor, subject_id from audit_records where action = 'evidence.opened'"
            )

    [row] = office.driver.run(asked())
    assert row["actor"].startswith("key:")
    assert row["subject_id"] == office.contact


@then(parsers.parse("the answer is due on {day}"))
def _(office, day):
    assert office.request["due_on"] == day


@then("Pat is handed what they agreed to")
def _(office):
    told = office.handed_out()
    assert [(one["program"], one["status"]) for one in told["consents"]] == [("weekly-offers", "granted")]


@then("nothing is handed out yet")
def _(office):
    assert office.hands_out().json()["code"] == "not-identified"
