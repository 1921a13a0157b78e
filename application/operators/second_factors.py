"""Codes of an app, and recovery codes for the day the phone is gone."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.operators.ports import Codes, Operators, Sessions
from application.operators.shapes import CodeText
from application.operators.sign_ins import subject_of
from application.operators.throttle import Throttle
from application.ports import Clock, Transaction
from domain.access import Actor
from domain.operators import (
    RECOVERY_CODES,
    FactorState,
    FactorWrong,
    Method,
    Operator,
    operator_id_of,
    session_id_of,
)
from domain.sign_in_tries import factor_tries

# Without letters and digits that look alike: 16 of these are 80 bits.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # pragma: allowlist secret


class CodeOffer(Struct, frozen=True, kw_only=True):
    """For the app: `picture` is the QR code of `address`. Shown until the first code confirms it."""

    address: str
    picture: str

    def __repr__(self) -> str:
        return "CodeOffer(…)"


class RecoveryCodes(Struct, frozen=True, kw_only=True):
    """Each signs in once in place of a code. Shown here and never again."""

    codes: tuple[str, ...]

    def __repr__(self) -> str:
        return "RecoveryCodes(…)"


class ConfirmingCode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: CodeText


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactors:
    operators: Operators
    codes: Codes
    trail: Trail

    async def proven(self, operator: Operator, code: str | None, recovery: str | None, now: datetime) -> Method:
        """In the caller's transaction, with the operator locked: the same code does not count twice, however many try
        it side by side. Raises FactorWrong.
        """
        if code is not None and operator.has_codes and operator.code_secret is not None:
            step = self.codes.step(operator.code_secret, code, now)
            if step is not None:
                await self.operators.save(operator.with_code_step(step))
                return Method.PASSWORD_AND_CODE
        elif recovery is not None and await self.operators.use_recovery_code(operator.id, plain(recovery)):
            by = Actor(id=f"operator:{operator.id}")
            await self.trail.record([noted(by, "operator.recovery_code_used", subject_of(operator.id), now)])
            return Method.PASSWORD_AND_RECOVERY
        raise FactorWrong("This code is wrong, was used, or its time is over.", field="code")


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginCodes:
    """Nothing is asked for at sign-in until a first code shows that the app has the secret."""

    operators: Operators
    codes: Codes
    transaction: Transaction

    async def __call__(self, by: Actor) -> CodeOffer:
        """Raises FactorState, StepUpNeeded."""
        by.must_be_fresh()
        async with self.transaction():
            operator = await self.operators.get(operator_id_of(by))
            if operator.has_codes:
                raise FactorState("Codes are asked for already; stop that first.")
            secret = self.codes.new_secret()
            await self.operators.save(replace(operator, code_secret=secret))
        address = self.codes.address(secret, operator.email.value)
        return CodeOffer(address=address, picture=self.codes.picture(address))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmCodes:
    operators: Operators
    codes: Codes
    sessions: Sessions
    trail: Trail
    throttle: Throttle
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: ConfirmingCode, by: Actor) -> RecoveryCodes:
        """Ends every other sign-in: those had no second factor. Raises FactorState, FactorWrong, TooManyTries."""
        by.must_be_fresh()
        now, operator_id = self.clock.now(), operator_id_of(by)
        await self.throttle.charge(factor_tries(operator_id), now)
        async with self.transaction():
            operator = await self.operators.get(operator_id)
            if operator.has_codes or operator.code_secret is None:
                raise FactorState("There is nothing to confirm; begin with a new secret.")
            step = self.codes.step(operator.code_secret, command.code, now)
            if step is None:
                raise FactorWrong("This code is wrong, or its time is over.", field="code")
            await self.throttle.refund(factor_tries(operator_id), now)
            await self.operators.save(replace(operator.with_code_step(step), code_confirmed_at=now))
            made = new_codes()
            await self.operators.set_recovery_codes(operator.id, [plain(code) for code in made])
            await self.sessions.end_all(operator.id, but=session_id_of(by))
            await self.trail.record([noted(by, "operator.codes_begun", subject_of(operator.id), now)])
        return RecoveryCodes(codes=made)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopCodes:
    operators: Operators
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, by: Actor) -> None:
        """Raises StepUpNeeded."""
        by.must_be_fresh()
        now = self.clock.now()
        async with self.transaction():
            operator = await self.operators.get(operator_id_of(by))
            await self.operators.save(operator.without_codes())
            await self.operators.set_recovery_codes(operator.id, [])
            await self.trail.record([noted(by, "operator.codes_stopped", subject_of(operator.id), now)])


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewRecoveryCodes:
    operators: Operators
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, by: Actor) -> RecoveryCodes:
        """The ones before are worth nothing. Raises FactorState, StepUpNeeded."""
        by.must_be_fresh()
        now, made = self.clock.now(), new_codes()
        async with self.transaction():
            operator = await self.operators.get(operator_id_of(by))
            if not operator.has_codes:
                raise FactorState("Recovery codes stand in for the codes of an app; set that up first.")
            await self.operators.set_recovery_codes(operator.id, [plain(code) for code in made])
            await self.trail.record([noted(by, "operator.recovery_codes_renewed", subject_of(operator.id), now)])
        return RecoveryCodes(codes=made)


def new_codes() -> tuple[str, ...]:
    return tuple(_grouped("".join(secrets.choice(_ALPHABET) for _ in range(16))) for _ in range(RECOVERY_CODES))


def plain(code: str) -> str:
    """However it is written down."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
