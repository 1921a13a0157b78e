"""Recipients that always end the same way, so that every outcome can be tried without a carrier (docs/sandbox.md)."""

from collections.abc import Mapping

from msgspec import Struct

from application.messages.carriers import Effect, NotNow, Outgoing, Refused
from domain.messages import Status


class Ending(Struct, frozen=True, kw_only=True):
    """How a message to this recipient ends: `refusal` for good, or not before try `down_for` + 1, or with `status`."""

    status: Status = Status.SENT
    detail: str | None = None
    refusal: tuple[str, str, Effect] | None = None
    down_for: int = 0
    recipient_only: bool = False
    seconds: float = 0.0

    def must_be_taken(self, outgoing: Outgoing) -> None:
        """Raises Refused, NotNow."""
        if self.refusal is not None:
            code, detail, effect = self.refusal
            raise Refused(code, detail, effect=effect)
        if outgoing.attempt <= self.down_for:
            reason = "greylists this recipient" if self.recipient_only else "is down"
            raise NotNow("sandbox-down", f"The sandbox {reason}: try again.", recipient_only=self.recipient_only)


_DELIVERED = Ending(status=Status.DELIVERED)
_SLOW = Ending(status=Status.DELIVERED, seconds=3.0)
_USUAL = Ending()

_ENDINGS: Mapping[str, Ending] = {
    "+12025550111": _DELIVERED,
    "+12025550112": Ending(status=Status.UNDELIVERED, detail="The handset could not be reached."),
    "+12025550113": Ending(
        refusal=("21610", "The recipient opted out at the provider.", Effect.REVOKED_AT_PROVIDER),
    ),
    "+12025550114": _SLOW,
    "+12025550115": Ending(status=Status.DELIVERED, down_for=2),
    "delivered@sandbox.example": _DELIVERED,
    "bounce@sandbox.example": Ending(refusal=("5.1.1", "The mailbox does not exist.", Effect.ADDRESS_DEAD)),
    "complaint@sandbox.example": Ending(
        status=Status.DELIVERED, detail="Delivered; the recipient reports it as unwanted."
    ),
    "slow@sandbox.example": _SLOW,
    "defer@sandbox.example": Ending(status=Status.DELIVERED, down_for=1, recipient_only=True),
}


def ending_for(outgoing: Outgoing) -> Ending:
    return _ENDINGS.get(outgoing.to.value, _USUAL)
