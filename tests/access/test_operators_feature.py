"""The steps of features/access/operators.feature, over HTTP."""

import asyncio

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.outbound.secrets.ring import KeyRing
from domain.roles import Role
from tests.access.conftest import PASSWORD, Staff, trust
from tests.http.process import Process, WallClock

scenarios("access/operators.feature")
JOIN = "/admin/api/invitations/actions/accept"
A_MESSAGE = {"to": "+12125550101", "channel": "sms", "program": "weekly-offers", "content": {"text": "Hello. Acme"}}


class Office:
    """Who works there, each in a browser of their own."""

    def __init__(self, staff):
        self.staff, self.token, self.contact, self.answer = staff, "", {}, None
        self.browsers = {}

    def browser(self, name):
        if name not in self.browsers:
            self.browsers[name] = self.staff.browser()
        return self.browsers[name]

    async def close(self):
        for browser in self.browsers.values():
            await browser.aclose()
        await self.staff.process.close()


@pytest.fixture(autouse=True)
def run():
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def office(run, database_url):
    office = Office(Staff(Process(database_url, KeyRing.generate(), clock=WallClock())))
    yield office
    run(office.close())


@given("Pat is an administrator")
@when("Pat opens the link on the console")
def first(office, run):
    async def opened():
        office.token = await office.staff.first_token()
        body = {"token": office.token, "email": "pat@example.com", "name": "Pat Doe", "password": PASSWORD}
        answer = await office.browser("Pat").post("/admin/api/first", json=body)
        trust(office.browser("Pat"), answer.json())

    run(opened())


@then("Pat is an administrator")
def is_administrator(office, run):
    answer = run(office.browser("Pat").get("/admin/api/session"))
    assert answer.json()["operator"]["role"] == "admin"


@then("the link makes no other one")
def used(office, run):
    body = {"token": office.token, "email": "sam@example.com", "name": "Sam Doe", "password": PASSWORD}
    assert run(office.browser("Sam").post("/admin/api/first", json=body)).json()["code"] == "link-unusable"


@when(parsers.parse("Pat invites Sam as {role}"))
def invites(office, run, role):
    answer = run(office.browser("Pat").post("/admin/api/invitations", json={"email": "sam@example.com", "role": role}))
    office.token = answer.json()["link"].rpartition("#")[2]


@then(parsers.parse("Sam joins as {role}"))
def joins(office, run, role):
    answer = run(
        office.browser("Sam").post(JOIN, json={"token": office.token, "name": "Sam Doe", "password": PASSWORD})
    )
    assert answer.json()["operator"]["role"] == role


@then("nobody else joins by that invitation")
def joined(office, run):
    body = {"token": office.token, "name": "Somebody", "password": PASSWORD}
    assert run(office.browser("Somebody").post(JOIN, json=body)).json()["code"] == "link-unusable"


@given(parsers.parse("Sam works as {role}"))
def works(office, run, role):
    office.browsers["Sam"] = run(office.staff.signed_in(Role(role)))


@then(parsers.re(r"Sam may (?P<refused>not)? ?send messages"))
def may_send(office, run, refused):
    answer = run(office.browser("Sam").post("/api/v1/messages/send_with_consent", json=A_MESSAGE))
    assert (answer.json()["code"] == "not-permitted") == bool(refused)


@given(parsers.parse('a contact with the address "{address}"'))
def contact(office, run, address):
    admin = office.browsers["Admin"] = run(office.staff.signed_in(Role.ADMIN))
    office.contact = run(admin.post("/api/v1/contacts", json={"addresses": [address]})).json()


@when(parsers.parse('Sam reveals the address because "{reason}"'))
def reveals(office, run, reason):
    point = office.contact["contact_points"][0]["id"]
    path = f"/api/v1/contacts/{office.contact['id']}/points/{point}/actions/reveal"
    office.answer = run(office.browser("Sam").post(path, json={"reason": reason}))


@then(parsers.parse('Sam sees "{address}"'))
def sees(office, address):
    assert office.answer.json() == {"address": address}


@then("the audit trail knows that it was Sam")
def known(office, run):
    me = run(office.browser("Sam").get("/admin/api/account")).json()["operator"]["id"]
    by = run(office.staff.process.scalar("SELECT actor FROM audit_records WHERE action = 'address.revealed'"))
    assert by == f"operator:{me}"


@then("Sam is refused")
def is_refused(office):
    assert office.answer.json()["code"] == "not-permitted"
