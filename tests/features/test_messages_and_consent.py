"""The steps of features/messages and features/consent, over the use cases and over HTTP."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from domain.messages import OnNoConsent
from domain.programs import Category, OptIn
from tests.features.driver import ApplicationDriver, HttpDriver, Refused
from tests.installation import installation_on

scenarios("messages", "consent")

DRIVERS = {"application": ApplicationDriver, "http": HttpDriver}
NEW_YORK = ZoneInfo("America/New_York")
DAYS = {"Monday": 23, "Tuesday": 24}
ON_THE_FORM = {
    "source": "first_party",
    "medium": "web_form",
    "affirmative_act": "checkbox_checked",
    "disclosure_text_verbatim": "I agree to automated marketing texts from Acme Ltd. Not a condition of purchase.",
    "language": "en-US",
    "url": "https://acme.example/join",
    "ip": "203.0.113.7",
    "user_agent": "Mozilla/5.0",
    "not_condition_of_purchase_disclosed": True,
    "autodialer_disclosed": True,
    "sellers_named": ["acme"],
    "identity": "Pat Doe",
}
ON_THE_TELEPHONE = {
    "script": "May Acme send you automated marketing texts to this number? You need not agree to buy anything.",
    "script_version": "phone-3",
    "language": "en-US",
    "attested_by": "agent 17",
    "attestation": "I read the script to the caller, who said yes.",
    "reference": "call 4711",
    "type": "PEWC",
    "not_condition_of_purchase_disclosed": True,
    "autodialer_disclosed": True,
}
AT_CHECKOUT = {
    "source": "first_party",
    "medium": "web_form",
    "affirmative_act": "number_provided_at_checkout",
    "disclosure_text_verbatim": "Text me about my order.",
    "language": "en-US",
    "url": "https://acme.example/checkout",
    "ip": "203.0.113.7",
    "identity": "Pat Doe",
}


@pytest.fixture(params=DRIVERS, autouse=True)
def driver(request, database_url, tmp_path):
    with asyncio.Runner() as runner:
        installation = installation_on(database_url, tmp_path)
        yield DRIVERS[request.param](installation, runner)
        runner.run(installation.ports.carriers().close())
        runner.run(installation.ports.repeats().close())
        runner.run(installation.ports.database().close())


@pytest.fixture
def programs():
    return {}


@pytest.fixture
def last():
    return {}


def number(address: str) -> str:
    return address.replace(" ", "")


def instant(day: str, hour: str) -> datetime:
    return datetime(2026, 11, DAYS[day], *map(int, hour.split(":")), tzinfo=NEW_YORK)


@given(parsers.parse("it is {day} {hour} in New York"))
@when(parsers.parse("it is {day} {hour} in New York"))
def _(driver, day, hour):
    driver.until(instant(day, hour))


@given("an hour passes")
def _(driver):
    driver.until(driver.installation.clock.at + timedelta(hours=1))


@when("a day passes")
def _(driver):
    driver.until(driver.installation.clock.at + timedelta(days=1))


@given(parsers.parse('the {category} program "{name}" by text and email'))
def _(driver, programs, category, name):
    programs[name] = driver.add_program(name, Category(category))


@given(parsers.parse('{address} agreed to "{program}" on the web form'))
@when(parsers.parse('{address} agreed to "{program}" on the web form'))
def _(driver, programs, last, address, program):
    last["consent"] = driver.capture(number(address), programs[program], "PEWC", ON_THE_FORM, "granted")
    driver.settle()


@given(parsers.parse('{address} asked for "{program}" at checkout'))
@when(parsers.parse('{address} asked for "{program}" at checkout'))
def _(driver, programs, last, address, program):
    last["consent"] = driver.capture(number(address), programs[program], "PEC", AT_CHECKOUT, "granted")
    driver.settle()


@given(parsers.parse('the program "{name}" with double opt-in'))
def _(driver, programs, name):
    programs[name] = driver.add_program(name, Category.MARKETING, OptIn.DOUBLE)


@when(parsers.parse('{address} asked on the web form for "{program}"'))
def _(driver, programs, last, address, program):
    last["consent"] = driver.capture(number(address), programs[program], "PEWC", ON_THE_FORM, "granted")
    last["asked_for"] = programs[program]
    driver.settle()


@given(parsers.re(r'staff record that (?P<address>[+\d ]+) agreed to "(?P<program>[^"]+)" on (?P<how>.+)'))
@when(parsers.re(r'staff record that (?P<address>[+\d ]+) agreed to "(?P<program>[^"]+)" on (?P<how>.+)'))
def _(driver, programs, last, address, program, how):
    ago = timedelta(days=61) if "ago" in how else timedelta(hours=2)
    words = {
        **ON_THE_TELEPHONE,
        "medium": "paper" if "paper" in how else "verbal",
        "address": number(address),
        "program": programs[program],
        "channel": "sms",
        "occurred_at": (driver.installation.clock.at - ago).isoformat(),
    }
    try:
        last["consent"] = driver.attest(words)
    except Refused as refused:
        last["refusal"] = str(refused)
    last["asked_for"] = programs[program]
    driver.settle()


@when(parsers.parse("{address} confirms by text"))
def _(driver, last, address):
    last["confirmed"] = driver.yes(number(address), last["asked_for"])
    driver.settle()


@when("an hour more passes")
def _(driver):
    driver.until(driver.installation.clock.at + timedelta(hours=1))


@then(parsers.parse("{address} is told what staff recorded and asked to confirm"))
def _(driver, address):
    [told] = driver.received(number(address))
    assert ON_THE_TELEPHONE["script"] in told
    assert "agent 17" in told
    assert "2026-11-23" in told
    assert "Reply YES to confirm Weekly offers" in told


@then(parsers.parse("{address} is asked to confirm"))
def _(driver, address):
    [asked] = driver.received(number(address))
    assert "reply YES to confirm Club news" in asked


@then("it is too late to confirm")
def _(last):
    assert last["confirmed"] is False


@then("that is refused because nobody can be asked any more")
def _(last):
    assert last["refusal"] == "too-long-ago"


@when(parsers.parse('the business records that {address} agreed to "{program}" without the text shown'))
def _(driver, programs, last, address, program):
    evidence = {name: value for name, value in ON_THE_FORM.items() if name != "disclosure_text_verbatim"}
    last["consent"] = driver.capture(number(address), programs[program], "PEWC", evidence, "granted")


@given(parsers.parse('the business records that {address} agreed to "{program}" on a list it bought'))
def _(driver, programs, address, program):
    driver.capture(number(address), programs[program], "PEWC", {**ON_THE_FORM, "source": "purchased"}, "granted")


@when(parsers.parse('the business imports that {address} agreed to "{program}"'))
def _(driver, programs, last, address, program):
    with pytest.raises(Refused) as refused:
        driver.capture(number(address), programs[program], "PEWC", {"source": "first_party"}, "imported")
    last["refusal"] = str(refused.value)


@given(parsers.parse('{address} withdrew from "{program}"'))
@when(parsers.parse('{address} withdrew from "{program}"'))
def _(driver, programs, address, program):
    driver.withdraw(number(address), programs[program])
    driver.settle()


@given(parsers.parse("{address} withdrew from everything"))
@when(parsers.parse("{address} withdrew from everything"))
def _(driver, address):
    driver.withdraw(number(address), None)


@given(parsers.parse('the business sends "{text}" to {address} for "{program}"'))
@when(parsers.parse('the business sends "{text}" to {address} for "{program}"'))
def _(driver, programs, last, text, address, program):
    last["message"] = driver.send(text, number(address), programs[program])
    driver.settle()


@when(parsers.parse('the business sends "{text}" to {address} for "{program}", or not at all'))
def _(driver, programs, last, text, address, program):
    last["message"] = driver.send(text, number(address), programs[program], on_no_consent=OnNoConsent.BLOCK)


@given(parsers.parse('the business sends "{text}" to {address} for "{program}", good for an hour'))
def _(driver, programs, last, text, address, program):
    over = driver.installation.clock.at + timedelta(hours=1)
    last["message"] = driver.send(text, number(address), programs[program], expires_at=over)


@when("the business cancels the message")
def _(driver, last):
    driver.cancel(last["message"])


@then(parsers.re("the message is (?P<status>sent|delivered|undelivered|failed|cancelled|expired)"))
def _(driver, last, status):
    assert driver.message(last["message"])["status"] == status


@then(parsers.re("the message is (?P<status>held|blocked) because of (?P<rule>[A-Z0-9-]+)"))
def _(driver, last, status, rule):
    message = driver.message(last["message"])
    assert (message["status"], message["detail"]) == (status, rule)


@then(parsers.parse("the message is deferred because of {rule} until {day} {hour} in New York"))
def _(driver, last, rule, day, hour):
    message = driver.message(last["message"])
    assert (message["status"], message["detail"], message["due_at"]) == ("deferred", rule, instant(day, hour))


@then(parsers.parse('{address} receives "{text}"'))
def _(driver, address, text):
    assert driver.received(number(address)) == [text]


@then(parsers.parse("{address} receives nothing"))
def _(driver, address):
    assert driver.received(number(address)) == []


@then(parsers.parse("the consent is {status}"))
def _(driver, last, status):
    assert driver.standing(last["consent"]["contact"]) == status


@then("it lacks nothing")
def _(last):
    assert last["consent"]["lacks"] == []


@then("it is told what the consent lacks")
def _(last):
    assert last["consent"]["lacks"]


@then("that is refused because an opt-out stands")
def _(last):
    assert last["refusal"] == "already-revoked"


@then(parsers.parse("half an hour ago it was {status}"))
def _(driver, last, status):
    before = driver.installation.clock.at - timedelta(minutes=30)
    assert driver.standing(last["consent"]["contact"], as_of=before) == status
