"""What a recorded consent lacks, so that whoever recorded it learns it at once and not from a refused message."""

from dataclasses import dataclass, field
from datetime import datetime

from application.compliance.attempts import rules_sender
from domain.addresses import Address, Channel
from domain.channels import Sender
from domain.compliance.attempt import Attempt, Recipient
from domain.compliance.engine import judge
from domain.compliance.verdicts import Stage, Verdict
from domain.consent.evidence import Facts, Grant
from domain.consent.ledger import AGREED, Consent
from domain.programs import Program

_AREA = 5
_MOST = 10_000
_Key = tuple[str, str, int, Facts, str]


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """Numbers of one area with evidence alike get the same answer, which an import asks a thousand times."""

    _known: dict[_Key, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def lacks(
        self, address: Address, program: Program, sender: Sender, consent: Consent, now: datetime
    ) -> tuple[str, ...]:
        """Sentences that each name what to record; none if the consent suffices for the program."""
        if consent.status not in AGREED:
            return ()
        facts = consent.entries[-1].facts
        place = address.value[:_AREA] if address.channel is Channel.SMS else address.value.rpartition(".")[2]
        key = (place, program.slug, program.revision, facts, now.date().isoformat())
        if key not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = _lacks(address, program, sender, consent, now)
        return self._known[key]


def _lacks(address: Address, program: Program, sender: Sender, consent: Consent, now: datetime) -> tuple[str, ...]:
    entry = consent.entries[-1]
    sms = address.channel is Channel.SMS
    grant = Grant(
        id=str(entry.id),
        timestamp=entry.at,
        channels=(entry.channel,),
        program=entry.program,
        brand=entry.brand,
        expires_at=entry.expires_at,
        facts=entry.facts,
    )
    decision = judge(
        Attempt(
            recipient=Recipient(phone=address if sms else None, email=None if sms else address),
            sender=rules_sender(sender, address.channel),
            channel=address.channel,
            category=program.category,
            program=program.slug,
            at=now,
            consents=(grant,),
        )
    )
    return tuple(
        finding.explanation
        for finding in decision.findings
        if finding.verdict in (Verdict.NEED_OPT_IN, Verdict.DENY) and finding.rule.entry.stage is Stage.CONSENT
    )
