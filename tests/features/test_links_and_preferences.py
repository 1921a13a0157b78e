"""The steps of features/unsubscribe and features/preferences, over the pages as a browser meets them."""

import asyncio
import re

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from application.programs.write import ChangeProgram, ProgramChange, Text
from domain.access import SYSTEM
from domain.addresses import Channel
from domain.messages import Status
from tests.forms.person import HERE, Business, Person
from tests.installation import installation_on

scenarios("unsubscribe/links.feature", "preferences")

SLUGS = {"Weekly offers": "weekly-offers", "Shop news": "shop-news"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


class Scene:
    """One event loop for everything; what was seen last."""

    def __init__(self, runner: asyncio.Runner, business: Business) -> None:
        self.run = runner.run
        self.business, self.person = business, Person(business)
        self.pages: list = []

    def mail(self, address):
        return next(one for one in self.run(self.business.received(address)) if one.subject == "News")

    def links(self, address="pat@example.com"):
        mail = self.mail(address)
        everywhere = f"{mail.text} {mail.html} {mail.headers['List-Unsubscribe']}"
        return sorted(set(re.findall(rf"{re.escape(HERE)}/[^\s\"'<>]*", everywhere)))

    def status(self, address, program):
        receipt = self.run(self.business.send(address, SLUGS[program]))
        [row] = self.run(self.business.ask("select status from messages where id = $1", receipt.message.id))
        return row["status"]

    def choices(self, address):
        """Time enough between two of them for another code."""
        self.business.pass_by(minutes=10)
        return self.run(self.person.prove(address))

    def press(self, page, button, **filled):
        self.pages.append(self.run(self.person.press(page, button, **filled)))
        return self.pages[-1]


@pytest.fixture
def scene(database_url, tmp_path):
    with asyncio.Runner() as runner:
        business = Business(installation_on(database_url, tmp_path, public_url=HERE))
        runner.run(business.open())
        scene = Scene(runner, business)
        yield scene
        runner.run(scene.person.web.aclose())
        for part in (business.ports.carriers(), business.ports.repeats(), business.ports.database()):
            runner.run(part.close())


@given(parsers.parse('{address} agreed to "{one}" and "{other}"'))
def _(scene, address, one, other):
    for program in (one, other):
        scene.run(scene.business.agreed(address, SLUGS[program]))


@given(parsers.re(r'(?P<address>\S+) agreed to "(?P<program>[^"]*)"$'))
def _(scene, address, program):
    scene.run(scene.business.agreed(address, SLUGS[program]))


@given(parsers.parse('{address} got a mail of "{program}"'))
def _(scene, address, program):
    assert scene.status(address, program) == Status.SENT


@given(parsers.parse("{years:d} years passed"))
def _(scene, years):
    before = scene.business.clock.at
    scene.business.clock.at = before.replace(year=before.year + years)


@given(parsers.parse("the contact of {address} has another address now"))
def _(scene, address):
    [row] = scene.run(scene.business.ask("select id from contacts"))
    scene.run(scene.business.change(row["id"], add_addresses=("else@example.com",)))
    scene.run(scene.business.change(row["id"], remove_addresses=(address,)))


@when("the mail program unsubscribes")
def _(scene):
    link = next(link for link in scene.links() if "/u/" in link)
    scene.pages.append(scene.run(scene.person.web.post(link, data=ONE_CLICK)))
    assert scene.pages[-1].status_code == 200


@when("the reader stops everything on the page that follows")
def _(scene):
    scene.press(scene.pages[-1], "Stop everything that is sent from here")


@when("a scanner opens every link of the mail twice")
def _(scene):
    for _ in range(2):
        for method in ("HEAD", "GET"):
            for link in scene.links():
                scene.run(scene.person.web.request(method, link))


@when(parsers.parse("{address}, to whom it was forwarded, unsubscribes in it"))
def _(scene, address):
    person = Person(scene.business, ip="198.51.100.9")
    link = next(link for link in scene.links() if "/u/" in link)
    page = scene.run(person.web.get(link))
    scene.pages += [page, scene.run(person.press(page, "Stop these messages"))]
    scene.run(person.web.aclose())
    assert address not in page.text


@then(parsers.parse("nothing about {address} was shown"))
def _(scene, address):
    for page in scene.pages:
        for hidden in (address, "p***", "Pat Doe", "Shop news"):
            assert hidden not in page.text


@when(parsers.parse("somebody asks for the choices of {address}"))
def _(scene, address):
    scene.pages.append(scene.run(scene.person.ask_for_code(address)))


@then(parsers.parse("they read the same as for {address}"))
def _(scene, address):
    def read(page):
        return re.sub(r'value="[^"]*"|\S\*\*\*@\S+', "…", page.text)

    assert read(scene.pages[-1]) == read(scene.run(scene.person.ask_for_code(address)))


@when(parsers.parse("guesses the code {times:d} times"))
def _(scene, times):
    right = scene.run(scene.person.code("pat@example.com"))
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    page = scene.pages[-1]
    for _ in range(times):
        assert "Shop news" not in scene.press(page, "Continue", code=wrong).text


@then("even the right code shows nothing")
def _(scene):
    right = scene.run(scene.person.code("pat@example.com"))
    page = scene.press(scene.pages[-1], "Continue", code=right)
    assert (page.status_code, "Shop news" in page.text) == (422, False)


@given(parsers.parse('{address} stops "{program}" there'))
@when(parsers.parse('{address} stops "{program}" there'))
def _(scene, address, program):
    done = scene.press(scene.choices(address), "Save my choices", **{f"stop.{SLUGS[program]}": "yes"})
    assert done.status_code == 200


@when(parsers.parse("{address} stops everything there"))
def _(scene, address):
    page = scene.choices(address)
    done = scene.press(page, "Stop everything" if "Stop everything" in page.text else "Never write to this address")
    assert done.status_code == 200


@when(parsers.parse('{address} agrees to "{program}" again there'))
def _(scene, address, program):
    done = scene.press(scene.choices(address), "Save my choices", **{f"agree.{SLUGS[program]}": "yes"})
    assert done.status_code == 200


@when(parsers.parse('the words of "{program}" change while {address} reads them'))
def _(scene, program, address):
    page = scene.choices(address)
    change = ProgramChange(disclosures=(Text(channel=Channel.EMAIL, text="I agree to much more."),))
    scene.run(scene.business.installation[ChangeProgram](SLUGS[program], change, SYSTEM))
    scene.press(page, "Save my choices", **{f"agree.{SLUGS[program]}": "yes"})


@then("the words have to be read again")
def _(scene):
    assert scene.pages[-1].status_code == 409
    assert "Please read them again." in scene.pages[-1].text


@then("the words they agreed to are on the ledger")
def _(scene):
    _, status, proof = scene.run(scene.business.ledger_of("pat@example.com"))[-1]
    assert (status, proof.source, proof.medium) == ("confirmed", "first_party", "web_form")
    assert (proof.disclosure_text_verbatim or "").startswith("I agree to marketing emails")


@when(parsers.parse('the business imports that {address} agreed to "{program}"'))
def _(scene, address, program):
    scene.business.pass_by(minutes=1)
    refused = scene.run(scene.business.agreed(address, SLUGS[program], affirmative_act=None))
    assert "own, provable act" in str(refused)


@then(parsers.parse('"{program}" is not sent to {address} any more'))
def _(scene, program, address):
    assert scene.status(address, program) == Status.BLOCKED


@then(parsers.parse('"{program}" is sent to {address}'))
def _(scene, program, address):
    assert scene.status(address, program) == Status.SENT
