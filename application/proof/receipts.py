"""A consent as others can read it: ISO/IEC TS 27560 as JSON-LD, or a Kantara consent receipt.

What stands in it is on record or was declared; where something is neither, there is no receipt, and it is named.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

from application.channels.ports import SenderQueries
from application.consent.ports import Ledger
from application.consent.reading import known, require_on_record
from application.ports import Clock, Transaction
from application.programs.ports import Programs
from application.proof.iso27560 import iso27560
from application.proof.kantara import kantara
from application.proof.stated import Stated
from domain.access import Actor, Permission
from domain.compliance.receipts import IncompleteRecord, Practice
from domain.consent.ledger import AGREED, Consent, NoSuchConsent, Status
from domain.errors import FieldProblem
from domain.ids import EntryId

Format: TypeAlias = Literal["iso27560", "kantara"]
_WRITE = {"iso27560": iso27560, "kantara": kantara}
_SAYS_WHAT_WAS_AGREED = AGREED | {Status.REQUESTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveReceipt:
    ledger: Ledger
    programs: Programs
    sender_queries: SenderQueries
    practice: Practice
    transaction: Transaction
    clock: Clock
    url: str

    async def __call__(
        self, consent_id: UUID, form: Format, by: Actor, *, as_of: datetime | None = None
    ) -> dict[str, Any]:
        """As it was known then. It names the person by the id of the contact alone.

        Raises NoSuchConsent, IncompleteRecord.
        """
        by.must(Permission.READ_CONSENT)
        async with self.transaction():
            every = await self.ledger.consent(EntryId(consent_id), live=by.live)
            first = next(entry for entry in every if entry.fact.id == consent_id)
            facts = [entry.fact for entry in known(every, as_of)]
            require_on_record(first.fact, facts)
            program_id = first.fact.program_id
            if program_id is None:
                raise NoSuchConsent("This is a withdrawal from all programs; a receipt is of one of them.")
            program = (await self.programs.find_many([program_id]))[program_id]
        sender = await self.sender_queries.one(str(program.sender_id))
        consent = Consent(program_id=program_id, channel=first.fact.channel).replay(facts)
        given = [fact for fact in consent.entries if fact.status in _SAYS_WHAT_WAS_AGREED]
        stated = Stated(
            consent=consent,
            consent_id=first.fact.id,
            contact_id=first.contact_id,
            given=given[-1] if given else first.fact,
            program=program,
            sender=sender,
            practice=self.practice,
            url=self.url,
            at=as_of or self.clock.now(),
        )
        _require(stated.lacking(form))
        return _WRITE[form](stated)


def _require(lacking: list[FieldProblem]) -> None:
    """Raises IncompleteRecord."""
    if lacking:
        names = ", ".join(problem.field for problem in lacking)
        raise IncompleteRecord(f"A receipt needs what is not on record: {names}.", problems=tuple(lacking))
