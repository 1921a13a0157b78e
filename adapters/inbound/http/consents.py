from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from adapters.inbound.http.instants import AsOf, instant_in
from adapters.inbound.http.problems import Problem, problem_of
from adapters.inbound.injected import Injected
from application.consent.attest import Attestation, AttestConsent
from application.consent.capture import CaptureConsent, CaptureConsents
from application.consent.reading import ConsentQueries, Standing
from application.consent.recording import Captured
from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from domain.access import Actor, Permission
from domain.consent.ledger import Consent
from domain.errors import DomainError

_EXAMPLE = {
    "address": "+12125550101",
    "program": "weekly-offers",
    "channel": "sms",
    "type": "PEWC",
    "evidence": {
        "source": "first_party",
        "medium": "web_form",
        "affirmative_act": "checkbox_checked",
        "disclosure_text_verbatim": "I agree to automated marketing texts from Acme. Not a condition of purchase.",
        "language": "en-US",
        "url": "https://acme.example/join",
        "ip": "203.0.113.7",
        "user_agent": "Mozilla/5.0",
        "not_condition_of_purchase_disclosed": True,
        "autodialer_disclosed": True,
        "sellers_named": ["acme"],
        "identity": "Pat Doe",
    },
}

_ATTESTED = {
    "address": "+12125550101",
    "program": "weekly-offers",
    "channel": "sms",
    "medium": "verbal",
    "script": "May Acme send you automated marketing texts to this number? You need not agree to buy anything.",
    "script_version": "phone-3",
    "language": "en-US",
    "attested_by": "agent 17",
    "attestation": "I read the script to the caller, who said yes.",
    "occurred_at": "2026-11-20T15:04:05Z",
    "reference": "call 4711",
    "type": "PEWC",
    "not_condition_of_purchase_disclosed": True,
    "autodialer_disclosed": True,
}

_MOST_ENTRIES = 100


class EntryAnswer(Struct, frozen=True, kw_only=True):
    id: UUID
    status: str
    at: datetime
    type: str | None


class ConsentAnswer(Struct, frozen=True, kw_only=True):
    """`entries` are the latest, at most a hundred; `lacks` says what the evidence still needs before it counts."""

    id: UUID
    contact_id: UUID
    address: str
    program: str
    channel: str
    status: str
    since: datetime | None
    expires_at: datetime | None
    entries: Sequence[EntryAnswer]
    lacks: Sequence[str] = ()


class ConsentsOfContact(Struct, frozen=True, kw_only=True):
    items: Sequence[ConsentAnswer]


class StatementAnswer(Struct, frozen=True, kw_only=True):
    """The message that asks the person; blocked if no rule lets it go."""

    message_id: UUID
    status: str
    rule: str | None


class AttestedAnswer(Struct, frozen=True, kw_only=True):
    """`statement` is null while the person has an earlier one to answer, or where the program cannot write to them."""

    consent: ConsentAnswer
    statement: StatementAnswer | None


class Batch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    items: Annotated[list[CaptureConsent], Meta(min_length=1, max_length=1000)]


class BatchItem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    index: int
    status: Literal["recorded", "rejected"] = "recorded"
    consent: ConsentAnswer | None = None
    problem: Problem | None = None


class BatchAnswer(Struct, frozen=True, kw_only=True):
    items: Sequence[BatchItem]


class WithdrawalAnswer(Struct, frozen=True, kw_only=True):
    address: str
    status: Literal["revoked"]
    at: datetime
    entries: Sequence[UUID]


