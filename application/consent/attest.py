"""Staff write down that somebody agreed by word of mouth or on paper. It counts for nothing until the person, told
word for word what they are said to have agreed to, confirms it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.consent.asking import Asking
from application.consent.capture import of_captured
from application.consent.recording import Agreement, Captured, Recording
from application.ports import Clock, Transaction
from domain.access import Actor, Permission
from domain.addresses import Address, Channel
from domain.compliance import catalogue
from domain.consent.evidence import ConsentType, Evidence
from domain.consent.ledger import NotYet, Status
from domain.errors import DomainError, Invalid
from domain.ids import EntryId
from domain.messages import Message
from domain.templates.notices import Notice

_SKEW = timedelta(minutes=5)
_ACTS = {"verbal": "oral_agreement", "paper": "signature_on_paper"}
_Line = Annotated[str, Meta(min_length=1, max_length=200)]
# Every word of it is shown to the person, in one text message if need be.
_Script = Annotated[str, Meta(min_length=1, max_length=600)]


class _Period(Struct, frozen=True, kw_only=True):
    reasonable_period_days_policy: int


_FRESH = timedelta(days=catalogue.parameters("PRV-TWILIO-07", _Period).reasonable_period_days_policy)


class TooLongAgo(Invalid):
    """So long after the fact nobody can be asked any more whether that is what they agreed to."""


class Attestation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`script` is what was read out or printed, word for word; `attested_by` who of the staff heard or saw it,
    `attestation` what they vouch for, `reference` where the recording or the paper lies.
    """

    address: str
    program: str
    channel: Channel
    medium: Literal["verbal", "paper"]
    script: _Script
    script_version: _Line
    language: _Line
    attested_by: Annotated[str, Meta(min_length=1, max_length=60)]
    attestation: Annotated[str, Meta(min_length=1, max_length=1000)]
    occurred_at: datetime
    reference: _Line | None = None
    type: ConsentType | None = None
    purpose: _Line | None = None
    sellers_named: Annotated[tuple[str, ...], Meta(max_length=20)] = ()
    identity: _Line | None = None
    request_sender_name: _Line | None = None
    request_mailing_address: _Line | None = None
    request_contact: _Line | None = None
    withdrawal_statement: bool = False
    not_condition_of_purchase_disclosed: bool = False
    autodialer_disclosed: bool = False

    def evidence(self) -> Evidence:
        return Evidence(
            type=self.type,
            source="first_party",
            medium=self.medium,
            affirmative_act=_ACTS[self.medium],
            disclosure_text_verbatim=self.script,
            disclosure_version=self.script_version,
            language=self.language,
            purpose=self.purpose,
            sellers_named=self.sellers_named,
            identity=self.identity,
            request_sender_name=self.request_sender_name,
            request_mailing_address=self.request_mailing_address,
            request_contact=self.request_contact,
            withdrawal_statement=self.withdrawal_statement,
            not_condition_of_purchase_disclosed=self.not_condition_of_purchase_disclosed,
            autodialer_disclosed=self.autodialer_disclosed,
            attested_by=self.attested_by,
            attestation=self.attestation,
            agreed_at=self.occurred_at.isoformat(),
            document_ref=self.reference,
        )


class Attested(Struct, frozen=True, kw_only=True):
    """`statement` is the message that tells the person and asks; none goes out while an earlier one waits for its
    answer.
    """

    captured: Captured
    statement: Message | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestConsent:
    recording: Recording
    asking: Asking
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: Attestation, by: Actor, *, seed: UUID | None = None) -> Attested:
        """Raises InvalidAddress, NoSuchProgram, AlreadyRevoked, NotYet, TooLongAgo."""
        by.must(Permission.ATTEST_CONSENT)
        now = self.clock.now()
        _must_be_recent(command.occurred_at, now)
        agreement = Agreement(
            address=Address.parse(command.address, command.channel),
            program=command.program,
            channel=command.channel,
            evidence=command.evidence(),
            status=Status.REQUESTED,
            seed=seed,
            asks=True,
        )
        async with self.transaction():
            [recorded] = await self.recording([agreement], by, now)
            asked: dict[EntryId, Message] = {}
            if not isinstance(recorded, DomainError):
                asked = await self._told(recorded, command, by, now)
                subject, told = of_captured([recorded])
                told["medium"] = command.medium
                await self.trail.record([noted(by, "consent.attested", subject, now, after=told, seed=seed)])
        if isinstance(recorded, DomainError):
            raise recorded
        return Attested(captured=recorded, statement=asked.get(recorded.consent.entries[-1].id))

    async def _told(self, recorded: Captured, command: Attestation, by: Actor, now: datetime) -> dict[EntryId, Message]:
        values = {
            "medium": command.medium,
            "disclosure": command.script,
            "date": command.occurred_at.date().isoformat(),
            "attested_by": command.attested_by,
        }
        locale = command.language
        asked = await self.asking(
            [recorded], live=by.live, now=now, kind=Notice.STATEMENT, values=values, locale=locale
        )
        return dict(asked)


def _must_be_recent(occurred_at: datetime, now: datetime) -> None:
    if occurred_at > now + _SKEW:
        raise NotYet("A consent cannot have been given in the future.", field="occurred_at")
    if occurred_at < now - _FRESH:
        raise TooLongAgo(f"After {_FRESH.days} days, ask the person again.", field="occurred_at")
