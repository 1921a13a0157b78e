"""What somebody asks for about their data, from the day it came in until it is done or refused."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Channel
from domain.errors import Conflict, NotFound
from domain.ids import ChallengeId, ContactId, RequestId


class Kind(StrEnum):
    """GDPR 15 to 21 and its relatives; `opt_out_of_sale` is California's (Civ. Code 1798.120)."""

    ACCESS = "access"
    PORTABILITY = "portability"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    OPT_OUT_OF_SALE = "opt_out_of_sale"


class State(StrEnum):
    RECEIVED = "received"
    IDENTIFIED = "identified"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    REFUSED = "refused"


class Step(StrEnum):
    """What staff say was done; the other steps come about by doing them."""

    ACKNOWLEDGE = "acknowledge"
    ATTEST = "attest"
    BEGIN = "begin"
    EXTEND = "extend"
    PAUSE = "pause"
    RESUME = "resume"
    REFUSE = "refuse"


class Proof(StrEnum):
    """How it is known who asks: they read what is sent to an address of theirs, or staff say how they know."""

    CHALLENGE = "challenge"
    ATTESTED = "attested"


# Saying no to marketing or to a sale is nobody's loss but the seller's: no proof may be asked for (11 CCR 7060(b)).
FOR_ANYBODY = frozenset({Kind.OBJECTION, Kind.OPT_OUT_OF_SALE})
# A reason is owed to the person, or to whoever looks at it later.
NEEDS_WORDS = frozenset({Step.ATTEST, Step.EXTEND, Step.PAUSE, Step.REFUSE})
CLOSED = frozenset({State.DONE, State.REFUSED})
# The only law whose clock stands still while the person is asked something (Data (Use and Access) Act 2025 s.76).
CLOCK_STOPS = frozenset({"UK-DSR-02"})
_AFTER: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.IDENTIFIED, State.REFUSED}),
    State.IDENTIFIED: frozenset({State.IN_PROGRESS, State.DONE, State.REFUSED}),
    State.IN_PROGRESS: frozenset({State.DONE, State.REFUSED}),
    State.DONE: frozenset(),
    State.REFUSED: frozenset(),
}


class NoSuchRequest(NotFound):
    """No rights request has this id."""


class RequestClosed(Conflict):
    """It was done or refused."""


class NotIdentified(Conflict):
    """It is not known that whoever asks is the person it is about."""


class CannotDoThat(Conflict):
    """Not in the present state of the request, or not under its law."""


class RightsRequest(Struct, frozen=True, kw_only=True):
    """`rule`, `calendar` and `zone` are how its deadline is reckoned. Without a contact it is about somebody nobody
    knows, at an address. `paused_days` are those the clock stood still before; since `paused_at` it stands again.
    """

    id: RequestId
    live: bool
    kind: Kind
    rule: str
    calendar: str
    zone: str
    received_at: datetime
    due_on: date
    state: State = State.RECEIVED
    contact_id: ContactId | None = None
    channel: Channel | None = None
    acknowledge_by: date | None = None
    acknowledged_at: datetime | None = None
    identified_at: datetime | None = None
    identified_by: Proof | None = None
    challenge_id: ChallengeId | None = None
    extended: bool = False
    paused_at: datetime | None = None
    paused_days: int = 0
    closed_at: datetime | None = None
    lifted_at: datetime | None = None

    def after(self, step: Step, at: datetime) -> "RightsRequest":
        """Raises RequestClosed, CannotDoThat."""
        self.must_be_open()
        return _STEPS[step](self, at)

    def acknowledged(self, at: datetime) -> "RightsRequest":
        return self if self.acknowledged_at else replace(self, acknowledged_at=at)

    def attested(self, at: datetime) -> "RightsRequest":
        """Raises CannotDoThat."""
        return self.identified(Proof.ATTESTED, at)

    def begun(self, _: datetime) -> "RightsRequest":
        """Raises CannotDoThat."""
        return self.to(State.IN_PROGRESS)

    def prolonged(self, _: datetime) -> "RightsRequest":
        """Raises CannotDoThat."""
        if self.extended:
            raise CannotDoThat("The time was extended before; it is once.")
        return replace(self, extended=True)

    def refused(self, at: datetime) -> "RightsRequest":
        return replace(self._running(at).to(State.REFUSED), closed_at=at)

    def identified(self, by: Proof, at: datetime) -> "RightsRequest":
        """Raises RequestClosed, CannotDoThat."""
        self.must_be_open()
        return replace(self._running(at).to(State.IDENTIFIED), identified_at=at, identified_by=by)

    def done(self, at: datetime) -> "RightsRequest":
        """Raises RequestClosed, NotIdentified."""
        self.must_be_open()
        self.must_be_identified()
        return replace(self._running(at), state=State.DONE, closed_at=at)

    def lifted(self, at: datetime) -> "RightsRequest":
        """Of a restriction that stands; lifting it once more changes nothing. Raises CannotDoThat."""
        if self.kind is not Kind.RESTRICTION or self.state is not State.DONE:
            raise CannotDoThat("Only a restriction that stands is lifted.")
        return self if self.lifted_at else replace(self, lifted_at=at)

    def must_be_open(self) -> None:
        if self.state in CLOSED:
            raise RequestClosed(f"The request is {self.state}.")

    def must_be_identified(self) -> None:
        if self.identified_at is None and self.kind not in FOR_ANYBODY:
            raise NotIdentified("First make sure that whoever asks is the person it is about.")

    def to(self, state: State) -> "RightsRequest":
        """Raises CannotDoThat."""
        if state not in _AFTER[self.state]:
            raise CannotDoThat(f"The request is {self.state}.")
        return replace(self, state=state)

    def paused(self, at: datetime) -> "RightsRequest":
        """Raises CannotDoThat."""
        if self.rule not in CLOCK_STOPS:
            raise CannotDoThat("Under the law of this request the clock does not stop.")
        if self.paused_at is not None:
            raise CannotDoThat("The clock stands still already.")
        return replace(self, paused_at=at)

    def resumed(self, at: datetime) -> "RightsRequest":
        """Raises CannotDoThat."""
        if self.paused_at is None:
            raise CannotDoThat("The clock runs.")
        return replace(self, paused_at=None, paused_days=self.paused_days + (at.date() - self.paused_at.date()).days)

    def _running(self, at: datetime) -> "RightsRequest":
        return self if self.paused_at is None else self.resumed(at)


_STEPS: dict[Step, Callable[[RightsRequest, datetime], RightsRequest]] = {
    Step.ACKNOWLEDGE: RightsRequest.acknowledged,
    Step.ATTEST: RightsRequest.attested,
    Step.BEGIN: RightsRequest.begun,
    Step.EXTEND: RightsRequest.prolonged,
    Step.PAUSE: RightsRequest.paused,
    Step.RESUME: RightsRequest.resumed,
    Step.REFUSE: RightsRequest.refused,
}
