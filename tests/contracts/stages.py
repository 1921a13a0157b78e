"""One stage for each carrier: messages that will end in a known way there, and what the other side received."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from application.messages.carriers import Carrier, Outgoing
from tests.unit.outgoing import email, sms


@dataclass(frozen=True, kw_only=True)
class Stage:
    """`fine(n)` is taken, `dead` refused for good, `later` not taken at its first try and taken at its third."""

    carrier: Carrier
    fine: Callable[[int], Outgoing]
    dead: Outgoing
    later: Callable[[int], Outgoing]
    received: Callable[[], Awaitable[list[tuple[str, str]]]]


def sandbox_sms(carrier, kept) -> Stage:
    return Stage(
        carrier=carrier,
        fine=lambda number: sms(f"+121255501{number:02}", f"Hello {number}"),
        dead=sms("+12025550113"),
        later=lambda attempt: sms("+12025550115", "Hello again", attempt=attempt),
        received=_kept(kept),
    )


def sandbox_email(carrier, kept) -> Stage:
    return Stage(
        carrier=carrier,
        fine=lambda number: email(f"pat{number}@example.com", text=f"Hello {number}"),
        dead=email("bounce@sandbox.example"),
        later=lambda attempt: email("defer@sandbox.example", text="Hello again", attempt=attempt),
        received=_kept(kept),
    )


def _kept(kept) -> Callable[[], Awaitable[list[tuple[str, str]]]]:
    async def received() -> list[tuple[str, str]]:
        return [(message.to, message.text) for message in await kept.latest(1000)]

    return received


def twilio_sms(carrier, server) -> Stage:
    server.answers["+12125550113"] = 21610

    async def received() -> list[tuple[str, str]]:
        return [(form["To"], form["Body"]) for form in server.taken]

    def later(attempt: int) -> Outgoing:
        if attempt < 3:
            server.answers["+12125550115"] = 503
        else:
            server.answers.pop("+12125550115")
        return sms("+12125550115", "Hello again", attempt=attempt)

    return Stage(
        carrier=carrier,
        fine=lambda number: sms(f"+121255502{number:02}", f"Hello {number}"),
        dead=sms("+12125550113"),
        later=later,
        received=received,
    )


def smtp_email(carrier, server) -> Stage:
    server.refusals["max"] = "550 5.1.1 <max@example.com> user unknown"

    async def received() -> list[tuple[str, str]]:
        return [(str(mail["To"]), mail.get_content().strip()) for mail in server.mails]

    def later(attempt: int) -> Outgoing:
        if attempt < 3:
            server.refusals["zoe"] = "451 4.3.2 please try again"
        else:
            server.refusals.pop("zoe")
        return email("zoe@example.com", text="Hello again", attempt=attempt)

    return Stage(
        carrier=carrier,
        fine=lambda number: email(f"pat{number}@example.com", text=f"Hello {number}"),
        dead=email("max@example.com"),
        later=later,
        received=received,
    )
