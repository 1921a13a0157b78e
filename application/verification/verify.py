"""Verification for an integrator's own form."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from application.ports import Clock, Transaction
from application.verification.verification import Ask, Started, Verification
from domain.access import Actor, Permission
from domain.addresses import Address
from domain.consent.evidence import Evidence
from domain.templates.locales import parse_locale
from domain.verification.challenge import Intent, Status


class NewVerification(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`disclosure` is what stands beside the field of your form; without it, what the documents ask you to put there.
    `ip` is the person's, not yours: it limits how much one network may ask for.
    """

    address: str
    purpose: str
    locale: str | None = None
    program: str | None = None
    ip: str | None = None
    disclosure: Annotated[str, Meta(min_length=1, max_length=2000)] | None = None

    def __repr__(self) -> str:
        return "NewVerification(…)"


class Attempt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: Annotated[str, Meta(min_length=1, max_length=32)]

    def __repr__(self) -> str:
        return "Attempt(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartVerification:
    verification: Verification
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: NewVerification, by: Actor, *, seed: UUID | None = None) -> Started:
        by.must(Permission.WRITE_VERIFICATIONS)
        locale = parse_locale(command.locale) if command.locale else None
        ask = Ask(
            address=Address.parse(command.address),
            purpose=command.purpose,
            intent=Intent.API,
            shown=Evidence(
                medium="web_form",
                disclosure_text_verbatim=command.disclosure,
                language=locale,
                form_id=f"api {by.id}",
            ),
            program=command.program,
            locale=locale,
            ip=command.ip,
            seed=seed,
        )
        async with self.transaction():
            return await self.verification.start(ask, live=by.live, now=self.clock.now())


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckVerification:
    verification: Verification
    transaction: Transaction
    clock: Clock

    async def __call__(self, challenge_id: UUID, command: Attempt, by: Actor) -> Status:
        by.must(Permission.WRITE_VERIFICATIONS)
        async with self.transaction():
            checked = await self.verification.check(
                challenge_id, command.code, intent=Intent.API, live=by.live, now=self.clock.now()
            )
        return checked.status
