"""Setting a password: what it has to be, and what ends with the one before."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.operators.mails import OperatorMails
from application.operators.ports import BreachedPasswords, Links, Operators, Passwords, Sessions
from application.operators.sessions import renewed
from application.operators.shapes import EmailText, PasswordText, Token
from application.operators.sign_ins import Opened, Where, acting, digest_of, subject_of
from application.operators.throttle import Throttle, network_of
from application.ports import Clock, Transaction
from domain.access import Actor
from domain.addresses import Address, Channel
from domain.errors import Invalid
from domain.operators import (
    FactorWrong,
    LinkKind,
    LinkUnusable,
    Operator,
    WeakPassword,
    must_be_long_enough,
    must_not_be_about,
    normal,
    operator_id_of,
    session_id_of,
)
from domain.sign_in_tries import factor_tries, reset_tries

_PRODUCT = ("optin", "manager", "opt-in")


class NewPassword(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    current: PasswordText
    new: PasswordText

    def __repr__(self) -> str:
        return "NewPassword(…)"


class ForgottenPassword(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    email: EmailText

    def __repr__(self) -> str:
        return "ForgottenPassword(…)"


class ResetPassword(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    token: Token
    password: PasswordText

    def __repr__(self) -> str:
        return "ResetPassword(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordRules:
    passwords: Passwords
    breached_passwords: BreachedPasswords

    async def hashed(self, password: str, email: Address, name: str) -> str:
        """Raises WeakPassword."""
        said = normal(password)
        must_be_long_enough(said)
        local, _, host = email.value.partition("@")
        must_not_be_about(said, (*_PRODUCT, *name.split(), local, host.partition(".")[0]))
        if self.breached_passwords.known(said):
            raise WeakPassword("Others have used this password, and lists of them are tried first.", field="password")
        return await self.passwords.hash(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword:
    operators: Operators
    sessions: Sessions
    passwords: Passwords
    password_rules: PasswordRules
    throttle: Throttle
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: NewPassword, by: Actor) -> Opened:
        """Every other sign-in ends. Raises FactorWrong, WeakPassword, TooManyTries."""
        now, operator_id = self.clock.now(), operator_id_of(by)
        await self.throttle.charge(factor_tries(operator_id), now)
        async with self.transaction():
            seen = await self.operators.get(operator_id)
        if not await self.passwords.matches(seen.password, normal(command.current)):
            raise FactorWrong("The present password is wrong.", field="current")
        hashed = await self.password_rules.hashed(command.new, seen.email, seen.name)
        async with self.transaction():
            operator = await self.operators.get(operator_id)
            if operator.password != seen.password:
                raise FactorWrong("The present password is wrong.", field="current")
            await self.operators.save(changed := replace(operator, password=hashed))
            await self.sessions.end_all(operator.id, but=session_id_of(by))
            await self.throttle.refund(factor_tries(operator_id), now)
            await self.trail.record([noted(by, "operator.password_changed", subject_of(operator.id), now)])
            return await renewed(self.sessions, self.trail, changed, by, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForReset:
    """The same answer whether somebody has this address or not; what was found is told by mail alone."""

    operators: Operators
    operator_mails: OperatorMails
    throttle: Throttle
    transaction: Transaction
    clock: Clock
    _going: "set[asyncio.Task[None]]" = field(default_factory=set)

    async def __call__(self, command: ForgottenPassword, where: Where) -> None:
        """Answered before anything is looked up: neither the database nor the mail server tells by its time that
        somebody has this address. Raises TooManyTries.
        """
        now, email = self.clock.now(), _email(command.email)
        await self.throttle.charge(reset_tries(command.email.casefold(), network_of(where.ip)), now)
        if email is not None and self.operator_mails.set_up:
            task = asyncio.create_task(self._send(email, where, now))
            self._going.add(task)
            task.add_done_callback(self._going.discard)

    async def _send(self, email: Address, where: Where, now: datetime) -> None:
        async with self.transaction():
            operator = await self.operators.by_email(email)
            if operator is None or not operator.active:
                return
            token = await self.operator_mails.reset_link(operator, acting(operator, where), now)
        await self.operator_mails.send_reset(operator, token)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishReset:
    """Shows nothing but the mailbox, so whoever has a second factor still needs it to sign in."""

    operators: Operators
    sessions: Sessions
    operator_links: Links
    password_rules: PasswordRules
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: ResetPassword, where: Where) -> None:
        """Every sign-in ends. A refused password leaves the link as it is. Raises LinkUnusable, WeakPassword."""
        now, digest = self.clock.now(), digest_of(command.token)
        seen = await self._owner(digest, now)
        hashed = await self.password_rules.hashed(command.password, seen.email, seen.name)
        async with self.transaction():
            link = await self.operator_links.take(LinkKind.RESET, digest, now)
            if link is None:
                raise _unusable()
            operator = await self.operators.get(seen.id)
            await self.operators.save(replace(operator, password=hashed))
            await self.sessions.end_all(operator.id)
            await self.operator_links.drop(LinkKind.RESET, operator_id=operator.id)
            by = acting(operator, where)
            await self.trail.record([noted(by, "operator.password_reset", subject_of(operator.id), now)])

    async def _owner(self, digest: bytes, now: datetime) -> Operator:
        async with self.transaction():
            link = await self.operator_links.look(LinkKind.RESET, digest, now)
            operator = await self.operators.get(link.operator_id) if link and link.operator_id else None
        if operator is None or not operator.active:
            raise _unusable()
        return operator


def _unusable() -> LinkUnusable:
    return LinkUnusable("This link was used, is over, or is none of ours.", field="token")


def _email(text: str) -> Address | None:
    try:
        return Address.parse(text, Channel.EMAIL)
    except Invalid:
        return None
