"""Ask for the missing consent, once, and only where a rule says that asking is allowed."""

from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from application.compliance.policy import Policy
from application.consent.ports import SealedEntry
from application.consent.sealing import seal_entry
from application.links.ports import Links
from application.messages.drafting import Drafting
from application.messages.judging import Setting, as_json, decide, pack_inspection
from application.messages.ports import Written
from application.secrets import Vault
from domain.access import SYSTEM
from domain.addresses import Channel
from domain.consent.evidence import Evidence
from domain.consent.ledger import Fact, Status
from domain.ids import EntryId, MessageId, new_id
from domain.messages import Content, Message
from domain.messages import Status as MessageStatus

ASKED_BY_MESSAGE = "opt_in_request"
# The engine's answer when no rule objects; asking needs a rule that says yes.
_NOTHING_FORBIDS = "CORE-VERDICT-01"


class OptInRequest(Struct, frozen=True, kw_only=True):
    written: Written
    entry: SealedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class OptInRequests:
    drafting: Drafting
    links: Links
    vault: Vault

    def ask(self, held: Message, setting: Setting, policy: Policy, now: datetime) -> OptInRequest | None:
        """The request to send with the entry that records it, or None: no rule allows it, or it was asked before."""
        mine = [fact for fact in setting.facts if fact.program_id in (setting.program.id, None)]
        if mine and mine[-1].facts.via == ASKED_BY_MESSAGE:
            return None
        message = replace(
            held,
            id=MessageId(new_id(now)),
            category="doi_request" if mine and mine[-1].status is Status.REQUESTED else "consent_request",
            status=MessageStatus.QUEUED,
            due_at=now,
            detail=None,
            reference=None,
            template=None,
        )
        content = self._content(message, setting)
        inspection = self.drafting.inspected(content, message, setting.program, setting.sender)
        decision = decide(message, replace(setting, inspection=inspection), policy, now)
        if not decision.allowed or decision.rule == _NOTHING_FORBIDS:
            return None
        written = Written(
            message=message,
            content=self.drafting.sealed(content, message, setting.known.data_key),
            inspection=pack_inspection(inspection),
            decision=as_json(decision),
        )
        return OptInRequest(written=written, entry=self._entry(message, setting, now))

    def _content(self, message: Message, setting: Setting) -> Content:
        """Neutral: who asks, for what, how to say yes; nothing to buy, so that asking is not itself advertising."""
        program, sender = setting.program, setting.sender
        if message.channel is Channel.SMS:
            return Content(
                text=f"{sender.legal_name}: reply YES to confirm {program.name} ({program.frequency}). "
                "Msg & data rates may apply. Reply HELP for help, STOP to cancel."
            )
        confirm = self.links.confirm(message.contact_point_id, message.program_id, message.id)
        return Content(
            subject=f"Please confirm: {program.name}",
            text=f"Someone asked {sender.legal_name} to send {program.name} ({program.frequency}) to this address.\n\n"
            f"If it was you, confirm here: {confirm}\n\n"
            "If it was not you, do nothing: without your confirmation nothing will be sent.\n\n"
            f"{sender.legal_name}, {sender.postal_address}\n{sender.support}\n",
        )

    def _entry(self, message: Message, setting: Setting, now: datetime) -> SealedEntry:
        evidence = Evidence(via=ASKED_BY_MESSAGE, statement=f"message {message.id}")
        fact = Fact(
            id=EntryId(new_id(now)),
            program_id=message.program_id,
            program=setting.program.slug,
            brand=setting.sender.slug,
            channel=message.channel,
            status=Status.REQUESTED,
            at=now,
            recorded_at=now,
            facts=evidence.facts(),
        )
        return seal_entry(
            fact,
            evidence,
            contact=message.contact_id,
            point=message.contact_point_id,
            actor=SYSTEM.id,
            key=self.vault.unwrap(setting.known.data_key),
        )
