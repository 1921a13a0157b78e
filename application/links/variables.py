"""The addresses a template may name without anybody giving them: `unsubscribe_url` and `preferences_url`."""

from collections.abc import Mapping
from uuid import UUID

from msgspec.structs import replace

from application.links.ports import Links
from domain.ids import ContactPointId, MessageId, ProgramId
from domain.messages import Content, Message

_NIL = UUID(int=0)


def blank(links: Links) -> Mapping[str, str]:
    """Nobody's links, as long as anybody's: what a text is composed with before it is known for whom."""
    return _named(links, ContactPointId(_NIL), ProgramId(_NIL), MessageId(_NIL))


def names_a_link(content: Content, links: Links) -> bool:
    return any(one in f"{content.text}{content.html}" for one in blank(links).values())


def linked(content: Content, message: Message, links: Links) -> Content:
    """With this message's links in the place of nobody's."""
    own = _named(links, message.contact_point_id, message.program_id, message.id)
    text, html = content.text, content.html
    for name, nobodys in blank(links).items():
        text = text.replace(nobodys, own[name])
        html = html.replace(nobodys, own[name]) if html is not None else None
    return replace(content, text=text, html=html)


def _named(links: Links, point: ContactPointId, program: ProgramId, message: MessageId) -> dict[str, str]:
    return {
        "preferences_url": links.preferences(point, program, message),
        "unsubscribe_url": links.unsubscribe(point, program, message),
    }
