"""Texting back on the sandbox's phone: a form without script that no other site can send."""

import html
import re
from datetime import timedelta

import httpx
import pytest

from application.access.keys import IssueApiKey, NewApiKey
from application.channels.senders import CreateSender, NewSender
from application.consent.capture import CaptureConsent, CaptureConsents
from application.messages.dispatch import Dispatch
from application.messages.drafting import SendMessage
from application.messages.send_with_consent import SendWithConsent
from application.programs.write import CreateProgram, MoveProgram, NewProgram, Text
from domain.access import EVERYTHING, SYSTEM, Actor
from domain.addresses import Channel
from domain.consent.evidence import ConsentType, Evidence
from domain.messages import Content
from domain.programs import Category, Status
from tests.applications import application
from tests.installation import installation_on

pytestmark = pytest.mark.anyio

PAT, ACME, HERE = "+12125550101", "+12125550100", "http://localhost:8080"
_TICKET = re.compile(r'name="ticket" value="([^"]+)"')


@pytest.fixture
def settings():
    return {}


@pytest.fixture
async def installation(database_url, tmp_path, settings):
    installed = installation_on(database_url, tmp_path, public_url=HERE, **settings)
    await _furnished(installed)
    yield installed
    for port in ("carriers", "wakeups", "repeats", "database"):
        await getattr(installed.ports, port)().close()


async def _furnished(installed):
    sender = NewSender(
        slug="acme",
        legal_name="Acme Ltd",
        postal_address="1 Main St, Springfield, IL 62701, US",
        support="https://acme.example/help",
        sms_from=ACME,
    )
    await installed[CreateSender](sender, SYSTEM)
    program = NewProgram(
        slug="order-updates",
        name="Order updates",
        purpose="Orders",
        category=Category.TRANSACTIONAL,
        channels=(Channel.SMS,),
        frequency="with each order",
        sender="acme",
        disclosures=(Text(channel=Channel.SMS, text="Text me about my order."),),
    )
    await installed[CreateProgram](program, SYSTEM)
    await installed[MoveProgram]("order-updates", Status.ACTIVE, SYSTEM)


async def send(installed, *, live):
    """A text to Pat, handed to the sandbox."""
    actor = Actor(id="key:test", permissions=EVERYTHING, live=live)
    evidence = Evidence(
        source="first_party",
        medium="web_form",
        affirmative_act="number_provided_at_checkout",
        disclosure_text_verbatim="Text me about my order.",
        url="https://acme.example/checkout",
    )
    consent = CaptureConsent(
        address=PAT, program="order-updates", channel=Channel.SMS, type=ConsentType.PEC, evidence=evidence
    )
    await installed[CaptureConsents]([consent], actor)
    message = SendMessage(
        to=PAT, channel=Channel.SMS, program="order-updates", content=Content(text="Acme: your order has shipped")
    )
    await installed[SendWithConsent]([message], actor)
    while await installed[Dispatch]():
        pass


@pytest.fixture
async def browser(installation):
    app = application(installation.ports, installation.use_cases)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE) as browser:
        yield browser


async def revoked(installation):
    database = installation.ports.database()
    async with database.transaction():
        return await database.connection.fetchval("select count(*) from consent_entries where status = 'revoked'")


async def ticket(browser):
    return html.unescape(_TICKET.search((await browser.get("/sandbox")).text)[1])


@pytest.mark.parametrize("live", [True, False], ids=["live", "test"])
async def test_a_person_texts_back_and_sees_how_it_was_taken(installation, browser, live):
    await send(installation, live=live)
    answer = await browser.post("/sandbox/replies", data={"ticket": await ticket(browser), "text": "leave me alone"})
    assert answer.status_code == 303
    assert await revoked(installation) == 1
    page = await browser.get(answer.headers["location"])
    assert "It was read as an opt-out" in page.text
    assert "leave me alone" not in page.text
    while await installation[Dispatch]():
        pass
    assert "you are unsubscribed" in (await browser.get("/sandbox")).text


@pytest.mark.parametrize("spoilt", ["", "x", "A" * 120, "%00", "é"])
async def test_a_form_from_elsewhere_does_nothing(installation, browser, spoilt):
    await send(installation, live=True)
    answer = await browser.post("/sandbox/replies", data={"ticket": spoilt, "text": "STOP"})
    assert answer.status_code == 403
    assert await revoked(installation) == 0


async def test_a_ticket_of_another_page_and_one_that_is_too_old_are_refused(installation, browser):
    await send(installation, live=True)
    old = await ticket(browser)
    installation.clock.pass_by(timedelta(days=2))
    assert (await browser.post("/sandbox/replies", data={"ticket": old, "text": "STOP"})).status_code == 403
    assert await revoked(installation) == 0


async def test_a_text_longer_than_a_text_is_refused(installation, browser):
    await send(installation, live=True)
    long = {"ticket": await ticket(browser), "text": "x" * 1601}
    assert (await browser.post("/sandbox/replies", data=long)).status_code == 422


async def test_looking_changes_nothing(installation, browser):
    await send(installation, live=True)
    for path in ("/sandbox", "/sandbox?read=opt_out", "/sandbox?read=%3Cscript%3E", "/sandbox/replies"):
        await browser.get(path)
    assert await revoked(installation) == 0
    assert "<script>" not in (await browser.get("/sandbox?read=<script>")).text


async def key(installation, live, *scopes):
    issued = await installation[IssueApiKey](NewApiKey(name="k", live=live, scopes=scopes), SYSTEM)
    return {"Authorization": f"Bearer {issued.secret}"}


async def test_a_key_without_the_scope_texts_nobody_back(installation, browser):
    headers = await key(installation, False, "sandbox:read")
    body = {"from": PAT, "to": ACME, "text": "STOP"}
    assert (await browser.post("/api/v1/sandbox/replies", json=body, headers=headers)).status_code == 403


async def test_what_comes_back_over_the_api_says_how_it_was_read(installation, browser):
    await send(installation, live=False)
    headers = await key(installation, False, "*")
    body = {"from": "+1 (212) 555-0101", "to": ACME, "text": "enough"}
    answer = (await browser.post("/api/v1/sandbox/replies", json=body, headers=headers)).json()
    assert (answer["effect"], answer["status"]) == ("suspend_and_review", "unclear")
    contact = (await browser.get("/api/v1/replies", headers=headers)).json()["items"][0]["contact_id"]
    timeline = (await browser.get(f"/api/v1/contacts/{contact}/timeline", headers=headers)).json()["items"]
    assert {"consent", "message", "reply"} == {event["kind"] for event in timeline}


async def test_a_wrong_number_is_said_to_be_one(installation, browser):
    headers = await key(installation, True, "*")
    body = {"from": "12", "to": ACME, "text": "STOP"}
    assert (await browser.post("/api/v1/sandbox/replies", json=body, headers=headers)).status_code == 422


@pytest.mark.parametrize(
    "settings",
    [{"sms_carrier": "twilio", "twilio_account_sid": "AC" + "0" * 32, "twilio_auth_token": "not-a-secret"}],
)
async def test_live_people_answer_on_their_own_phones_once_a_carrier_takes_live_texts(installation, browser):
    body = {"from": PAT, "to": ACME, "text": "STOP"}
    live, tester = await key(installation, True, "*"), await key(installation, False, "*")
    assert (await browser.post("/api/v1/sandbox/replies", json=body, headers=live)).status_code == 409
    assert (await browser.post("/api/v1/sandbox/replies", json=body, headers=tester)).status_code == 201
