"""The sandbox's phone and inbox, as a person's browser meets them."""

import html
import re

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from adapters.inbound.http.edge import Edge
from adapters.inbound.http.problems import HANDLERS
from adapters.inbound.sandbox.page import sandbox_routers
from application.sandbox.text_back import TextBack
from tests.unit.outgoing import email, sms

pytestmark = pytest.mark.anyio

AT_HOME = "http://127.0.0.1:8080"


@pytest.fixture
def browser(kept, installation):
    """A browser at `client` that looks at the page of an installation with these settings."""

    def opened(setting="auto", public_url=AT_HOME, *, client="127.0.0.1", asked=AT_HOME) -> httpx.AsyncClient:
        app = Litestar(
            list(sandbox_routers(setting, public_url)),
            dependencies={
                "sandbox_messages": Provide(lambda: kept, sync_to_thread=False),
                "text_back": Provide(lambda: installation[TextBack], sync_to_thread=False),
            },
            exception_handlers=HANDLERS,
            openapi_config=None,
            logging_config=None,
        )
        app.asgi_handler = Edge(app.asgi_handler, encrypted=False)
        transport = httpx.ASGITransport(app, client=(client, 40_000))
        return httpx.AsyncClient(transport=transport, base_url=asked)

    return opened


async def test_an_empty_phone_and_inbox_say_what_to_do(browser):
    answer = await browser().get("/sandbox")
    assert answer.status_code == 200
    assert "No text message yet." in answer.text
    assert "No mail yet." in answer.text
    assert "/api/v1/messages/send_with_consent" in answer.text


async def test_messages_stand_where_a_person_looks_for_them(browser, sandbox):
    await sandbox.send(sms("+12125550101", "Grüße 🎉 Reply STOP"))
    await sandbox.send(email("pat@example.com", "20% off", "In words.", "<p>In <b>bold</b></p>"))
    page = html.unescape((await browser().get("/sandbox")).text)
    phone, inbox = page.split('<section class="inbox"')
    assert "Grüße 🎉 Reply STOP" in phone
    assert "+12125550101" in phone
    assert "20% off" in inbox
    assert "In words." in inbox
    assert "Auto-Submitted" in inbox
    assert 'sandbox="" title="20% off" srcdoc="<p>In <b>bold</b></p>"' in inbox


async def test_a_message_cannot_break_out_of_its_place(browser, sandbox):
    poison = "\"'><script>alert(1)</script><iframe src=https://evil.example>"
    await sandbox.send(sms(text=poison))
    await sandbox.send(email(subject=poison, text=poison, html=poison))
    page = (await browser().get("/sandbox")).text
    assert "<script" not in page
    assert page.count("<iframe") == 1
    assert re.search(r'<iframe sandbox="" title="[^"]*" srcdoc="[^"]*"></iframe>', page)


async def test_the_page_has_no_script_no_style_of_its_own_and_fetches_nothing_from_elsewhere(browser, sandbox):
    await sandbox.send(email(html='<img src="https://tracker.example/pixel.png">'))
    answer = await browser().get("/sandbox")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src data:;")
    assert "unsafe" not in policy
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", answer.text)
    assert re.findall(r'(?:href|src)="([^"]+)"', answer.text) == [
        re.search(r'href="([^"]+\.css[^"]*)"', answer.text)[1],
        "/sandbox",
    ]
    assert answer.headers["Cache-Control"] == "no-store"


async def test_its_style_is_served_and_may_be_kept(browser):
    client = browser()
    path = re.search(r'href="([^"]+\.css[^"]*)"', (await client.get("/sandbox")).text)[1]
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, "text/css")
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(answer.content) < 8_000


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "optin.localhost"])
async def test_on_ones_own_machine_it_is_open(browser, host):
    answer = await browser().get("/sandbox", headers={"Host": host})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        ("203.0.113.7", {}),
        ("172.17.0.1", {}),
        ("127.0.0.1", {"Host": "rebound.evil.example"}),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.7"}),
    ],
)
async def test_from_elsewhere_it_is_closed_and_says_what_to_do(browser, sandbox, client, headers):
    await sandbox.send(sms("+12125550101", "Nobody else reads this."))
    answer = await browser(client=client).get("/sandbox", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "sandbox-page-closed")
    assert "OPTIN_SANDBOX_PAGE" in answer.json()["detail"]
    assert "Nobody else" not in answer.text


async def test_a_public_installation_has_no_such_page(browser):
    assert (await browser("auto", "https://optin.example").get("/sandbox")).status_code == 404
    assert (await browser("off").get("/sandbox")).status_code == 404


async def test_an_operator_may_open_it_to_everyone(browser):
    client = browser("on", "https://optin.example", client="203.0.113.7", asked="https://optin.example")
    assert (await client.get("/sandbox")).status_code == 200
