"""What a receipt is made of, what of it is missing, and the words for where a consent stands."""

from datetime import datetime

from msgspec import Struct

from domain.channels import Sender
from domain.compliance.receipts import DPV_STATUS, Practice
from domain.consent.ledger import AGREED, MARKS, Consent, Fact, Status
from domain.errors import FieldProblem
from domain.ids import ContactId, EntryId
from domain.programs import Program

_ALWAYS = ("jurisdiction", "recipients")
_WANTED = {"iso27560": (*_ALWAYS, "storage_locations", "retention_period"), "kantara": (*_ALWAYS, "special_categories")}
_FOR_GDPR = ("processing_locations", "geographic_restrictions", "privacy_rights", "authority", "special_categories")
_STATUS = {
    Status.REQUESTED: "requested",
    Status.GRANTED: "given",
    Status.CONFIRMED: "given",
    Status.IMPORTED: "given",
    Status.RESTARTED: "renewed",
    Status.REVOKED: "withdrawn",
    Status.EXPIRED: "expired",
    Status.NONE: "unknown",
}


class Stated(Struct, frozen=True, kw_only=True):
    """`given` is the entry that agreed last, or else the one that asked."""

    consent: Consent
    consent_id: EntryId
    contact_id: ContactId
    given: Fact
    program: Program
    sender: Sender
    practice: Practice
    url: str
    at: datetime

    @property
    def notice(self) -> str | None:
        return self.program.privacy_url or self.sender.privacy_url

    @property
    def status(self) -> str:
        """The W3C's word for where it stands."""
        last = next((fact for fact in reversed(self.consent.entries) if fact.status is not Status.REQUESTED), None)
        stands = self.consent.as_of(self.at)
        if stands in AGREED and last is not None and last.status in (*AGREED, Status.RESTARTED):
            return _word(last, self.consent.entries)
        return DPV_STATUS[_STATUS.get(stands, "unknown")]

    @property
    def events(self) -> list[tuple[Fact, str]]:
        """Every entry that changed where it stands, with the W3C's word. Oldest first."""
        entries = self.consent.entries
        telling = [fact for fact in entries if fact.status not in MARKS or fact.status is Status.RESTARTED]
        return [(fact, _word(fact, entries)) for fact in telling]

    @property
    def withdrawal(self) -> str:
        way = "reply STOP to any message" if self.consent.channel == "sms" else "use the link in any message"
        return f"{way[0].upper()}{way[1:]}, or go to {self.url}/preferences."

    def lacking(self, form: str) -> list[FieldProblem]:
        """What is neither on record nor declared, each with where it belongs."""
        wanted = _WANTED[form] + (_FOR_GDPR if self.practice.gdpr and form == "iso27560" else ())
        found = [
            _problem(name, f"Declare {name} in OPTIN_RECEIPTS.")
            for name in dict.fromkeys(wanted)
            if getattr(self.practice, name) is None
        ]
        if self.notice is None:
            found.append(_problem("privacy_url", "Give the program or its sender the address of a privacy policy."))
        if self.given.facts.language is None:
            found.append(_problem("language", "The consent was recorded without its language."))
        if self.given.facts.medium is None:
            found.append(_problem("medium", "The consent was recorded without how it was given."))
        return found


def _word(fact: Fact, entries: tuple[Fact, ...]) -> str:
    """A yes after a no renews what was given before."""
    before = [one for one in entries if one.at < fact.at]
    if fact.status in AGREED and any(one.status is Status.REVOKED for one in before):
        return DPV_STATUS["renewed"]
    return DPV_STATUS[_STATUS[fact.status]]


def _problem(field: str, message: str) -> FieldProblem:
    return FieldProblem(field=field, code="missing", message=message)
