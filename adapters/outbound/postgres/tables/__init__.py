"""Every table, declared once; column names are field names."""

from adapters.outbound.postgres.tables.consent import consent_entries, consents, suppressions
from adapters.outbound.postgres.tables.contacts import contact_points, contacts
from adapters.outbound.postgres.tables.messages import followers, message_journal, messages, outbox, sends
from adapters.outbound.postgres.tables.metadata import metadata
from adapters.outbound.postgres.tables.operations import api_keys, idempotency_keys, rate_windows, sandbox_messages
from adapters.outbound.postgres.tables.reference import (
    campaigns,
    disclosures,
    programs,
    senders,
    settings,
    template_versions,
    templates,
)

__all__ = [
    "api_keys",
    "campaigns",
    "consent_entries",
    "consents",
    "contact_points",
    "contacts",
    "disclosures",
    "followers",
    "idempotency_keys",
    "message_journal",
    "messages",
    "metadata",
    "outbox",
    "programs",
    "rate_windows",
    "sandbox_messages",
    "senders",
    "sends",
    "settings",
    "suppressions",
    "template_versions",
    "templates",
]
