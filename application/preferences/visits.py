"""What is remembered between two pages, in a hidden field of a form: sealed, for half an hour, and nowhere else.

No cookie and nothing in a URL. Without our key it can neither be read nor made; what it says was proved by a
challenge, which it names.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from application.secrets import Seal, Unsealable
from domain.addresses import Address, Channel
from domain.errors import Conflict
from domain.ids import ProgramId

LASTS = timedelta(minutes=30)
_CONTEXT = b"preferences.visit"
_LONGEST = 4_000


class VisitOver(Conflict):
    """It took too long, or this is no visit of ours: begin again."""


class Visit(Struct, frozen=True, kw_only=True):
    """`proved_at` once the challenge was answered. `named` if the person told the address themselves: whoever comes by
    a link is not shown it. `program_id` is the one whose message they came from.
    """

    value: str
    channel: Channel
    live: bool
    challenge_id: UUID
    asked_at: datetime
    until: datetime
    proved_at: datetime | None = None
    named: bool = True
    program_id: ProgramId | None = None

    @property
    def address(self) -> Address:
        return Address(self.value, self.channel)

    def __repr__(self) -> str:
        return f"Visit(challenge_id={self.challenge_id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    visit_seal: Seal

    def seal(self, visit: Visit) -> str:
        sealed = self.visit_seal.seal(msgspec.msgpack.encode(visit), _CONTEXT)
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def open(self, text: str, *, proved: bool, now: datetime) -> Visit:
        """Raises VisitOver. What has not been proved opens nothing that needs proof, nor the other way round."""
        try:
            if len(text) > _LONGEST:
                raise VisitOver("This was not made here.")
            sealed = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
            visit = msgspec.msgpack.decode(self.visit_seal.open(sealed, _CONTEXT), type=Visit)
        except (Unsealable, ValueError, binascii.Error, msgspec.DecodeError):
            raise VisitOver("This was not made here.") from None
        if (visit.proved_at is not None) is not proved or now >= visit.until:
            raise VisitOver("It took too long; begin again.")
        return visit
