"""What every way of signing in ends with: a new session under a secret nobody knew before."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import Struct

from application.access.tickets import Ticket, Tickets
from application.audit.auditing import noted
from application.audit.ports import Trail
from application.operators.ports import Sessions
from domain.access import Actor, Origin
from domain.audit.record import Subject
from domain.ids import OperatorId, SessionId, new_id
from domain.operators import Method, Operator, Session

_DEVICE_PAGE, _DEVICE_LASTS = "operator-device", timedelta(days=90)
_LONGEST_DEVICE = 200


class Where(Struct, frozen=True, kw_only=True):
    """What a request says of where it comes from. `known` is what a browser signed in on before carries."""

    request_id: str
    ip: str | None = None
    device: str | None = None
    known: str | None = None

    def __repr__(self) -> str:
        return f"Where({self.request_id})"


class Opened(Struct, frozen=True, kw_only=True):
    """`token` goes into the browser's cookie and is kept nowhere; `known` marks the browser for the next time."""

    operator: Operator
    session: Session
    token: str
    known: str | None = None

    def __repr__(self) -> str:
        return f"Opened({self.session.id})"


def digest_of(token: str) -> bytes:
    """A token is 256 random bits: a plain digest of it cannot be searched."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def new_token() -> str:
    return secrets.token_urlsafe(32)


def csrf_of(token: str) -> str:
    """What a page of ours can say and another site cannot: nobody gets from it to the token."""
    mac = hmac.digest(token.encode("utf-8", "replace"), b"csrf", hashlib.sha256)
    return urlsafe_b64encode(mac).decode().rstrip("=")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIns:
    sessions: Sessions
    trail: Trail
    tickets: Tickets

    async def open(self, operator: Operator, method: Method, where: Where, now: datetime) -> Opened:
        """In the caller's transaction. Nothing a browser brought along becomes the session's secret."""
        session = Session(
            id=SessionId(new_id(now)),
            operator_id=operator.id,
            method=method,
            created_at=now,
            used_at=now,
            proven_at=now,
            ip=where.ip,
            device=where.device[:_LONGEST_DEVICE] if where.device else None,
        )
        token = new_token()
        await self.sessions.add(session, digest_of(token))
        by = acting(operator, where, session)
        await self.trail.record(
            [noted(by, "operator.signed_in", subject_of(operator.id), now, after={"method": method.value})]
        )
        return Opened(operator=operator, session=session, token=token, known=self._mark(operator, now))

    async def failed(self, operator: Operator | None, where: Where, now: datetime) -> None:
        """In the caller's transaction."""
        by = Actor(id="anybody", origin=Origin(request_id=where.request_id, ip=where.ip))
        subject = subject_of(operator.id if operator else None)
        await self.trail.record([noted(by, "operator.sign_in_failed", subject, now)])

    def device_of(self, where: Where, operator: Operator | None, now: datetime) -> str | None:
        """The browser, if this operator signed in on it before."""
        ticket = self.tickets.read(where.known) if where.known else None
        if ticket is None or where.known is None or operator is None or ticket.page != _DEVICE_PAGE:
            return None
        return self.tickets.alias(where.known) if ticket.about == str(operator.id) and now < ticket.until else None

    def _mark(self, operator: Operator, now: datetime) -> str:
        return self.tickets.sign(
            Ticket(page=_DEVICE_PAGE, purpose="sign-in", until=now + _DEVICE_LASTS, about=str(operator.id))
        )


def acting(operator: Operator, where: Where, session: Session | None = None) -> Actor:
    origin = Origin(request_id=where.request_id, session=str(session.id) if session else None, ip=where.ip)
    return Actor(id=f"operator:{operator.id}", origin=origin)


def subject_of(operator_id: OperatorId | None) -> Subject:
    return Subject(kind="operator", id=str(operator_id) if operator_id else None)
