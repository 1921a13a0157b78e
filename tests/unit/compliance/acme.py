"""A sender, a program and what the inspector sees of words sent by them."""

from datetime import UTC, datetime

from domain.addresses import Channel
from domain.channels import NumberType, Sender
from domain.compliance.attempt import Content as Inspection
from domain.compliance.content import inspect
from domain.compliance.content.phrases import Text
from domain.compliance.content.reading import plain
from domain.ids import ProgramId, SenderId, new_id
from domain.messages import Content
from domain.programs import Category, OptIn, Program

NOON = datetime(2026, 11, 23, 19, tzinfo=UTC)
ACME = Sender(
    id=SenderId(new_id(NOON)),
    slug="acme",
    legal_name="Acme Ltd",
    postal_address="1 Main St, Springfield, IL 62701, US",
    support="https://acme.example/help",
    created_at=NOON,
    updated_at=NOON,
    sms_from="+12125550100",
    email_from="news@acme.example",
)
NAMED = Sender(
    id=SenderId(new_id(NOON)),
    slug="acme-eu",
    legal_name="Acme Ltd",
    postal_address="1 Main St, Dublin",
    support="help@acme.example",
    created_at=NOON,
    updated_at=NOON,
    sms_from="ACME",
    sms_number_type=NumberType.ALPHANUMERIC,
)
WEEKLY_OFFERS = Program(
    id=ProgramId(new_id(NOON)),
    slug="weekly-offers",
    name="Weekly offers",
    purpose="Offers and discounts",
    category=Category.MARKETING,
    channels=(Channel.SMS, Channel.EMAIL),
    opt_in=OptIn.SINGLE,
    frequency="a handful in spring",
    sender_id=ACME.id,
    created_at=NOON,
    updated_at=NOON,
)
LEAVE = "https://acme.example/u/AbCdEf123456"


def text(words: str) -> Text:
    return Text.of(plain(words))


def sms(words: str, category: str = "marketing", sender: Sender = ACME, program: Program = WEEKLY_OFFERS) -> Inspection:
    return inspect(Content(text=words), channel=Channel.SMS, category=category, program=program, sender=sender)


def mail(
    words: str, *, subject: str = "Hello", html: str | None = None, category: str = "marketing", sender: Sender = ACME
) -> Inspection:
    content = Content(subject=subject, text=words, html=html)
    return inspect(content, channel=Channel.EMAIL, category=category, program=WEEKLY_OFFERS, sender=sender)
