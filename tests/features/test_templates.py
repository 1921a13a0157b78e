"""The steps of features/templates, over the use cases and PostgreSQL."""

import asyncio
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.outbound.postgres.audit_trail import PostgresTrail
from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.templates import PostgresTemplates
from adapters.outbound.rendering.liquid import LiquidRenderer
from adapters.outbound.secrets.ring import KeyRing
from adapters.outbound.secrets.tokens import SivTokens, TokenLinks
from adapters.outbound.secrets.vault import RingVault
from application.ports import Clock
from application.templates.compose import compose
from application.templates.preview import PreviewTemplate, Sample
from application.templates.write import CreateTemplate, DraftVersion, NewTemplate, NewVersion, PublishTemplate
from domain.access import SYSTEM
from domain.addresses import Channel
from domain.errors import DomainError
from domain.messages import Content
from domain.programs import Category

scenarios("templates")

LOCALES = {"English": "en-US", "French": "fr", "Canadian French": "fr-CA", "Japanese": "ja-JP"}
QUOTE = "\u2019"
TEXTS = {"plain characters": "a", "characters with a curly quote": QUOTE + "a", "euro signs": "€"}


class Ticking(Clock):
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


class Office:
    """What staff and the business do with templates, by name."""

    def __init__(self, url: str) -> None:
        self.runner = asyncio.Runner()
        self.database = Database(url, size=2)
        self.templates = PostgresTemplates(self.database)
        self.renderer = LiquidRenderer()
        trail = PostgresTrail(self.database, RingVault(KeyRing.generate()).deployment("audit_records"))
        parts = {
            "templates": self.templates,
            "trail": trail,
            "transaction": self.database.transaction,
            "clock": Ticking(),
        }
        self.create = CreateTemplate(renderer=self.renderer, **parts)
        self.draft = DraftVersion(renderer=self.renderer, **parts)
        self.publish_template = PublishTemplate(**parts)
        links = TokenLinks(tokens=SivTokens(KeyRing.generate()), url="https://optin.example")
        self.preview_template = PreviewTemplate(template_queries=self.templates, renderer=self.renderer, links=links)
        self.read: Content | None = None
        self.refusal: DomainError | None = None
        self.price = None

    def write(self, name: str, content: Content, channel: Channel = Channel.SMS) -> None:
        self.runner.run(
            self.create(
                NewTemplate(slug=slug(name), name=name, channel=channel, category=Category.MARKETING, content=content),
                SYSTEM,
            )
        )

    def edit(self, name: str, text: str, language: str = "English") -> None:
        command = NewVersion(content=Content(text=text), locale=LOCALES[language])
        self.runner.run(self.draft(slug(name), command, SYSTEM))

    def publish(self, name: str) -> None:
        self.runner.run(self.publish_template(slug(name), SYSTEM))

    def preview(self, name: str) -> None:
        self.price = self.runner.run(self.preview_template(slug(name), Sample(), SYSTEM)).segments

    def send(self, name: str, language: str = "English", /, **variables: object) -> None:
        async def told():
            async with self.database.transaction():
                return (await self.templates.published([slug(name)]))[slug(name)]

        template = self.runner.run(told())
        try:
            composed = compose(template, variables, locale=LOCALES[language], renderer=self.renderer)
            self.read = composed.content
        except DomainError as refusal:
            self.refusal = refusal

    def wordings(self, name: str) -> list[str]:
        found = self.runner.run(self.templates.versions(slug(name), "en-US", 100, None))
        return [version.content.text for version in found]

    def close(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


@pytest.fixture
def office(database_url):
    office = Office(database_url)
    yield office
    office.close()


@given(parsers.parse('the SMS template "{name}" says "{text}"'))
def _(office, name, text):
    office.write(name, Content(text=text))


@given(parsers.parse('the published SMS template "{name}" says "{text}"'))
def _(office, name, text):
    office.write(name, Content(text=text))
    office.publish(name)


@given(parsers.parse('the published email template "{name}" says "{text}" on a page'))
def _(office, name, text):
    office.write(name, Content(subject=name, text=text, html=f"<p>{text}</p>"), Channel.EMAIL)
    office.publish(name)


@given(parsers.re(r'the SMS template "(?P<name>[^"]+)" says (?P<length>\d+) (?P<kind>.+)'))
def _(office, name, length, kind):
    office.write(name, Content(text=TEXTS[kind].ljust(int(length), TEXTS[kind][-1])))


@given(parsers.parse('"{name}" is published'))
def _(office, name):
    office.publish(name)


@given(parsers.parse('"{name}" is edited to say "{text}"'))
def _(office, name, text):
    office.edit(name, text)


@given(parsers.parse('"{name}" also says "{text}" in {language}'))
def _(office, name, text, language):
    office.edit(name, text, language)


@when(parsers.re(r'the business sends "(?P<name>[^"]+)"$'))
def _(office, name):
    office.send(name)


@when(parsers.parse('the business sends "{name}" to a contact who reads {language}'))
def _(office, name, language):
    office.send(name, language)


@when(parsers.re(r'the business sends "(?P<name>[^"]+)" with percent (?P<percent>\d+)$'))
def _(office, name, percent):
    office.send(name, percent=int(percent))


@when(parsers.parse('the business sends "{name}" with percent {percent:d} and {variable} "{value}"'))
def _(office, name, percent, variable, value):
    office.send(name, percent=percent, **{variable: value})


@when(parsers.parse('the business sends "{name}" with name "{value}"'))
def _(office, name, value):
    office.send(name, name=value)


@when(parsers.parse('the business sends "{name}" with a list of a hundred things'))
def _(office, name):
    office.send(name, list=["thing"] * 100)


@when("its author looks at the preview")
def _(office):
    office.preview("Offer")


@then(parsers.re(r'the contact reads "(?P<text>[^"]+)"$'))
def _(office, text):
    assert office.refusal is None
    assert office.read.text == text


@then(parsers.parse('the contact reads "{text}" on the page'))
def _(office, text):
    assert "<b>" not in office.read.html
    assert unescape(office.read.html) == f"<p>{text}</p>"


@then(parsers.parse('"{text}" can still be shown'))
def _(office, text):
    assert text in office.wordings("Order shipped")


@then("it is refused because the template is a draft")
def _(office):
    assert (office.read, office.refusal.code) == (None, "not-published")


@then(parsers.re(r'it is refused because "(?P<variable>\w+)" is missing$'))
def _(office, variable):
    assert (office.read, refused(office)) == (None, {variable: "missing-variable"})


@then(parsers.parse('it is refused because "{lacking}" is missing and "{extra}" is unknown'))
def _(office, lacking, extra):
    assert (office.read, refused(office)) == (None, {lacking: "missing-variable", extra: "unknown-variable"})


@then("it is refused because it takes too long")
def _(office):
    assert office.read is None
    assert "takes too long" in office.refusal.detail


@then(parsers.re(r"it takes (?P<parts>\d+) parts? and room is left for (?P<room>\d+)"))
def _(office, parts, room):
    assert (office.price.count, office.price.remaining) == (int(parts), int(room))


@then("the author is told that the curly quote costs a part")
def _(office):
    assert (office.price.count, office.price.offending) == (2, (QUOTE,))


def refused(office: Office) -> dict[str, str]:
    return {problem.field.removeprefix("variables."): problem.code for problem in office.refusal.problems}
