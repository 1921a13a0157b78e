"""Ask for the missing consent, once, and only where a rule says that asking is allowed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from application.compliance.attempts import ASKED_BY_MESSAGE
from application.compliance.policy import Policy
from application.consent.ports import SealedEntry
from application.consent.sealing import seal_entry
from application.links.ports import Links
from application.messages.drafting import Drafting
from application.messages.judging import Setting, as_json, decide, pack_inspection
from application.messages.notices import links_for
from application.messages.ports import Written
from application.secrets import Vault
from application.templates.compose import Composed
from application.templates.notice_texts import NoticeTexts
from domain.access import SYSTEM
from domain.addresses import Channel
from domain.consent.evidence import Evidence
from domain.consent.ledger import Fact, Status, words_about
from domain.ids import EntryId, MessageId, new_id
from domain.messages import Message
from domain.messages import Status as MessageStatus
from domain.templates.notices import KINDS, Notice, filling
from domain.templates.template import Template

# The engine's answer when no rule objects; asking needs a rule that says yes.
_NOTHING_FORBIDS = "CORE-VERDICT-01"
_ASKING = {KINDS[notice].category: notice for notice in (Notice.OPT_IN_REQUEST, Notice.DOUBLE_OPT_IN)}


class OptInRequest(Struct, frozen=True, kw_only=True):
    written: Written
    entry: SealedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class OptInRequests:
    drafting: Drafting
    notice_texts: NoticeTexts
    links: Links
    vault: Vault

    async def texts(self, channels: Iterable[Channel]) -> Mapping[str, Template]:
        """The words to ask with. Needs an open transaction."""
        return await self.notice_texts.of(product(_ASKING.values(), set(channels)))

    def ask(
        self,
        held: Message,
        setting: Setting,
        policy: Policy,
        texts: Mapping[str, Template],
        *,
        locale: str | None,
        now: datetime,
    ) -> OptInRequest | None:
        """The request to send with the entry that records it, or None: no rule allows it, or it was asked before."""
        mine = words_about(setting.facts, setting.program.id)
        if mine and (mine[-1].facts.via == ASKED_BY_MESSAGE or mine[-1].facts.asked_in is not None):
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
        composed = self._content(message, setting, texts, locale)
        message, content = replace(message, template=composed.origin), composed.content
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

    def _content(
        self, message: Message, setting: Setting, texts: Mapping[str, Template], locale: str | None
    ) -> Composed:
        """Neutral: who asks, for what, how to say yes; nothing to buy, so that asking is not itself advertising."""
        notice = _ASKING[message.category]
        values = filling(notice, setting.program, setting.sender, links_for(notice, message, self.links))
        locales = (setting.known.locale, locale)
        return self.notice_texts.composed(notice, message.channel, values, locales=locales, published=texts)

    def _entry(self, message: Message, setting: Setting, now: datetime) -> SealedEntry:
        evidence = Evidence(via=ASKED_BY_MESSAGE, asked_in=str(message.id), statement=f"message {message.id}")
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
