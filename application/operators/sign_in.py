"""Signing in with address and password, and a second factor where there is one."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.operators.ports import Operators, Passwords, Steps
from application.operators.second_factors import SecondFactors
from application.operators.shapes import CodeText, EmailText, PasswordText, RecoveryText, Token
from application.operators.sign_ins import Opened, SignIns, Where, digest_of, new_token
from application.operators.throttle import Throttle, network_of
from application.ports import Clock, Transaction
from domain.addresses import Address, Channel
from domain.errors import Invalid
from domain.ids import OperatorId
from domain.operators import FactorWrong, Method, Operator, SignInFailed, normal
from domain.sign_in_tries import Allowed, allowed_for, factor_tries

_PENDING, _PENDING_LASTS = "second_factor", timedelta(minutes=10)


class Credentials(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    email: EmailText
    password: PasswordText

    def __repr__(self) -> str:
        return "Credentials(…)"


class SecondFactor(Struct, frozen=True, kw_only=True):
    """The password was right; `ticket` and one of `methods` finish the sign-in until then."""

    ticket: str
    methods: tuple[Literal["code", "recovery_code"], ...]
    until: datetime


class Proof(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of the app, or one of the recovery codes."""

    ticket: Token
    code: CodeText | None = None
    recovery_code: RecoveryText | None = None

    def __repr__(self) -> str:
        return "Proof(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The same answer after the same time, whether the address is unknown, its account is disabled or the password is
    wrong.
    """

    operators: Operators
    passwords: Passwords
    steps: Steps
    sign_ins: SignIns
    throttle: Throttle
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: Credentials, where: Where) -> Opened | SecondFactor:
        """Raises SignInFailed, TooManyTries."""
        now, email = self.clock.now(), _email(command.email)
        operator = await self._found(email)
        account = email.value if email else command.email.casefold()
        allowed = allowed_for(account, network_of(where.ip), self.sign_ins.device_of(where, operator, now))
        await self.throttle.charge(allowed, now)
        password = normal(command.password)
        known = operator.password if operator and operator.active else None
        right = await self.passwords.matches(known, password)
        if operator is None or known is None or not right:
            async with self.transaction():
                await self.sign_ins.failed(operator, where, now)
            raise SignInFailed("The address or the password is wrong.")
        fresh = await self.passwords.hash(password) if self.passwords.dated(known) else None
        async with self.transaction():
            return await self._went_on(operator, known, fresh, allowed, where, now)

    async def _found(self, email: Address | None) -> Operator | None:
        async with self.transaction():
            return await self.operators.by_email(email or _NOBODY)

    async def _went_on(
        self, seen: Operator, known: str, fresh: str | None, allowed: Sequence[Allowed], where: Where, now: datetime
    ) -> Opened | SecondFactor:
        """Who was disabled, or set another password, while this one was being checked is not let in."""
        operator = await self.operators.get(seen.id)
        if not operator.active or operator.password != known:
            raise SignInFailed("The address or the password is wrong.")
        if fresh is not None:
            operator = replace(operator, password=fresh)
            await self.operators.save(operator)
        await self.throttle.refund(allowed, now)
        if not operator.has_codes:
            return await self.sign_ins.open(operator, Method.PASSWORD, where, now)
        ticket, until = new_token(), now + _PENDING_LASTS
        await self.steps.keep(_PENDING, digest_of(ticket), _waiting(operator), until)
        return SecondFactor(ticket=ticket, methods=("code", "recovery_code"), until=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishSignIn:
    """The second factor, after the password: one that was set anew meanwhile ends what the one before began."""

    operators: Operators
    second_factors: SecondFactors
    steps: Steps
    sign_ins: SignIns
    throttle: Throttle
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: Proof, where: Where) -> Opened:
        """Raises LinkUnusable where the ticket is over, FactorWrong, TooManyTries."""
        now, ticket = self.clock.now(), digest_of(command.ticket)
        async with self.transaction():
            pending = await self.steps.look(_PENDING, ticket, now)
        if pending is None:
            raise FactorWrong("This sign-in is over; begin again.", field="ticket")
        operator_id = OperatorId(UUID(bytes=pending[:16]))
        allowed = factor_tries(operator_id)
        await self.throttle.charge(allowed, now)
        async with self.transaction():
            operator = await self.operators.get(operator_id)
            if not hmac.compare_digest(pending, _waiting(operator)):
                raise FactorWrong("This sign-in is over; begin again.", field="ticket")
            method = await self.second_factors.proven(operator, command.code, command.recovery_code, now)
            if await self.steps.take(_PENDING, ticket, now) is None or not operator.active:
                raise FactorWrong("This sign-in is over; begin again.", field="ticket")
            await self.throttle.refund(allowed, now)
            return await self.sign_ins.open(await self.operators.get(operator_id), method, where, now)


_NOBODY = Address("nobody@example.invalid", Channel.EMAIL)


def _waiting(operator: Operator) -> bytes:
    """Who waits for the second factor, and with which password they came so far."""
    return operator.id.bytes + digest_of(operator.password or "")


def _email(text: str) -> Address | None:
    try:
        return Address.parse(text, Channel.EMAIL)
    except Invalid:
        return None