class ConsentsController(Controller):
    path = "/api/v1"
    tags = ["consents"]

    @post("/consents", opt={"permission": Permission.CAPTURE_CONSENT, "example": _EXAMPLE})
    async def capture_consent(
        self,
        data: JSONBody[CaptureConsent],
        actor: Injected[Actor],
        capture_consents: Injected[CaptureConsents],
        seed: Injected[UUID | None],
    ) -> ConsentAnswer:
        """Record that somebody agreed, with the evidence. What does not suffice is recorded all the same."""
        [captured] = await capture_consents([data], actor, seeds=[seed])
        if isinstance(captured, DomainError):
            raise captured
        return _captured(captured)

    @post(
        "/consents/batch",
        status_code=200,
        opt={"permission": Permission.CAPTURE_CONSENT, "example": {"items": [_EXAMPLE]}},
    )
    async def capture_consents(
        self,
        data: JSONBody[Batch],
        actor: Injected[Actor],
        capture_consents: Injected[CaptureConsents],
        request: Request[Any, Any, Any],
        seed: Injected[UUID | None],
    ) -> BatchAnswer:
        """Up to a thousand, each recorded or rejected alone."""
        seeds = [UUID(int=seed.int + place) if seed else None for place in range(len(data.items))]
        results = await capture_consents(data.items, actor, seeds=seeds)
        return BatchAnswer(
            items=[
                BatchItem(index=index, status="rejected", problem=problem_of(request.scope, result))
                if isinstance(result, DomainError)
                else BatchItem(index=index, status="recorded", consent=_captured(result))
                for index, result in enumerate(results)
            ]
        )

    @post("/consents/attested", opt={"permission": Permission.ATTEST_CONSENT, "example": _ATTESTED})
    async def attest_consent(
        self,
        data: JSONBody[Attestation],
        actor: Injected[Actor],
        attest_consent: Injected[AttestConsent],
        seed: Injected[UUID | None],
    ) -> AttestedAnswer:
        """Record that somebody agreed by word of mouth or on paper. They are told what is said of them, and nothing
        counts until they confirm it.
        """
        done = await attest_consent(data, actor, seed=seed)
        told = done.statement
        return AttestedAnswer(
            consent=_captured(done.captured),
            statement=StatementAnswer(message_id=told.id, status=told.status, rule=told.detail) if told else None,
        )

    @post(
        "/consents/withdraw",
        status_code=200,
        opt={
            "permission": Permission.CAPTURE_CONSENT,
            "example": {"address": "+12125550101", "program": "weekly-offers"},
        },
    )
    async def withdraw_consent(
        self,
        data: JSONBody[WithdrawConsent],
        actor: Injected[Actor],
        withdraw_consents: Injected[WithdrawConsents],
        seed: Injected[UUID | None],
    ) -> WithdrawalAnswer:
        """Record that somebody said no: without a program from all, without a channel on all. It holds at once."""
        done = await withdraw_consents(data, actor, seed=seed)
        return WithdrawalAnswer(address=done.address.masked, status="revoked", at=done.at, entries=done.entries)

    @get("/consents/{consent_id:uuid}", opt={"permission": Permission.READ_CONSENT})
    async def get_consent(
        self,
        consent_id: FromPath[UUID],
        actor: Injected[Actor],
        consent_queries: Injected[ConsentQueries],
        as_of: AsOf = None,
    ) -> ConsentAnswer:
        """One consent with its entries, now or as it was known at an instant."""
        return _standing(await consent_queries.one(consent_id, actor, as_of=instant_in(as_of)))

    @get("/contacts/{contact_id:uuid}/consents", opt={"permission": Permission.READ_CONSENT})
    async def list_consents(
        self,
        contact_id: FromPath[UUID],
        actor: Injected[Actor],
        consent_queries: Injected[ConsentQueries],
        as_of: AsOf = None,
    ) -> ConsentsOfContact:
        """Where a contact stands with every program, now or as it was known at an instant."""
        found = await consent_queries.of_contact(contact_id, actor, as_of=instant_in(as_of))
        return ConsentsOfContact(items=[_standing(standing) for standing in found])


def _captured(captured: Captured) -> ConsentAnswer:
    return _answer(
        captured.consent,
        captured.consent.status,
        captured.contact_id,
        captured.address.masked,
        captured.program.slug,
        lacks=captured.lacks,
    )


def _standing(standing: Standing) -> ConsentAnswer:
    return _answer(standing.consent, standing.status, standing.contact_id, standing.address, standing.program)


def _answer(
    consent: Consent,
    status: str,
    contact_id: UUID,
    address: str,
    program: str,
    *,
    lacks: Sequence[str] = (),
) -> ConsentAnswer:
    return ConsentAnswer(
        id=consent.entries[0].id,
        contact_id=contact_id,
        address=address,
        program=program,
        channel=consent.channel,
        status=status,
        since=consent.since,
        expires_at=consent.expires_at,
        entries=[
            EntryAnswer(id=entry.id, status=entry.status, at=entry.at, type=entry.facts.type)
            for entry in consent.entries[-_MOST_ENTRIES:]
        ],
        lacks=lacks,
    )
