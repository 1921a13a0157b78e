"""YES to an opt-in request: the confirmed consent, with the very words that were asked."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from msgspec.structs import replace

from application.consent.confirm import confirmation
from application.consent.ports import Ledger, Point
from application.programs.ports import Programs
from application.replies.effects import Said
from application.replies.ports import Replies
from application.replies.surroundings import Asking
from application.secrets import Vault
from domain.channels import Sender
from domain.consent.evidence import Evidence
from domain.consent.ledger import Fact, NothingToConfirm
from domain.ids import ProgramId
from domain.messages import Content

_contents = msgspec.json.Decoder(Content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """Needs an open transaction in which the contact is held."""

    replies: Replies
    ledger: Ledger
    programs: Programs
    vault: Vault

    async def confirm(self, said: Said, point: Point, asking: Asking, sender: Sender, *, now: datetime) -> Fact | None:
        """None if nothing is left to confirm."""
        entries = await self.ledger.of_point(point.contact_point_id)
        evidence = Evidence(
            keyword=said.keyword,
            to_sender=said.to_sender,
            in_reply_to_program=asking.program,
            statement=said.statement,
            sms_handset_confirmed=True,
        )
        if asking.by_message:
            evidence = await self._as_it_was_asked(evidence, point, asking.program_id, sender)
        try:
            entry = confirmation(point, asking.program_id, entries, evidence, now=now, vault=self.vault)
        except NothingToConfirm:
            return None
        if entry is None:
            return None
        await self.ledger.append([entry])
        return entry.fact

    async def _as_it_was_asked(
        self, evidence: Evidence, point: Point, program_id: ProgramId, sender: Sender
    ) -> Evidence:
        """The request was the disclosure: it named sender, program, frequency, rates and the way out."""
        question = await self.replies.question(point.contact_id, point.contact_point_id, program_id)
        program = (await self.programs.find_many([program_id]))[program_id]
        if question is None:
            return evidence
        seal = self.vault.unwrap(point.data_key).seal
        asked = _contents.decode(seal.open(question.content, b"message_bodies.content" + question.message_id.bytes))
        return replace(
            evidence,
            source="first_party",
            medium="sms",
            affirmative_act="replied_yes",
            disclosure_text_verbatim=asked.text,
            categories=(str(program.category),),
            purpose=program.purpose,
            sellers_named=(sender.slug,),
            request_sender_name=sender.legal_name,
            withdrawal_statement=True,
            rates_disclosed=True,
            doi_token_id=str(question.message_id),
        )
