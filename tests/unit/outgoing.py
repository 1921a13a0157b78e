"""Messages ready to leave, for tests of what takes them away."""

from datetime import UTC, datetime

from application.messages.carriers import Outgoing
from domain.addresses import Address, Channel
from domain.ids import MessageId, new_id
from domain.messages import Content
from tests.unit.compliance.acme import ACME

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


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
