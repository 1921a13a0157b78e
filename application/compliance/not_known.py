"""What a rule may look at and the product cannot know by itself, and how its absence is judged. `docs/facts.md` tells
integrators the same; a test compares both with what `attempts.py` gathers.
"""

from collections.abc import Mapping

_NO_BOND = "No relationship is assumed, so no consent is ever implied: only what the contact agreed to counts."
_REGISTRY = "No registry is asked. Only a proven consent counts, which each of these laws puts before its registry."
_REASSIGNED = "Neither database nor file is asked; a number its carrier calls dead is suppressed."
_MAILBOX = "What a mailbox provider measures is not asked; a mail it refuses for this is reported as bounced."
_INDIA = "Nothing counts as registered: no text goes to India."

NOT_KNOWN: Mapping[str, str] = {
    "recipient.age": "Nobody's age is kept: what is for adults only is refused.",
    "recipient.of_age_verified": "Nobody's age is kept: what is for adults only is refused.",
    "recipient.last_engaged_at": "Opens and clicks are not followed: a consent grows old from the day it was given.",
    "sender.campaign_categories": "A sender is registered for all it sends, or not at all (`campaign_approved`).",
    "sender.provider": "A provider's own opt-outs come back as refusals and stand on the ledger from then on.",
    "sender.type": "No sender counts as a charity: supporters are asked for consent like anybody else.",
    "sender.free_to_end_user": "No text counts as free of charge, so none is exempt for that.",
    "tenant.exempted_programs": "No program is exempt: informational texts need their consent.",
    "relationship": _NO_BOND,
    "dnc": _REGISTRY,
    "number_status.rnd_answer": _REASSIGNED,
    "number_status.disconnected_at": _REASSIGNED,
    "number_status.deactivated_at": _REASSIGNED,
    "number_status.line": "The number plan tells the kind of line; ported lines are not looked up.",
    "mailbox.daily_volume": _MAILBOX,
    "mailbox.spam_rate": _MAILBOX,
    "mailbox.measured_on": _MAILBOX,
    "mailbox.below_since": _MAILBOX,
    "mailbox.failing": _MAILBOX,
    "dlt": _INDIA,
    "content.unsubscribe_valid_days": "The product's own links never expire.",
    "content.unsub_pages": "The product's own way out is one page.",
    "content.unsub_inputs": "The product's own way out asks for nothing.",
    "content.dkim_covers_list_unsubscribe": "The product's own signature covers both headers.",
    "content.from_accurate": "The From line is the sender's, and cannot be chosen for a message.",
}
