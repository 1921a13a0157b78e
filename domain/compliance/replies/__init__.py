"""Reading what people write back: opt-outs in their own words, help, opt-ins, and what is none of these."""

from domain.compliance.replies.reading import classify
from domain.compliance.replies.reply import (
    Answer,
    Classification,
    Mailbox,
    PendingOptIn,
    Reading,
    Reply,
    Scope,
)

__all__ = ["Answer", "Classification", "Mailbox", "PendingOptIn", "Reading", "Reply", "Scope", "classify"]
