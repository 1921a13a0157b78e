"""The steps of features/forms, over HTTP, as a browser without script sends them."""

import asyncio
import json
import re

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from application.compliance.sufficiency import Sufficiency
from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.programs.write import ChangeProgram, MoveProgram, ProgramChange, Text
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.consent.ledger import Consent
from domain.programs import Status
from tests.forms.person import AGREED_BY_TEXT, HERE, Business, Person
from tests.forms.signing_up import FORM, MAILS, TEXTS, link_to, press_link, type_code
from tests.installation import installation_on

scenarios("forms/signing_up.feature")

BOXES = {"texts": (TEXTS,), "emails": (MAILS,), "texts and emails": (TEXTS, MAILS)}
NEW_WORDS = "I agree to texts about anything from Acme & Sons Ltd."


@pytest.fixture
def run():
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def business(run, database_url, tmp_path):
    business = Business(installation_on(database_url, tmp_path, public_url=HERE))
    run(business.open())
    yield business
    ports = business.ports
    for closing in (ports.carriers(), ports.wakeups(), ports.repeats(), ports.database()):
        run(closing.close())


@pytest.fixture
def visitor(run, business):
    visitor = Person(business)
    yield visitor
    run(visitor.web.aclose())


@pytest.fixture
def seen():
    """The page before the visitor, and the codes that came."""
    return {}


def plain(address: str) -> str:
    return address.replace(" ", "") if address.startswith("+") else address


def written(addresses: str) -> dict[str, str]:
    return {"email" if "@" in one else "phone": plain(one) for one in addresses.split(" and ")}


@given('Acme\'s sign-up form for "Weekly offers" by text and email')
def _(run, visitor):
    assert run(visitor.web.get(FORM)).status_code == 200


@given('Acme paused "Weekly offers"')
def _(run, business):
    run(business.installation[MoveProgram]("weekly-offers", Status.PAUSED, SYSTEM))


@given(parsers.parse("{address} stopped everything from Acme"))
@when(parsers.parse("{address} stops everything from Acme before the code is typed"))
def _(run, business, visitor, seen, address):
    if "page" in seen:
        seen["code"] = run(visitor.code(plain(address)))
    business.pass_by(minutes=1)
    if not run(business.ledger_of(plain(address))):
        run(business.agreed(plain(address)))
    run(business.installation[WithdrawConsents](WithdrawConsent(address=plain(address)), SYSTEM))
    business.pass_by(minutes=1)


@when("Pat opens the form")
def _(run, visitor, seen):
    seen["page"] = run(visitor.web.get(FORM))


@when(parsers.parse("{who} ticks {boxes} and sends the form with {addresses}"))
def _(run, visitor, seen, boxes, addresses):
    page = run(visitor.web.get(FORM))
    ticked = dict.fromkeys(BOXES[boxes], "yes")
    seen["page"] = run(visitor.press(page, "Sign up", **ticked, **written(addresses)))


@when(parsers.parse("Pat ticks texts and sends what was open with {number}"))
def _(run, visitor, seen, number):
    seen["page"] = run(visitor.press(seen["page"], "Sign up", phone=plain(number), **{TEXTS: "yes"}))


@when(parsers.parse("Pat types the code that came to {number}"))
def _(run, visitor, seen, number):
    code = seen.get("code") or run(visitor.code(plain(number)))
    seen["page"] = run(type_code(visitor, seen["page"], code))


@when("Sam guesses the code five times")
def _(run, visitor, seen):
    seen["code"] = run(visitor.code("+12125550101"))
    guess = f"{(int(seen['code']) + 1) % 10**6:06}"
    for _ in range(5):
        seen["page"] = run(type_code(visitor, seen["page"], guess))


@when(parsers.parse("a scanner opens the link that came to {mail}"))
def _(run, visitor, mail):
    link = run(link_to(visitor, mail))
    for method in ("GET", "HEAD", "GET", "HEAD"):
        assert run(visitor.web.request(method, link)).status_code == 200


