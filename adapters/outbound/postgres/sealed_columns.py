"""Every sealed column, and what a turn of the data key means for it. A column that is not here fails a test."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeAlias

from msgspec import Struct

Context: TypeAlias = Callable[[Mapping[str, Any]], bytes]


class UnderOwnKey(Struct, frozen=True):
    """Sealed with the contact's data key, which is wrapped anew; the column stays as it is."""


class Gone(Struct, frozen=True):
    """Its rows are gone before an older version is given up."""

    after: timedelta


class Resealed(Struct, frozen=True):
    """Opened and sealed again. `deployment` names the seal, and without it the row's key does; `context` is what binds
    it to its row, made of the key and of what is `also` named; `key` orders the rows.
    """

    deployment: str | None
    context: Context
    key: str = "id"
    type: str = "uuid"
    also: tuple[str, ...] = ()


def _of(column: str, key: str = "id") -> Context:
    return lambda row: column.encode() + row[key].bytes


OWN = UnderOwnKey()
_DAY = Gone(timedelta(days=1))
SEALED_COLUMNS: Mapping[tuple[str, str], UnderOwnKey | Gone | Resealed] = {
    ("contacts", "reference"): OWN,
    ("contacts", "attributes"): OWN,
    ("contact_points", "address"): OWN,
    ("consent_entries", "evidence"): OWN,
    ("message_bodies", "content"): OWN,
    ("replies", "text"): OWN,
    ("idempotency_keys", "headers"): _DAY,
    ("idempotency_keys", "body"): _DAY,
    ("sandbox_messages", "sealed"): Gone(timedelta(days=7)),
    ("challenges", "address"): Gone(timedelta(days=2)),
    ("challenges", "payload"): Gone(timedelta(days=2)),
    ("challenges", "evidence"): Gone(timedelta(days=2)),
    ("audit_records", "sealed"): Resealed("audit_records", _of("audit_records.sealed")),
    ("settings", "value"): Resealed(None, lambda row: b"settings." + row["name"].encode(), "name", "text"),
    ("operators", "sealed"): Resealed("operators", _of("operators.sealed")),
    ("operators", "code_secret"): Resealed("operators", _of("operators.code_secret")),
    ("operator_sessions", "sealed"): Resealed("operators", _of("operator_sessions.sealed")),
    ("operator_links", "sealed"): Resealed("operators", _of("operator_links.sealed")),
    ("operator_steps", "sealed"): _DAY,
    ("rights_requests", "address"): Resealed("rights_requests", _of("rights_requests.address")),
    ("rights_request_steps", "note"): Resealed(
        "rights_requests", _of("rights_request_steps.note", "request_id"), "position", "bigint", ("request_id",)
    ),
    ("legal_holds", "sealed"): Resealed("legal_holds", _of("legal_holds.sealed")),
    ("restricted_evidence", "sealed"): Resealed(
        "restricted_evidence", _of("restricted_evidence.sealed", "entry_id"), "entry_id"
    ),
}
