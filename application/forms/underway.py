"""A form that was sent and waits for its addresses to be confirmed: it travels, sealed, in the page itself, so that
nothing of the person is stored but the challenge.
"""

import base64
import binascii
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from application.forms.filling import FIELD, NAME
from application.forms.opt_in import SendForm
from application.secrets import Seal, Unsealable
from domain.addresses import Address, Channel
from domain.compliance.codes import FRAUD
from domain.forms import Answer, Shown, Visit
from domain.ids import ChallengeId

_CONTEXT = b"forms.underway"
_LONGEST = 8000
# As long as the link in a mail is good.
_LASTS = timedelta(hours=24)


class Underway(Struct, frozen=True, kw_only=True):
    """`shown` is the hash of what was on the form. `turns` count how often a challenge was asked for, by channel."""

    form: str
    ticket: str
    shown: str
    language: str
    ticked: tuple[str, ...]
    addresses: dict[Channel, str]
    submitted: Visit
    identity: str | None = None
    challenges: dict[Channel, ChallengeId] = {}
    turns: dict[Channel, int] = {}
    asked_at: dict[Channel, datetime] = {}

    def __repr__(self) -> str:
        return f"Underway({self.form})"

    def address(self, channel: Channel) -> Address:
        return Address(self.addresses[channel], channel)

    def typed(self) -> dict[str, str]:
        """As it was written into the form."""
        return {FIELD[channel]: value for channel, value in self.addresses.items()} | {NAME: self.identity or ""}

    def command(self, shown: Shown, only: tuple[Channel, ...] = ()) -> SendForm:
        answer = Answer(shown=shown, ticked=self.ticked, submitted=self.submitted, identity=self.identity)
        addresses = {channel: self.address(channel) for channel in self.addresses}
        return SendForm(answer=answer, addresses=addresses, ticket=self.ticket, turns=self.turns, only=only)

    def asked_again(self, channel: Channel, at: datetime) -> "Underway":
        return replace(
            self,
            turns={**self.turns, channel: self.turns.get(channel, 0) + 1},
            asked_at={**self.asked_at, channel: at},
        )

    def challenged(self, channel: Channel, challenge: ChallengeId) -> "Underway":
        return replace(self, challenges={**self.challenges, channel: challenge})

    def wait(self, channel: Channel, now: datetime) -> int:
        """Seconds before another code may be asked for (VER-09)."""
        pauses = FRAUD.resend_cooldown_s
        pause = pauses[min(self.turns.get(channel, 0), len(pauses) - 1)]
        asked = self.asked_at.get(channel, self.submitted.at)
        return max(0, round((asked + timedelta(seconds=pause) - now).total_seconds()))


_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Underway).decode


def sealed(underway: Underway, seal: Seal) -> str:
    return base64.urlsafe_b64encode(seal.seal(_pack(underway), _CONTEXT)).decode()


def opened(text: str, seal: Seal, now: datetime) -> Underway | None:
    """None for what was not made here, or too long ago."""
    if len(text) > _LONGEST:
        return None
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        underway = _unpack(seal.open(raw, _CONTEXT))
    except (UnicodeEncodeError, binascii.Error, Unsealable):
        return None
    return underway if now < underway.submitted.at + _LASTS else None
