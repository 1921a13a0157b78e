"""What staff accounts need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from msgspec import Struct

from domain.addresses import Address
from domain.ids import OperatorId, PasskeyId, SessionId
from domain.operators import LinkKind, Operator, Passkey, Session
from domain.roles import Role
from domain.sign_in_tries import Tries


class Operators(Protocol):
    async def alone(self) -> None:
        """Whoever makes, moves or ends an administrator waits for the others that do, until the transaction ends."""
        ...

    async def add(self, operator: Operator) -> None:
        """Raises OperatorExists."""
        ...

    async def get(self, operator_id: OperatorId) -> Operator:
        """Locked until the transaction ends. Raises NoSuchOperator."""
        ...

    async def by_email(self, email: Address) -> Operator | None: ...

    async def by_company(self, issuer: str, subject: str) -> Operator | None: ...

    async def save(self, operator: Operator) -> None: ...

    async def every(self) -> list[Operator]:
        """Newest first."""
        ...

    async def admins(self) -> int:
        """How many there are that may sign in."""
        ...

    async def set_recovery_codes(self, operator_id: OperatorId, codes: Sequence[str]) -> None:
        """In place of those there were."""
        ...

    async def use_recovery_code(self, operator_id: OperatorId, code: str) -> bool:
        """Each is there once, whoever is first."""
        ...

    async def recovery_codes(self, operator_id: OperatorId) -> int:
        """How many are left."""
        ...


class Passkeys(Protocol):
    async def add(self, passkey: Passkey) -> None: ...

    async def save(self, passkey: Passkey) -> None: ...

    async def of(self, operator_id: OperatorId) -> list[Passkey]: ...

    async def by_credential(self, credential_id: bytes) -> Passkey | None:
        """Locked until the transaction ends."""
        ...

    async def remove(self, operator_id: OperatorId, passkey_id: PasskeyId) -> bool: ...

    async def remove_all(self, operator_id: OperatorId) -> None: ...


class SignedIn(Struct, frozen=True, kw_only=True):
    """Who a request comes from."""

    operator: Operator
    session: Session


class Sessions(Protocol):
    async def add(self, session: Session, digest: bytes) -> None: ...

    async def by_digest(self, digest: bytes) -> SignedIn | None: ...

    async def of(self, operator_id: OperatorId) -> list[Session]:
        """Newest first."""
        ...

    async def used(self, session_id: SessionId, at: datetime) -> None: ...

    async def renew(self, session_id: SessionId, digest: bytes, proven_at: datetime) -> None:
        """The same sign-in under another secret; the one before is worth nothing."""
        ...

    async def end(self, operator_id: OperatorId, session_id: SessionId) -> bool: ...

    async def end_all(self, operator_id: OperatorId, *, but: SessionId | None = None) -> int: ...

    async def forget(self, before: datetime) -> int:
        """Those begun before then."""
        ...


class Link(Struct, frozen=True, kw_only=True):
    """A one-time link; `email` is whom an invitation invites."""

    id: UUID
    kind: LinkKind
    made_by: str
    created_at: datetime
    expires_at: datetime
    operator_id: OperatorId | None = None
    role: Role | None = None
    email: Address | None = None


class Links(Protocol):
    async def add(self, link: Link, digest: bytes) -> None: ...

    async def look(self, kind: LinkKind, digest: bytes, now: datetime) -> Link | None: ...

    async def take(self, kind: LinkKind, digest: bytes, now: datetime) -> Link | None:
        """Gone once it is taken, whoever is first; None if it is over or was taken."""
        ...

    async def of(self, kind: LinkKind, now: datetime) -> list[Link]:
        """Those that still work, newest first."""
        ...

    async def drop(self, kind: LinkKind, *, link_id: UUID | None = None, operator_id: OperatorId | None = None) -> int:
        """One, an operator's, or all of the kind."""
        ...

    async def forget(self, now: datetime) -> int:
        """Those that are over."""
        ...


