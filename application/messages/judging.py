"""Let the rules look, and let their verdict decide where a message goes. The same at acceptance and at hand-off."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from application.compliance.attempts import attempt, decode_facts
from application.compliance.policy import Policy
from application.messages.ports import Found, Known
from domain.addresses import Address
from domain.channels import Sender
from domain.compliance.attempt import Content as Inspection
from domain.compliance.decisions import Decision
from domain.compliance.engine import judge
from domain.compliance.verdicts import Verdict
from domain.consent.ledger import Fact
from domain.messages import Message, OnNoConsent, Status
from domain.programs import Program
from domain.suppression import Suppression

_json = msgspec.json.Encoder()
_inspections = msgspec.msgpack.Decoder(Inspection)
_pack = msgspec.msgpack.Encoder()


class Setting(Struct, frozen=True, kw_only=True):
    """What surrounds a message when the rules look at it."""

    address: Address
    known: Known
    suppressions: Sequence[Suppression]
    program: Program
    sender: Sender
    inspection: Inspection
    facts: Sequence[Fact]

    @classmethod
    def of(cls, address: Address, known: Known, found: Found, inspection: Inspection) -> Self:
        """Of a recipient whose program was found."""
        if found.program is None or found.sender is None:
            raise ValueError("Only what belongs to a program is judged.")
        return cls(
            address=address,
            known=known,
            suppressions=found.suppressions,
            program=found.program,
            sender=found.sender,
            inspection=inspection,
            facts=decode_facts(known.history),
        )


def decide(message: Message, setting: Setting, policy: Policy, at: datetime) -> Decision:
    return judge(
        attempt(
            address=setting.address,
            known=setting.known,
            suppressions=setting.suppressions,
            program=setting.program,
            sender=setting.sender,
            channel=message.channel,
            category=message.category,
            at=at,
            content=setting.inspection,
            tenant=policy.tenant,
            facts=setting.facts,
            itself=message.id,
            enqueued_at=message.created_at,
        ),
        profile=policy.profile,
    )


def placed(message: Message, decision: Decision, now: datetime) -> Message:
    """Where the verdict puts it."""
    match decision.verdict:
        case Verdict.ALLOW:
            waits = message.due_at > now
            return replace(message, status=Status.DEFERRED if waits else Status.QUEUED, updated_at=now, detail=None)
        case Verdict.DEFER if decision.next_allowed_at is not None:
            due = max(message.due_at, decision.next_allowed_at)
            return replace(message, status=Status.DEFERRED, due_at=due, updated_at=now, detail=decision.rule)
        case Verdict.NEED_OPT_IN if message.on_no_consent is OnNoConsent.HOLD:
            return replace(message, status=Status.HELD, updated_at=now, detail=decision.rule)
        case _:
            return replace(message, status=Status.BLOCKED, updated_at=now, detail=decision.rule)


def as_json(decision: Decision) -> bytes:
    return _json.encode(decision.explained())


def pack_inspection(inspection: Inspection) -> bytes:
    return _pack.encode(inspection)


def unpack_inspection(packed: bytes) -> Inspection:
    return _inspections.decode(packed)
