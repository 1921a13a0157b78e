"""Passkeys: added by who just proved who they are, and enough to sign in alone, for their holder unlocks them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.operators.ports import Authenticators, Operators, Passkeys, Sessions, Steps
from application.operators.sessions import renewed
from application.operators.shapes import NameText, Token
from application.operators.sign_ins import Opened, SignIns, Where, digest_of, new_token, subject_of
from application.operators.throttle import Throttle, network_of
from application.ports import Clock, Transaction
from domain.access import Actor
from domain.ids import OperatorId, PasskeyId, new_id
from domain.operators import (
    FactorWrong,
    Method,
    NoSuchPasskey,
    Operator,
    Passkey,
    SignInFailed,
    operator_id_of,
)
from domain.sign_in_tries import passkey_tries

_ADDING, _PROVING, _LASTS = "passkey_adding", "passkey_proving", timedelta(minutes=5)


class PasskeyOffer(Struct, frozen=True, kw_only=True):
    """`options` for the browser's `navigator.credentials`; `ticket` comes back with its answer."""

    ticket: str
    options: dict[str, Any]


class NewPasskey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    ticket: Token
    name: NameText
    credential: dict[str, Any]


class PasskeyProof(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    ticket: Token
    credential: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPasskeys:
    operators: Operators
    passkeys: Passkeys
    authenticators: Authenticators
    steps: Steps
    throttle: Throttle
    transaction: Transaction
    clock: Clock

    async def to_add(self, by: Actor) -> PasskeyOffer:
        """Raises StepUpNeeded."""
        by.must_be_fresh()
        now, ticket = self.clock.now(), new_token()
        async with self.transaction():
            operator = await self.operators.get(operator_id_of(by))
            offer = self.authenticators.to_register(operator, await self.passkeys.of(operator.id))
            await self.steps.keep(_ADDING, digest_of(ticket), operator.id.bytes + offer.challenge, now + _LASTS)
        return PasskeyOffer(ticket=ticket, options=offer.options)

    async def to_prove(self, where: Where) -> PasskeyOffer:
        """The same whoever asks: the browser knows which passkeys it has. Raises TooManyTries."""
        now, ticket = self.clock.now(), new_token()
        await self.throttle.charge(passkey_tries(network_of(where.ip)), now)
        offer = self.authenticators.to_sign_in()
        async with self.transaction():
            await self.steps.keep(_PROVING, digest_of(ticket), offer.challenge, now + _LASTS)
        return PasskeyOffer(ticket=ticket, options=offer.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPasskey:
    passkeys: Passkeys
    authenticators: Authenticators
    steps: Steps
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: NewPasskey, by: Actor) -> Passkey:
        """Raises FactorWrong, StepUpNeeded."""
        by.must_be_fresh()
        now, mine = self.clock.now(), operator_id_of(by)
        async with self.transaction():
            asked = await self.steps.take(_ADDING, digest_of(command.ticket), now)
            if asked is None or asked[:16] != mine.bytes:
                raise FactorWrong("This is over; begin again.", field="ticket")
            made = self.authenticators.registered(command.credential, asked[16:])
            if made is None or await self.passkeys.by_credential(made.credential_id) is not None:
                raise FactorWrong("This is no passkey that can be added here.", field="credential")
            passkey = Passkey(
                id=PasskeyId(new_id(now)),
                operator_id=mine,
                name=command.name.strip(),
                credential_id=made.credential_id,
                public_key=made.public_key,
                sign_count=made.sign_count,
                created_at=now,
            )
            await self.passkeys.add(passkey)
            after = {"passkey": str(passkey.id)}
            await self.trail.record([noted(by, "operator.passkey_added", subject_of(mine), now, after=after)])
        return passkey

    async def list(self, by: Actor) -> list[Passkey]:
        async with self.transaction():
            return await self.passkeys.of(operator_id_of(by))

    async def remove(self, passkey_id: UUID, by: Actor) -> None:
        """Raises NoSuchPasskey: for one that is somebody else's as well."""
        by.must_be_fresh()
        now, mine = self.clock.now(), operator_id_of(by)
        async with self.transaction():
            if not await self.passkeys.remove(mine, PasskeyId(passkey_id)):
                raise NoSuchPasskey("You have no passkey with this id.")
            before = {"passkey": str(passkey_id)}
            await self.trail.record([noted(by, "operator.passkey_removed", subject_of(mine), now, before=before)])


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvePasskey:
    """Signs in, or proves once more who is signed in."""

    operators: Operators
    passkeys: Passkeys
    sessions: Sessions
    authenticators: Authenticators
    steps: Steps
    sign_ins: SignIns
    throttle: Throttle
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def sign_in(self, command: PasskeyProof, where: Where) -> Opened:
        """What the offer was charged is given back. Raises SignInFailed."""
        now, allowed = self.clock.now(), passkey_tries(network_of(where.ip))
        async with self.transaction():
            operator = await self._holder(command, now)
            if operator is None or not operator.active:
                raise SignInFailed("This passkey does not sign in here.")
            await self.throttle.refund(allowed, now)
            return await self.sign_ins.open(operator, Method.PASSKEY, where, now)

    async def step_up(self, command: PasskeyProof, by: Actor) -> Opened:
        """Raises FactorWrong: for somebody else's passkey as well."""
        now = self.clock.now()
        async with self.transaction():
            operator = await self._holder(command, now)
            if operator is None or operator.id != operator_id_of(by):
                raise FactorWrong("This passkey is not yours, or its answer is over.", field="credential")
            return await renewed(self.sessions, self.trail, operator, by, now)

    async def _holder(self, command: PasskeyProof, now: datetime) -> Operator | None:
        """An answer is taken once. A count that does not grow tells of a copy, and is no proof."""
        challenge = await self.steps.take(_PROVING, digest_of(command.ticket), now)
        named = self.authenticators.named(command.credential)
        passkey = await self.passkeys.by_credential(named) if named else None
        if challenge is None or passkey is None:
            return None
        count = self.authenticators.proven(command.credential, challenge, passkey)
        if count is None:
            return None
        await self.passkeys.save(replace(passkey, sign_count=count, last_used_at=now))
        return await self.operators.get(OperatorId(passkey.operator_id))
