"""Every table, declared once; column names are field names."""

from adapters.outbound.postgres.tables.audit import audit_records, checkpoints, leaves
from adapters.outbound.postgres.tables.consent import consent_entries, suppressions
from adapters.outbound.postgres.tables.contacts import contact_points, contacts, former_points
from adapters.outbound.postgres.tables.keys import key_standings, key_users, key_works
from adapters.outbound.postgres.tables.mail_in import mails_taken, soft_bounces
from adapters.outbound.postgres.tables.messages import (
    followers,
    held,
    message_bodies,
    message_journal,
    messages,
    outbox,
    sender_pace,
    sends,
)
from adapters.outbound.postgres.tables.metadata import metadata
from adapters.outbound.postgres.tables.operations import api_keys, idempotency_keys, rate_windows, sandbox_messages
from adapters.outbound.postgres.tables.operators import (
    operator_links,
    operator_sessions,
    operator_steps,
    operators,
    passkeys,
    recovery_codes,
    sign_in_tries,
)
from adapters.outbound.postgres.tables.privacy import (
    erasures,
    restricted_evidence,
    rights_request_steps,
    rights_requests,
)
from adapters.outbound.postgres.tables.reference import (
    brandings,
    campaigns,
    disclosures,
    programs,
    senders,
    settings,
    template_versions,
    templates,
)
from adapters.outbound.postgres.tables.replies import replies
from adapters.outbound.postgres.tables.retention import legal_holds, retention_runs
from adapters.outbound.postgres.tables.verification import challenges

__all__ = [
    "api_keys",
    "audit_records",
    "brandings",
    "campaigns",
    "challenges",
    "checkpoints",
    "consent_entries",
    "contact_points",
    "contacts",
    "disclosures",
    "erasures",
    "followers",
    "former_points",
    "held",
    "idempotency_keys",
    "key_standings",
    "key_users",
    "key_works",
    "leaves",
    "legal_holds",
    "mails_taken",
    "message_bodies",
    "message_journal",
    "messages",
    "metadata",
    "operator_links",
    "operator_sessions",
    "operator_steps",
    "operators",
    "outbox",
    "passkeys",
    "programs",
    "rate_windows",
    "recovery_codes",
    "replies",
    "restricted_evidence",
    "retention_runs",
    "rights_request_steps",
    "rights_requests",
    "sandbox_messages",
    "sender_pace",
    "senders",
    "sends",
    "settings",
    "sign_in_tries",
    "soft_bounces",
    "suppressions",
    "template_versions",
    "templates",
]
