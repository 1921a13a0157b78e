"""Staff accounts: who they are, how they sign in, and how long a sign-in lasts."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.access import Actor, Origin
from domain.addresses import Address
from domain.errors import Conflict, Forbidden, Invalid, NotFound, TooOften, Unavailable
from domain.ids import OperatorId, PasskeyId, SessionId
from domain.roles import Role, permissions_of

IDLE = timedelta(minutes=30)
AT_MOST = timedelta(hours=12)
FRESH = timedelta(minutes=10)
# Writing down that a session is in use once a minute is often enough.
NOTED_EVERY = timedelta(minutes=1)
INVITATION_LASTS = timedelta(hours=72)
RESET_LASTS = timedelta(minutes=30)
# NIST SP 800-63B-4, 3.1.1.2: fifteen where the password may be all there is. One rule for all: no password grows weak
# because a second factor was taken away.
SHORTEST, LONGEST = 15, 256
RECOVERY_CODES = 10
_PAGE = re.compile(r"/admin(/[A-Za-z0-9._~-]+)*/?")


class NoSuchOperator(NotFound):
    """No operator has this id."""


class NoSuchSession(NotFound):
    """No sign-in of this operator has this id."""


class NoSuchPasskey(NotFound):
    """No passkey of this operator has this id."""


class NoSuchInvitation(NotFound):
    """No invitation has this id."""


class OperatorExists(Conflict):
    """Somebody signs in with this address already."""


class OperatorDisabled(Conflict):
    """The operator may not sign in."""


class LastAdmin(Conflict):
    """Without this operator nobody could administer the installation."""


class WeakPassword(Invalid):
    """A password others would guess."""


class SignInFailed(Forbidden):
    """Whoever signs in is not told what of it was wrong."""


class NotAnOperator(Forbidden):
    """An account of one's own is what a key does not have."""


class TooManyTries(TooOften):
    """Too many tries to sign in, here or with this account."""


class LinkUnusable(Forbidden):
    """The link was used, is over, or is none of ours."""


class FactorWrong(Forbidden):
    """The code is wrong, was used, or its time is over."""


class CompanyUnreachable(Unavailable):
    """The company's sign-in does not answer."""


class NoCompany(NotFound):
    """Company accounts do not sign in here."""


class FactorState(Conflict):
    """The second factor is not in the state this needs."""


class Method(StrEnum):
    """How a sign-in was proven."""

    PASSWORD = "password"  # noqa: S105
    PASSWORD_AND_CODE = "password+code"  # noqa: S105
    PASSWORD_AND_RECOVERY = "password+recovery"  # noqa: S105
    PASSKEY = "passkey"
    COMPANY = "company"
    LINK = "link"


class Operator(Struct, frozen=True, kw_only=True):
    """`password` is a hash in the PHC format; `company` the account at the company's sign-in, issuer and subject."""

    id: OperatorId
    email: Address
    name: str
    role: Role
    created_at: datetime
    password: str | None = None
    company: tuple[str, str] | None = None
    code_secret: bytes | None = None
    code_confirmed_at: datetime | None = None
    code_step: int = 0
    disabled_at: datetime | None = None

    def __repr__(self) -> str:
        return f"Operator({self.id})"

    @property
    def active(self) -> bool:
        return self.disabled_at is None

    @property
    def has_codes(self) -> bool:
        return self.code_confirmed_at is not None

    def with_code_step(self, step: int) -> "Operator":
        """A code is good once, and none before it ever again (RFC 6238, 5.2). Raises FactorWrong."""
        if step <= self.code_step:
            raise FactorWrong("This code is wrong, was used, or its time is over.", field="code")
        return replace(self, code_step=step)

    def without_codes(self) -> "Operator":
        return replace(self, code_secret=None, code_confirmed_at=None, code_step=0)


class Session(Struct, frozen=True, kw_only=True):
    """A sign-in. `proven_at` is when its operator last showed who they are."""

    id: SessionId
    operator_id: OperatorId
    method: Method
    created_at: datetime
    used_at: datetime
    proven_at: datetime
    ip: str | None
    device: str | None

    def __repr__(self) -> str:
        return f"Session({self.id})"

    def ends_at(self) -> datetime:
        return min(self.used_at + IDLE, self.created_at + AT_MOST)

    def alive(self, now: datetime) -> bool:
        return now < self.ends_at()

    def fresh(self, now: datetime) -> bool:
        return now < self.proven_at + FRESH


class Passkey(Struct, frozen=True, kw_only=True):
    """A WebAuthn credential (W3C Web Authentication Level 2)."""

    id: PasskeyId
    operator_id: OperatorId
    name: str
    credential_id: bytes
    public_key: bytes
    sign_count: int
    created_at: datetime
    last_used_at: datetime | None = None


class LinkKind(StrEnum):
    FIRST = "first"
    INVITATION = "invitation"
    RESET = "reset"


def actor_of(operator: Operator, session: Session, origin: Origin, now: datetime, *, live: bool) -> Actor:
    return Actor(
        id=f"operator:{operator.id}",
        permissions=permissions_of(operator.role),
        live=live,
        origin=origin,
        fresh=session.fresh(now),
    )


def operator_id_of(by: Actor) -> OperatorId:
    """Raises NotAnOperator."""
    kind, _, text = by.id.partition(":")
    if kind != "operator":
        raise NotAnOperator("Only somebody who is signed in has an account of their own.")
    return OperatorId(UUID(text))


def session_id_of(by: Actor) -> SessionId:
    """Raises NotAnOperator."""
    if by.origin is None or by.origin.session is None:
        raise NotAnOperator("Only somebody who is signed in has a session.")
    return SessionId(UUID(by.origin.session))


def normal(password: str) -> str:
    """The same password however a keyboard composes it (NIST SP 800-63B-4, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def must_be_long_enough(password: str) -> None:
    """Length alone, no composition: what is easily guessed is looked up, not described. Raises WeakPassword."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"Use {SHORTEST} to {LONGEST} characters; a few words are fine.", field="password")


def must_not_be_about(password: str, words: Sequence[str]) -> None:
    """Not made of who one is or what this is, nor of one thing again and again. Raises WeakPassword."""
    said = password.casefold()
    for word in sorted({word.casefold() for word in words if len(word) > 2}, key=len, reverse=True):
        said = said.replace(word, "")
    if len(said) < SHORTEST // 2 or len(set(said)) < 5:
        raise WeakPassword("Do not use your name, your address, this product's name or a repetition.", field="password")


def way_back(text: str | None) -> str:
    """A page of the staff's own, whatever was asked for: never another host, a scheme or a way out of /admin."""
    return text if text and _PAGE.fullmatch(text) and ".." not in text else "/admin"
