"""What a template says where it names a way out: the link of that very message, and nobody else's."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from adapters.outbound.rendering.liquid import LiquidRenderer
from adapters.outbound.secrets.ring import KeyRing
from adapters.outbound.secrets.tokens import SivTokens, TokenLinks
from application.links.variables import blank, linked, names_a_link
from application.templates.compose import compose
from domain.addresses import Channel
from domain.ids import ContactId, ContactPointId, MessageId, ProgramId, SenderId, TemplateId
from domain.messages import Content, Message, Status
from domain.programs import Category
from domain.templates.template import Template
from domain.templates.variables import WrongVariables

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LINKS = TokenLinks(tokens=SivTokens(KeyRing.generate()), url="https://optin.example")
RENDERER = LiquidRenderer()
SOURCE = Content(
    subject="News",
    text="Hello {{ name }}\nLeave: {{ unsubscribe_url }}\nChoose: {{ preferences_url }}",
    html='<p>Hello {{ name }}</p><a href="{{ unsubscribe_url }}">Leave</a> <a href="{{ preferences_url }}">Choose</a>',
)
MESSAGE = Message(
    id=MessageId(UUID(int=1)),
    contact_id=ContactId(UUID(int=2)),
    contact_point_id=ContactPointId(UUID(int=3)),
    program_id=ProgramId(UUID(int=4)),
    sender_id=SenderId(UUID(int=5)),
    channel=Channel.EMAIL,
    category="marketing",
    status=Status.QUEUED,
    live=True,
    created_at=NOON,
    updated_at=NOON,
    due_at=NOON,
)


def composed(source=SOURCE, **variables):
    template = Template(
        id=TemplateId(UUID(int=6)),
        slug="news",
        name="News",
        channel=Channel.EMAIL,
        category=Category.MARKETING,
        created_at=NOON,
        updated_at=NOON,
    ).drafted("en-US", source, RENDERER.variables(source, Channel.EMAIL), NOON)
    return compose(template.published(NOON), variables, locale=None, renderer=RENDERER, ours=blank(LINKS)).content


def test_each_message_has_its_own_links_in_every_part():
    content = linked(composed(name="Pat"), MESSAGE, LINKS)
    ids = (MESSAGE.contact_point_id, MESSAGE.program_id, MESSAGE.id)
    for link in (LINKS.unsubscribe(*ids), LINKS.preferences(*ids)):
        assert link in content.text
        assert f'"{link}"' in (content.html or "")
    assert not names_a_link(content, LINKS)
    assert linked(composed(name="Pat"), replace(MESSAGE, id=MessageId(UUID(int=9))), LINKS) != content


def test_until_then_the_text_is_as_long_as_it_will_be():
    before = composed(name="Pat")
    assert len(linked(before, MESSAGE, LINKS).text) == len(before.text)


@pytest.mark.parametrize("name", ["unsubscribe_url", "preferences_url"])
def test_nobody_puts_another_address_in_the_place_of_the_way_out(name):
    with pytest.raises(WrongVariables, match=f"Leave out {name}"):
        composed(name="Pat", **{name: "https://elsewhere.example"})


def test_a_text_without_a_link_stays_as_it_is():
    content = composed(Content(subject="News", text="Hello {{ name }}"), name="Pat")
    assert not names_a_link(content, LINKS)
    assert linked(content, MESSAGE, LINKS) == content
