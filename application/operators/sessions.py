"""Sign-ins under way: known by their secret, listed, ended, and proven once more before what is dangerous."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.operators.ports import Operators, Passwords, Sessions, SignedIn
from application.operators.second_factors import SecondFactors
from application.operators.shapes import CodeText, PasswordText, RecoveryText
from application.operators.sign_ins import Opened, digest_of, new_token, subject_of
from application.operators.throttle import Throttle
from application.ports import Clock, Transaction
from domain.access import Actor, Permission
from domain.ids import OperatorId, SessionId
from domain.operators import (
    NOTED_EVERY,
    FactorWrong,
    NoSuchSession,
    Operator,
    Session,
    normal,
    operator_id_of,
    session_id_of,
)
from domain.sign_in_tries import factor_tries


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowSession:
    """Who a secret belongs to now. Asked anew for each request: what is ended is ended at once."""

    sessions: Sessions
    transaction: Transaction

    async def __call__(self, token: str, now: datetime) -> SignedIn | None:
        async with self.transaction():
            found = await self.sessions.by_digest(digest_of(token))
            if found is None or not found.operator.active:
                return None
            if not found.session.alive(now):
                await self.sessions.end(found.operator.id, found.session.id)
                return None
            if now - found.session.used_at >= NOTED_EVERY:
                await self.sessions.used(found.session.id, now)
        return found


class Proving(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code where the account has codes, the password where it has none."""

    password: PasswordText | None = None
    code: CodeText | None = None
    recovery_code: RecoveryText | None = None

    def __repr__(self) -> str:
        return "Proving(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUp:
    """Opens what is dangerous for some minutes. The session goes on under another secret."""

    operators: Operators
    sessions: Sessions
    passwords: Passwords
    second_factors: SecondFactors
    throttle: Throttle
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: Proving, by: Actor) -> Opened:
        """Raises FactorWrong, TooManyTries."""
        now, operator_id = self.clock.now(), operator_id_of(by)
        await self.throttle.charge(factor_tries(operator_id), now)
        async with self.transaction():
            seen = await self.operators.get(operator_id)
        right = await self.passwords.matches(seen.password, normal(command.password)) if command.password else False
        async with self.transaction():
            operator = await self.operators.get(operator_id)
            if operator.has_codes:
                await self.second_factors.proven(operator, command.code, command.recovery_code, now)
            elif not right or operator.password != seen.password:
                raise FactorWrong("The password is wrong.", field="password")
            await self.throttle.refund(factor_tries(operator_id), now)
            return await renewed(self.sessions, self.trail, operator, by, now)


async def renewed(sessions: Sessions, trail: Trail, operator: Operator, by: Actor, now: datetime) -> Opened:
    """The same session under another secret, with its operator just proven. In the caller's transaction."""
    mine, token = session_id_of(by), new_token()
    session = next((one for one in await sessions.of(operator.id) if one.id == mine), None)
    if session is None:
        raise NoSuchSession("This sign-in is over.")
    await sessions.renew(mine, digest_of(token), now)
    await trail.record([noted(by, "operator.proven", subject_of(operator.id), now)])
    return Opened(operator=operator, session=replace(session, proven_at=now, used_at=now), token=token)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionQueries:
    """One's own sign-ins; those of others for whoever reads operators."""

    sessions: Sessions
    operators: Operators
    transaction: Transaction
    clock: Clock

    async def of(self, operator_id: UUID, by: Actor) -> list[Session]:
        """Raises NoSuchOperator."""
        if operator_id_of(by) != operator_id:
            by.must(Permission.READ_OPERATORS)
        now = self.clock.now()
        async with self.transaction():
            await self.operators.get(OperatorId(operator_id))
            found = await self.sessions.of(OperatorId(operator_id))
        return [session for session in found if session.alive(now)]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSession:
    """One's own, or all of another operator's for whoever administers them."""

    sessions: Sessions
    operators: Operators
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, session_id: UUID, by: Actor) -> None:
        """Raises NoSuchSession: for one that is somebody else's as well."""
        now, operator_id = self.clock.now(), operator_id_of(by)
        async with self.transaction():
            if not await self.sessions.end(operator_id, SessionId(session_id)):
                raise NoSuchSession("You have no sign-in with this id.")
            after = {"session": str(session_id)}
            await self.trail.record([noted(by, "operator.session_ended", subject_of(operator_id), now, after=after)])

    async def every(self, operator_id: UUID, by: Actor) -> None:
        """Raises NoSuchOperator, NotPermitted."""
        now, mine = self.clock.now(), operator_id_of(by) == operator_id
        if not mine:
            by.must(Permission.WRITE_OPERATORS)
        async with self.transaction():
            operator = await self.operators.get(OperatorId(operator_id))
            await self.sessions.end_all(operator.id, but=session_id_of(by) if mine else None)
            await self.trail.record([noted(by, "operator.sessions_ended", subject_of(operator.id), now)])
