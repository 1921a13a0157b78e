"""One person from a sign-up form to "please stop": through a browser without script, a phone, and the API, in between
nothing but the product as it ships.
"""

import re

import httpx
import pytest

from application.access.keys import IssueApiKey, NewApiKey
from domain.access import SYSTEM
from tests.e2e.browser import DESK, PHONE

pytestmark = pytest.mark.anyio


@pytest.fixture
async def api(product):
    issued = await product[IssueApiKey](NewApiKey(name="journey", live=True, scopes=("*",)), SYSTEM)
    headers = {"Authorization": f"Bearer {issued.secret}"}
    async with httpx.AsyncClient(base_url=f"{product.url}/api/v1", headers=headers, timeout=30) as client:
        yield client


@pytest.fixture
def texts(api):
    """What lies on the sandbox's phone of a number, oldest first."""

    async def received(number):
        answer = await api.get("/sandbox/messages", params={"limit": 1000})
        return [one["text"] for one in reversed(answer.json()["items"]) if one["to"] == number]

    return received


async def send(api, number):
    content = {"text": "Acme & Sons Ltd: 20% off today. Msg & data rates may apply. Reply STOP to opt out."}
    body = {"to": number, "channel": "sms", "program": "weekly-offers", "content": content, "on_no_consent": "block"}
    answer = await api.post("/messages/send_with_consent", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def pictures(visit, name):
    visit.name = f"journey-{name}"
    for size in (PHONE, DESK):
        await visit.resize(*size)
        await visit.picture(f"{size[0]}-light")
    await visit.resize(*PHONE)


async def sign_up_without_script(product, chromium, api, number):
    async with chromium.visit(script=False) as visit:
        await visit.open("/f/weekly-offers")
        boxes = visit.page.get_by_role("checkbox")
        assert not any([await box.is_checked() for box in await boxes.all()])
        await pictures(visit, "1-form")
        await visit.page.get_by_role("checkbox", name="marketing texts from Acme").check()
        await visit.page.get_by_label("Mobile number").fill(number)
        await visit.page.get_by_label("Your name").fill("Pat Doe")
        await visit.press("Sign up")

        await visit.page.get_by_role("heading", name="Confirm your number").wait_for()
        await pictures(visit, "2-code")
        assert (await send(api, number))["decision"]["verdict"] == "need_opt_in"
        await visit.page.get_by_label("Code").fill(await product.code(number))
        await visit.press("Confirm")

        await visit.page.get_by_role("heading", name="Thank you, that is confirmed").wait_for()
        assert "Reply STOP" in await visit.page.inner_text("main")
        await pictures(visit, "3-confirmed")


async def test_a_person_signs_up_without_script_confirms_is_written_to_and_stops_it(product, chromium, api, texts):
    number = product.somebodys_phone()
    assert (await send(api, number))["decision"]["verdict"] == "need_opt_in"

    await sign_up_without_script(product, chromium, api, number)
    confirmation = await product.received(number, seen=1)
    assert re.search(r"Weekly offers", confirmation)
    assert "STOP" in confirmation
    sent = await send(api, number)
    assert sent["decision"]["verdict"] in {"allow", "defer"}, sent["decision"]
    await _settled(product)

    before = await texts(number)
    reply = {"from": number, "to": "+12125550100", "text": "please stop texting me"}
    taken = await api.post("/sandbox/replies", json=reply)
    assert (taken.status_code, taken.json()["effect"]) == (201, "opt_out"), taken.text
    goodbye = await product.received(number, seen=len(before))
    assert "Acme" in goodbye
    await _settled(product)
    assert (await texts(number))[len(before) :] == [goodbye]

    refused = await send(api, number)
    assert refused["status"] == "blocked"
    assert refused["decision"]["verdict"] == "deny"
    # Words of one's own, understood as any person would (47 CFR 64.1200(a)(10)).
    assert refused["decision"]["rule"] == "US-TCPA-REV-02"
    await _settled(product)
    assert (await texts(number))[len(before) :] == [goodbye]


async def _settled(product):
    """Nothing waits any more that could leave now."""
    database = product.ports.database()
    waiting = "select count(*) from outbox where due_at <= now() or claimed_until is not null"

    async def none_left():
        async with database.transaction():
            return await database.connection.fetchval(waiting) == 0

    await product.until(none_left)
