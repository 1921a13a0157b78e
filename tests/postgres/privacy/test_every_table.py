"""Whatever table is added: either an erasure takes care of it, or it says here why nobody is to be found in it."""

import re

import pytest

from adapters.outbound.postgres.erasures import WIPED
from adapters.outbound.postgres.tables import metadata

# Deleted with the contact, or with the message that is cancelled.
DELETED = {"contacts", "contact_points", "held", "outbox"}
NOBODY = {
    "api_keys": "of integrators; a digest of the secret",
    "audit_records": "names ids; personal data masked, reasons sealed and kept as long as the trail proves something",
    "brandings": "of senders",
    "campaigns": "of the business",
    "checkpoints": "hashes",
    "disclosures": "texts shown to everybody",
    "erasures": "that an id was erased, and when",
    "followers": "how far a log was read",
    "former_points": "a keyed token, so that an old link still says no",
    "idempotency_keys": "keyed digests, and answers sealed under the installation's key, gone after a day",
    "key_standings": "which version of a key is in use",
    "key_users": "processes",
    "key_works": "how far a rotation has come; the cursor is an id",
    "leaves": "hashes",
    "legal_holds": "ids; why, sealed under the installation's key: a hold outlives an erasure",
    "mails_taken": "digests that lead to nobody, gone after some days",
    "message_journal": "what became of a message, in words of ours, and ids",
    "operator_links": "of staff",
    "operator_sessions": "of staff",
    "operator_steps": "of staff",
    "operators": "staff",
    "passkeys": "of staff",
    "programs": "of the business",
    "rate_windows": "counts of the last minutes",
    "recovery_codes": "of staff",
    "restricted_evidence": "what the law makes us keep for claims, under a key of its own and with an end",
    "retention_runs": "counts",
    "sender_pace": "how fast a sender may go",
    "senders": "the business",
    "settings": "of the installation",
    "sign_in_tries": "of staff",
    "suppressions": "a keyed token; it is what keeps erased people from being written to",
    "template_versions": "texts for everybody",
    "templates": "texts for everybody",
}
# Of tables whose rows stay: what is left of a row that was somebody's, column by column.
STAYS = {
    "messages": {
        "id",
        "contact_id",
        "contact_point_id",
        "program_id",
        "sender_id",
        "campaign_id",
        "live",
        "channel",
        "category",
        "status",
        "on_no_consent",
        "template",
        "detail",
        "created_at",
        "updated_at",
        "due_at",
        "expires_at",
    },
    "message_bodies": {"message_id", "inspection", "decision"},
    "consent_entries": {
        "id",
        "contact_id",
        "contact_point_id",
        "program_id",
        "channel",
        "status",
        "at",
        "recorded_at",
        "actor",
        "facts",
        "commitment",
        "hash",
        "transaction",
        "position",
    },
    "rights_requests": {
        "id",
        "live",
        "contact_id",
        "kind",
        "state",
        "rule",
        "calendar",
        "zone",
        "received_at",
        "due_on",
        "acknowledge_by",
        "acknowledged_at",
        "identified_at",
        "identified_by",
        "challenge_id",
        "extended",
        "paused_at",
        "paused_days",
        "closed_at",
        "lifted_at",
    },
    "rights_request_steps": {"request_id", "position", "at", "actor", "step"},
}


def test_every_table_is_erased_from_or_says_why_not():
    tables = set(metadata.tables)
    covered = [*DELETED, *WIPED, *NOBODY]
    assert sorted(tables - set(covered)) == []
    assert sorted(set(covered) - tables) == []
    assert len(covered) == len(set(covered))
    assert all(NOBODY.values())


@pytest.mark.parametrize("name", sorted(WIPED))
def test_every_column_that_stays_says_so(name):
    wiped = WIPED[name]
    columns = {column.name for column in metadata.tables[name].columns}
    if "delete from" in wiped:
        assert name not in STAYS
    else:
        gone = {column for column in columns if re.search(rf"\b{column} = (null|'')", wiped)}
        assert gone
        assert columns - gone == STAYS[name]