class Steps(Protocol):
    """What waits for its next step. `what` may be secret."""

    async def keep(self, kind: str, digest: bytes, what: bytes, until: datetime) -> None: ...

    async def look(self, kind: str, digest: bytes, now: datetime) -> bytes | None: ...

    async def take(self, kind: str, digest: bytes, now: datetime) -> bytes | None:
        """Gone once it is taken, whoever is first."""
        ...

    async def forget(self, now: datetime) -> int: ...


class SignInTries(Protocol):
    async def locked(self, subjects: Sequence[str], now: datetime) -> list[Tries]:
        """As many as asked for, in their order, each locked until the transaction ends."""
        ...

    async def keep(self, subject: str, tries: Tries) -> None: ...

    async def forget(self, before: datetime) -> int:
        """Those not tried again since."""
        ...


class Passwords(Protocol):
    """Argon2id; the parameters stand in each hash."""

    async def hash(self, password: str) -> str: ...

    async def matches(self, known: str | None, password: str) -> bool:
        """Takes as long where none is known."""
        ...

    def dated(self, known: str) -> bool:
        """Whether it was made with other parameters than are used now."""
        ...


class BreachedPasswords(Protocol):
    def known(self, password: str) -> bool:
        """Whether it is among those that others guess first."""
        ...


class Codes(Protocol):
    """Codes of an authenticator app (RFC 6238)."""

    def new_secret(self) -> bytes: ...

    def address(self, secret: bytes, account: str) -> str:
        """`otpauth:` with everything an app needs."""
        ...

    def picture(self, address: str) -> str:
        """As a QR code, an image to show without asking anybody else for it."""
        ...

    def step(self, secret: bytes, code: str, now: datetime) -> int | None:
        """The step of time the code is for, if that is now or a step away."""
        ...


class Offer(Struct, frozen=True, kw_only=True):
    """What a browser hands to an authenticator, and the challenge that comes back signed."""

    challenge: bytes
    options: dict[str, Any]


class NewCredential(Struct, frozen=True, kw_only=True):
    credential_id: bytes
    public_key: bytes
    sign_count: int


class Authenticators(Protocol):
    """WebAuthn, bound to the address people reach this installation under."""

    def to_register(self, operator: Operator, known: Sequence[Passkey]) -> Offer: ...

    def registered(self, answer: dict[str, Any], challenge: bytes) -> NewCredential | None: ...

    def to_sign_in(self) -> Offer: ...

    def named(self, answer: dict[str, Any]) -> bytes | None:
        """The credential the answer says it is of."""
        ...

    def proven(self, answer: dict[str, Any], challenge: bytes, passkey: Passkey) -> int | None:
        """The new count of signatures, if the passkey's holder was there and unlocked it."""
        ...


class Departure(Struct, frozen=True, kw_only=True):
    """Where a browser is sent to sign in with the company, and what has to be known when it comes back."""

    url: str
    state: str
    nonce: str
    verifier: str


class CompanyAccount(Struct, frozen=True, kw_only=True):
    """Whom the company says it is. `role` is that of the claims, if any of them stands for one."""

    issuer: str
    subject: str
    email: Address
    name: str
    role: Role | None


class Company(Protocol):
    """Sign-in with the company's own accounts (OpenID Connect Core 1.0)."""

    @property
    def set_up(self) -> bool: ...

    async def departure(self) -> Departure:
        """Raises CompanyUnreachable."""
        ...

    async def arrival(self, code: str, nonce: str, verifier: str, issuer: str | None, now: datetime) -> CompanyAccount:
        """Raises SignInFailed, CompanyUnreachable."""
        ...


class StaffMail(Protocol):
    @property
    def set_up(self) -> bool: ...

    async def send(self, to: Address, subject: str, text: str) -> bool:
        """Whether it was taken."""
        ...
