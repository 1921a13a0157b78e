"""What a scenario tells, sentence by sentence, until a message is due and the engine is asked.

Nothing is told that a scenario does not say: the contact has agreed to nothing, the message is in order, and it is
noon on Monday 23 November 2026 where the contact lives.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from domain.compliance.attempt import Attempt, LedgerEvent, Recipient, Sender
from domain.compliance.codes import Velocity
from domain.compliance.engine import judge
from domain.compliance.profile import overridden
from domain.consent.evidence import Grant

OFFERS, ORDERS, SIGN_IN = "Weekly offers", "Order updates", "Sign-in codes"
KINDS = {
    "marketing text": ("sms", "marketing"),
    "marketing mail": ("email", "marketing"),
    "marketing call": ("voice_live", "marketing"),
    "recorded marketing call": ("voice_prerecorded", "marketing"),
    "informational text": ("sms", "informational"),
    "transactional text": ("sms", "transactional"),
    "transactional mail": ("email", "transactional"),
    "transactional mail with a commercial purpose": ("email", "transactional_cem"),
    "sign-in code by text": ("sms", "otp"),
    "emergency text": ("sms", "emergency"),
    "exempted text": ("sms", "exempted_informational"),
    "text that asks for consent": ("sms", "consent_request"),
    "mail that asks for consent": ("email", "consent_request"),
    "text that asks to confirm": ("sms", "doi_request"),
    "mail that asks to confirm": ("email", "doi_request"),
    "confirmation of the opt-in": ("sms", "optin_confirmation"),
    "confirmation of the opt-out": ("sms", "optout_confirmation"),
    "answer to HELP": ("sms", "help_reply"),
}
_PROGRAMS = {"informational": ORDERS, "transactional": ORDERS, "transactional_cem": ORDERS, "otp": SIGN_IN}
_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Scene:
    def __init__(self):
        self.zone = UTC
        self.policy = {}
        self.as_of = None
        self.clock = {}
        self.velocity = Velocity()
        self.decision = self.reading = self.refusal = None
        self.attempt = Attempt(
            recipient=Recipient(),
            sender=Sender(id="our number", brand="acme"),
            channel="sms",
            category="marketing",
            program=OFFERS,
            at=_NOON,
        )

    def meet(self, recipient: Recipient):
        assert self.attempt.recipient == Recipient(), "a scenario is about one contact"
        self.tell(recipient=recipient)

    def lives_in(self, place):
        self.meet(place.recipient())
        self.zone = ZoneInfo(place.zone)

    def tell(self, **fields):
        self.attempt = replace(self.attempt, **fields)

    def tell_of(self, group, **fields):
        """Changes one group of facts: `tell_of("content", one_click=False)`."""
        self.tell(**{group: replace(getattr(self.attempt, group), **fields)})

    def agree(self, grant: Grant):
        numbered = replace(grant, id=f"consent {len(self.attempt.consents) + 1}")
        self.tell(consents=(*self.attempt.consents, numbered))

    def correct_the_consent(self, facts, **fields):
        """What the record of the last consent told shows differently."""
        *before, last = self.attempt.consents
        self.tell(consents=(*before, replace(last, facts=replace(last.facts, **facts), **fields)))

    def happened(self, **event):
        """An entry of the ledger other than a consent."""
        self.tell(ledger=(*self.attempt.ledger, LedgerEvent(brand="acme", **event)))

    def due(self, kind, program=None, at=None):
        channel, category = KINDS[kind]
        self.tell(
            channel=channel,
            category=category,
            program=program or _PROGRAMS.get(category, OFFERS),
            at=at or _NOON.replace(tzinfo=self.zone),
        )
        self.judged()

    def judged(self):
        self.decision = judge(self.attempt, profile=overridden(self.policy), as_of=self.as_of)

    @property
    def said(self):
        """Every rule that said anything: to a message that was due, or to what somebody wrote."""
        if self.reading is not None:
            return [self.reading.rule, *self.reading.also_rules]
        return [finding.rule.id for finding in self.decision.findings]
