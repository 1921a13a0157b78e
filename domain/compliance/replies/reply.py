"""What somebody wrote back, and what we read in it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

import msgspec
from msgspec import Struct

CONFIRMATION_SECONDS = 300  # 47 CFR 64.1200(a)(12)
PENDING_FOR = timedelta(hours=24)  # CTIA-13


class Classification(StrEnum):
    REVOKE = "revoke"
    SUSPEND_AND_REVIEW = "suspend_and_review"
    HELP = "help"
    OPT_IN = "opt_in"
    OPT_IN_CONFIRMED = "opt_in_confirmed"
    NOT_REVOCATION = "not_revocation"
    NO_CHANGE = "no_change"


class Scope(StrEnum):
    """What the words themselves reach: `marketing` only where the writer keeps the rest, for silence means all
    (US-TCPA-REV-07).
    """

    ALL = "all"
    MARKETING = "marketing"


class Mailbox(StrEnum):
    REPLY = "reply"
    UNSUBSCRIBE = "unsubscribe"  # the mailto address of List-Unsubscribe, with a token in it


class PendingOptIn(Struct, frozen=True, kw_only=True):
    """An opt-in request the person has not answered yet."""

    program: str
    requested_at: datetime

    def open_at(self, at: datetime) -> bool:
        return self.requested_at <= at < self.requested_at + PENDING_FOR


class Reply(Struct, frozen=True, kw_only=True):
    """One inbound text, mail or note of a conversation, with what is known around it.

    `channel` is a channel of the rules: sms, mms, rcs, email; anything else (voice_live, voicemail, web, post, agent)
    is read as a statement made elsewhere. `country` and `region` are the recipient's jurisdiction; None is unknown and
    counts as US. `number_type` and `provider` are those of the sender that was written to. `already_opted_out`: an
    earlier opt-out stands and was confirmed.
    """

    text: str
    received_at: datetime
    channel: str = "sms"
    locale: str | None = None
    country: str | None = None
    region: str | None = None
    number_type: str | None = None
    provider: str | None = None
    opt_out_type: Literal["STOP", "START", "HELP"] | None = None
    pending_optin: PendingOptIn | None = None
    already_opted_out: bool = False
    subject: str = ""
    headers: Mapping[str, str] = {}
    mailbox: Mailbox = Mailbox.REPLY

    @property
    def opt_in_asked(self) -> bool:
        return self.pending_optin is not None and self.pending_optin.open_at(self.received_at)


class Answer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is due to the writer, or why nothing is; the keys are those of `expect.reply` in the policy vectors."""

    send: Literal["optout_confirmation", "optin_confirmation", "help_reply"] | None
    within_seconds: int | None = None
    count: int | None = None
    reason: Literal["network_replied", "provider_replied", "already_confirmed", "automatic", "other_channel"] | None = (
        None
    )
    route: Literal["support"] | None = None
    review_within_business_days: int | None = None

    def as_vector(self) -> dict[str, str | int | None]:
        fields: dict[str, str | int | None] = msgspec.to_builtins(self)
        return fields


class Reading(Struct, frozen=True, kw_only=True):
    """`pattern` says in words what was recognised; it holds nothing the person wrote, so it may be logged."""

    classification: Classification
    rule: str
    also_rules: tuple[str, ...] = ()
    pattern: str
    language: str | None = None
    scope: Scope = Scope.ALL
    reply: Answer

    @property
    def effect(self) -> str:
        """On consent, in the words of the policy vectors; a reading that changes nothing has the effect `none`."""
        return _EFFECTS.get(self.classification, "none")


_EFFECTS = {
    Classification.REVOKE: "opt_out",
    Classification.SUSPEND_AND_REVIEW: "suspend_and_review",
    Classification.OPT_IN: "opt_in",
    Classification.OPT_IN_CONFIRMED: "opt_in_confirmed",
}

CONFIRM_OPT_OUT = Answer(send="optout_confirmation", within_seconds=CONFIRMATION_SECONDS, count=1)
CONFIRM_OPT_IN = Answer(send="optin_confirmation")
SEND_HELP = Answer(send="help_reply")
REVIEW = Answer(send=None, review_within_business_days=1)
TO_SUPPORT = Answer(send=None, route="support")
NOTHING_DUE = Answer(send=None)