@when(parsers.parse("Pat opens the link that came to {mail} and presses the button"))
def _(run, visitor, seen, mail):
    seen["page"] = run(press_link(visitor, run(link_to(visitor, mail))))


@when("Acme changes the words for texts")
def _(run, business):
    change = ProgramChange(disclosures=(Text(channel=Channel.SMS, text=NEW_WORDS),))
    run(business.installation[ChangeProgram]("weekly-offers", change, SYSTEM))


@then("every box is empty")
def _(seen):
    boxes = re.findall(r'<input type="checkbox"[^>]*>', seen["page"].text)
    assert len(boxes) == 2
    assert not any("checked" in box for box in boxes)


@then("beside each box stands that consent is not a condition of any purchase")
def _(seen):
    assert seen["page"].text.count("Consent is not a condition of any purchase.") == 2


@then(parsers.parse("{address} has agreed to nothing"))
def _(run, business, address):
    standing = run(business.standing(plain(address)))
    assert not standing or standing[-1][1] == "revoked"


@then(parsers.parse('{address} has agreed to "Weekly offers"'))
def _(run, business, address):
    assert run(business.standing(plain(address)))[-1] == ("weekly-offers", "confirmed")


@then(parsers.parse("{address} receives a confirmation that says how to stop"))
def _(run, business, address):
    run(business.work())
    texts = [message.text for message in run(business.received(plain(address)))]
    assert any("signed up" in text.lower() and re.search("STOP|Unsubscribe", text) for text in texts), texts


@then("the page says that the emails still wait")
def _(seen):
    assert "Your emails wait for you" in seen["page"].text


@then(parsers.parse("nothing comes to {address}"))
def _(run, business, address):
    run(business.work())
    assert run(business.received(plain(address))) == []


@then("the right code does not help Sam any more")
def _(run, visitor, seen):
    assert "Too many wrong codes" in run(type_code(visitor, seen["page"], seen["code"])).text


@then("Pat is shown the new words and has to tick again")
def _(seen):
    assert "has changed since you opened the page" in seen["page"].text
    assert "I agree to texts about anything" in seen["page"].text
    assert " checked" not in seen["page"].text


@then(parsers.parse("the record of {number} holds every word beside the box, the page, the hour and the network"))
def _(run, business, number):
    (*_, (_, _, proof)) = run(business.ledger_of(plain(number)))
    assert proof.disclosure_text_verbatim.startswith(AGREED_BY_TEXT)
    shown = json.loads(proof.snapshot)["answer"]["shown"]
    assert proof.disclosure_text_verbatim == "\n".join([shown["boxes"][0]["disclosure"], *shown["boxes"][0]["beside"]])
    assert (proof.url, proof.ip) == (f"{HERE}{FORM}", "203.0.113.7")
    assert proof.doi_requested_at <= proof.doi_confirmed_at == business.clock.now()


@then(parsers.parse("no law asks for more than the record of {number} has"))
def _(run, business, number):
    program = run(business.ports.program_queries().one("weekly-offers")).program
    sender = run(business.ports.sender_queries().one("acme"))

    async def facts():
        address = business.ports.digests().index(Address.parse(plain(number)), live=True)
        async with business.ports.database().transaction():
            [point] = await business.ports.ledger().points_of(address)
            return [entry.fact for entry in await business.ports.ledger().of_point(point.contact_point_id)]

    consent = Consent(program_id=program.id, channel=Channel.SMS).replay(run(facts()))
    for place in ("+12125550101", "+14165550101", "+4915123456789", "+447400123456", "+61412345678"):
        assert Sufficiency().lacks(Address.parse(place), program, sender, consent, business.clock.now()) == ()


@then("Pat is told how to stop messages, and can sign up for nothing")
def _(seen):
    assert seen["page"].status_code == 404
    assert "reply STOP" in seen["page"].text
    assert "<form" not in seen["page"].text
