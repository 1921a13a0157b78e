"""The steps of features/contacts, through the use cases and over HTTP."""

import asyncio
import re

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.outbound.secrets.ring import KeyRing
from application.compliance.check_consent import CheckConsent, CheckConsents
from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.contacts.write import ChangeContact, ContactChange, CreateContact, Lookup, LookUpContact, NewContact
from bootstrap.seed import seed_examples
from domain.access import EVERYTHING, Actor
from domain.addresses import Channel
from domain.errors import DomainError
from tests.http.process import Process, WallClock

scenarios("contacts")

BUSINESS, DEVELOPER = True, False


class Refused(Exception):
    """With the code of the refusal."""


class ThroughUseCases:
    """Contacts as (id, masked addresses)."""

    def __init__(self, process):
        self.process = process

    def _actor(self, live):
        return Actor(id="key:test", permissions=EVERYTHING, live=live)

    async def _ask(self, use_case, *arguments, live):
        try:
            contact = await self.process.use_cases[use_case](*arguments, by=self._actor(live))
        except DomainError as refusal:
            raise Refused(refusal.code) from refusal
        return str(contact.id), [point.address.masked for point in contact.points]

    async def prepare(self):
        """Acme and its program, ready to send."""
        await seed_examples(self.process.use_cases)

    async def opt_out(self, address):
        await self.process.use_cases[WithdrawConsents](WithdrawConsent(address=address), self._actor(BUSINESS))

    async def verdict(self, address):
        command = CheckConsent(to=address, channel=Channel.SMS, program="weekly-offers")
        return (await self.process.use_cases[CheckConsents](command, self._actor(BUSINESS))).explained().verdict

    async def add(self, addresses, *, live):
        return await self._ask(CreateContact, NewContact(addresses=tuple(addresses)), live=live)

    async def look_up(self, address, *, live):
        return await self._ask(LookUpContact, Lookup(address=address), live=live)

    async def change(self, contact_id, added, removed, *, live):
        change = ContactChange(add_addresses=tuple(added), remove_addresses=tuple(removed))
        return await self._ask(ChangeContact, contact_id, change, live=live)


class OverHttp(ThroughUseCases):
    async def _ask(self, method, path, body, *, live):
        secret = (await self.process.issue(live=live)).secret
        headers = {"Authorization": f"Bearer {secret}"}
        answer = await self.process.http.request(method, f"/api/v1/contacts{path}", json=body, headers=headers)
        if answer.is_error:
            raise Refused(answer.json()["code"])
        return answer.json()["id"], answer.json()["addresses"]

    async def _post(self, path, body):
        headers = {"Authorization": f"Bearer {(await self.process.issue(live=BUSINESS)).secret}"}
        answer = await self.process.http.post(f"/api/v1{path}", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def opt_out(self, address):
        await self._post("/consents/withdraw", {"address": address})

    async def verdict(self, address):
        return (await self._post("/decisions", {"to": address, "channel": "sms", "program": "weekly-offers"}))[
            "verdict"
        ]

    async def add(self, addresses, *, live):
        return await self._ask("POST", "", {"addresses": addresses}, live=live)

    async def look_up(self, address, *, live):
        return await self._ask("POST", "/lookup", {"address": address}, live=live)

    async def change(self, contact_id, added, removed, *, live):
        body = {"add_addresses": added, "remove_addresses": removed}
        return await self._ask("PATCH", f"/{contact_id}", body, live=live)


class Office:
    """The business, a developer, and what they know of contacts by name."""

    def __init__(self, url, way_in):
        self.runner = asyncio.Runner()
        self.process = Process(url, KeyRing.generate(), clock=WallClock())
        self.way_in = way_in(self.process)
        self.ids, self.addresses, self.seen, self.refusal = {}, {}, None, None

    def do(self, work):
        self.seen = self.refusal = None
        try:
            self.seen = self.runner.run(work)
        except Refused as refusal:
            self.refusal = str(refusal)

    def add(self, name, addresses, live):
        self.do(self.way_in.add(listed(addresses), live=live))
        if self.seen:
            self.ids[name], self.addresses[name] = self.seen[0], listed(addresses)

    def look_up(self, address, live):
        self.do(self.way_in.look_up(address, live=live))

    def change(self, name, added, removed):
        self.do(self.way_in.change(self.ids[name], added, removed, live=BUSINESS))

    def must_have_found(self, name):
        if name == "nobody":
            assert self.refusal == "no-such-contact"
        else:
            assert self.seen is not None
            assert self.seen[0] == self.ids[name]

    def close(self):
        self.runner.run(self.process.close())
        self.runner.close()


@pytest.fixture(params=[ThroughUseCases, OverHttp], autouse=True)
def office(request, database_url):
    office = Office(database_url, request.param)
    yield office
    office.close()


def listed(text):
    return re.split(" and ", text)


@given('the program "Weekly offers" of Acme')
def _(office):
    office.runner.run(office.way_in.prepare())


@given(parsers.parse("{name} opted out of everything"))
def _(office, name):
    for address in office.addresses[name]:
        office.runner.run(office.way_in.opt_out(address))


@given(parsers.parse("the contact {name} with {addresses}"))
@given(parsers.parse("the live contact {name} with {addresses}"))
def _(office, name, addresses):
    office.add(name, addresses, BUSINESS)
    assert office.refusal is None


@when(parsers.parse("the business adds the contact {name} with {addresses}"))
def _(office, name, addresses):
    office.add(name, addresses, BUSINESS)


@when(parsers.parse("the developer adds the contact {name} with {addresses}"))
def _(office, name, addresses):
    office.add(name, addresses, DEVELOPER)


@when(parsers.parse("the business looks up {address}"))
def _(office, address):
    office.look_up(address, BUSINESS)


@when(parsers.parse("the developer looks up {address}"))
def _(office, address):
    office.look_up(address, DEVELOPER)


@when(parsers.parse("{name} moves from {old} to {new}"))
def _(office, name, old, new):
    office.change(name, [new], [old])
    assert office.refusal is None


@when(parsers.parse("{name} gives up {addresses}"))
def _(office, name, addresses):
    office.change(name, [], listed(addresses))


@then(parsers.re("(it|the developer) finds (?P<name>.+)"))
def _(office, name):
    office.must_have_found(name)


@then(parsers.re("the (?P<who>business|developer) looks up (?P<address>.+) and finds (?P<name>.+)"))
def _(office, who, address, name):
    office.look_up(address, who == "business")
    office.must_have_found(name)


@then(parsers.parse("{address} leads to {name}"))
def _(office, address, name):
    office.look_up(address, BUSINESS)
    office.must_have_found(name)


@then(parsers.parse("it is refused because {address} is taken"))
def _(office, address):
    assert office.refusal == "address-taken"


@then(parsers.parse("Acme has to ask {address} first"))
def _(office, address):
    assert office.runner.run(office.way_in.verdict(address)) == "need_opt_in"


@then(parsers.parse("Acme may not text {address}"))
def _(office, address):
    assert office.runner.run(office.way_in.verdict(address)) == "deny"


@then("it is refused because a contact needs an address")
def _(office):
    assert office.refusal == "invalid"


@then(parsers.parse("it reads {addresses}"))
def _(office, addresses):
    assert office.seen[1] == listed(addresses)
