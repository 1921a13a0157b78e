"""Messages ready to leave, for tests of what takes them away."""

from datetime import UTC, datetime

from application.messages.carriers import Outgoing
from domain.addresses import Address, Channel
from domain.channels import Sender
from domain.ids import MessageId, SenderId, new_id
from domain.messages import Content

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
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


def sms(to: str = "+12125550101", text: str = "20% off today. Reply STOP to opt out. Acme", **more) -> Outgoing:
    return Outgoing(
        message_id=MessageId(new_id(NOON)),
        channel=Channel.SMS,
        to=Address.parse(to),
        content=Content(text=text),
        **{"sender": ACME, **more},
    )


def email(
    to: str = "pat@example.com",
    subject: str = "20% off today",
    text: str = "Hello Pat.\n",
    html: str | None = None,
    **more,
) -> Outgoing:
    return Outgoing(
        message_id=MessageId(new_id(NOON)),
        channel=Channel.EMAIL,
        to=Address.parse(to),
        content=Content(subject=subject, text=text, html=html),
        **{"sender": ACME, **more},
    )
