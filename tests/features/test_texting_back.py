"""The steps of features/replies/texting_back.feature, over the use cases and over HTTP."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from application.replies.ports import Listed
from application.replies.receive import ReceiveReply
from application.replies.review import ReplyQueries, ResolveReply
from application.replies.surroundings import Inbound
from domain.programs import Category, OptIn
from domain.replies import Status
from tests.features.driver import ApplicationDriver, HttpDriver
from tests.features.test_messages_and_consent import AT_CHECKOUT, ON_THE_FORM, number
from tests.installation import installation_on

scenarios("replies/texting_back.feature")

PAT, ACME = "+12125550101", "+12125550100"
OFFER = "Acme: 20% off today. Reply STOP to opt out."


class ApplicationTexts(ApplicationDriver):
    texts = 0

    def text_back(self, address, text):
        self.texts += 1
        inbound = Inbound(carrier_id=f"SM{self.texts:032x}", sender=address, to=ACME, text=text, provider="sandbox")
        self.run(self.installation[ReceiveReply](inbound, live=True))

    def decide(self, decided):
        queue = self.run(self.installation[ReplyQueries].page(Listed(status=Status.UNCLEAR), self.installation.actor))
        self.run(self.installation[ResolveReply](queue[0].reply.id, decided, self.installation.actor))


class HttpTexts(HttpDriver):
    def text_back(self, address, text):
        self._post("/api/v1/sandbox/replies", {"from": address, "to": ACME, "text": text})

    def decide(self, decided):
        [reply] = self._answer(self.http.get("/api/v1/replies", params={"status": "unclear"}))["items"]
        assert reply["from"] == "+1 2**-***-0101"
        self._post(f"/api/v1/replies/{reply['id']}/actions/{decided}", None)


DRIVERS = {"application": ApplicationTexts, "http": HttpTexts}


@pytest.fixture(params=DRIVERS, autouse=True)
def driver(request, database_url, tmp_path):
    with asyncio.Runner() as runner:
        installation = installation_on(database_url, tmp_path)
        driver = DRIVERS[request.param](installation, runner)
        driver.heard, driver.halted = Counter(), False
        yield driver
        runner.run(installation.ports.carriers().close())
        runner.run(installation.ports.repeats().close())
        runner.run(installation.ports.database().close())


@pytest.fixture
def programs():
    return {}


@pytest.fixture
def last():
    return {}


def news(driver):
    """What Pat's phone has that nobody has looked at yet."""
    received = Counter(driver.received(PAT))
    fresh, driver.heard = received - driver.heard, received
    return list(fresh.elements())


@given("it is Monday 14:00 in New York")
def _(driver):
    driver.until(datetime(2026, 11, 23, 14, tzinfo=ZoneInfo("America/New_York")))


@given(parsers.parse('the {category} program "{name}"'))
def _(driver, programs, category, name):
    programs[name] = driver.add_program(name, Category(category))


@given(parsers.parse('the program "{name}" with double opt-in'))
def _(driver, programs, name):
    programs[name] = driver.add_program(name, Category.MARKETING, OptIn.DOUBLE)


@given(parsers.parse('{address} agreed to "{program}" on the web form'))
@when(parsers.parse('{address} agreed to "{program}" on the web form'))
def _(driver, programs, address, program):
    driver.capture(number(address), programs[program], "PEWC", ON_THE_FORM, "granted")


@given(parsers.parse('{address} asked on the web form for "{program}"'))
def _(driver, programs, address, program):
    driver.capture(number(address), programs[program], "PEWC", ON_THE_FORM, "granted")
    driver.settle()
    assert "reply YES" in news(driver)[0]


@given(parsers.parse('{address} asked for "{program}" at checkout'))
def _(driver, programs, address, program):
    driver.capture(number(address), programs[program], "PEC", AT_CHECKOUT, "granted")


@given("nothing is sent for the moment")
def _(driver):
    driver.halted = True


@when("sending goes on")
def _(driver):
    driver.settle()


@given(parsers.re(r'(?P<address>[+\d ]+) texts back "(?P<text>[^"]+)"'))
@when(parsers.re(r'(?P<address>[+\d ]+) texts back "(?P<text>[^"]+)"'))
def _(driver, address, text):
    driver.text_back(number(address), text)
    if not driver.halted:
        driver.settle()


@when(parsers.parse('{address} texts back "{text}" thirty times'))
def _(driver, address, text):
    for _ in range(30):
        driver.text_back(number(address), text)
    driver.settle()


@when("an hour passes")
def _(driver):
    driver.until(driver.installation.clock.at + timedelta(hours=1))


@when("a day passes")
def _(driver):
    driver.until(driver.installation.clock.at + timedelta(days=1))


@when("six minutes pass")
def _(driver):
    driver.installation.clock.pass_by(timedelta(minutes=6))


@when(parsers.parse('the business sends "{text}" for "{program}"'))
def _(driver, programs, last, text, program):
    last["message"] = driver.send(text, PAT, programs[program])
    driver.settle()


@when(parsers.parse('the business sends "{text}" to {address} for "{program}"'))
def _(driver, programs, last, text, address, program):
    last["message"] = driver.send(text, number(address), programs[program])
    driver.settle()


@when("staff read it as an opt-out")
def _(driver):
    driver.decide("opt_out")


@when("staff read it as no opt-out")
def _(driver):
    driver.decide("dismiss")


@then("the message is sent")
def _(driver, last):
    assert driver.message(last["message"])["status"] == "sent"


@then(parsers.re("the message is (?P<status>held|blocked) because of (?P<rule>[A-Z0-9-]+)"))
def _(driver, last, status, rule):
    message = driver.message(last["message"])
    assert (message["status"], message["detail"]) == (status, rule)


@then(parsers.parse('"{program}" still may be sent'))
def _(driver, programs, program):
    message = driver.send(OFFER, PAT, programs[program])
    driver.settle()
    assert driver.message(message)["status"] == "sent"


@given("they are told that they are unsubscribed")
@then("they are told that they are unsubscribed")
def _(driver):
    assert news(driver) == ["Acme Ltd: you are unsubscribed and will get no more texts from us."]


@then("they are told nothing more")
def _(driver):
    assert news(driver) == []


@then("they are told who sends this and how to reach them")
def _(driver):
    [help_text] = news(driver)
    assert "Acme Ltd" in help_text
    assert "https://acme.example/help" in help_text


@then("they are answered three times")
def _(driver):
    assert len(news(driver)) == 3


@then(parsers.parse('they are told that they get "{program}" again'))
def _(driver, program):
    [told] = news(driver)
    assert f"You will get {program} again." in told


@then(parsers.parse('they are told that they are signed up for "{program}"'))
def _(driver, program):
    [told] = news(driver)
    assert f"you are signed up for {program}" in told


@then(parsers.parse("{address} hears nothing"))
def _(driver, address):
    assert driver.received(number(address)) == []
