"""The audit trail, by month as its ids tell, and the checkpoints over it and the ledger."""

from sqlalchemy import BigInteger, Boolean, Column, Identity, Index, LargeBinary, Table, Text

from adapters.outbound.postgres.tables.consent import THIS_TRANSACTION, XID
from adapters.outbound.postgres.tables.metadata import ID, INSTANT, SEALED, metadata

audit_records = Table(
    "audit_records",
    metadata,
    Column("id", ID, primary_key=True),
    Column("at", INSTANT, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("actor", Text, nullable=False),
    Column("session", Text),
    Column("request_id", Text),
    Column("action", Text, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject_id", Text),
    # Canonical JSON, as it was hashed.
    Column("changes", Text, nullable=False),
    # The reason and the address it came from, salted.
    Column("sealed", SEALED, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("transaction", XID, nullable=False, server_default=THIS_TRANSACTION),
    Column("position", BigInteger, Identity(always=True), nullable=False),
    Index("ix_audit_records_subject", "subject_kind", "subject_id", "id"),
    Index("ix_audit_records_actor", "actor", "id"),
    Index("ix_audit_records_cursor", "transaction", "position"),
    postgresql_partition_by="RANGE (id)",
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("first", BigInteger, nullable=False, unique=True),
    Column("last", BigInteger, nullable=False),
    Column("root", Text, nullable=False),
    Column("previous", Text),
    Column("at", INSTANT, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("anchored_at", INSTANT),
)

# What each leaf was, so that a root can be computed when retention has taken the entry itself.
leaves = Table(
    "leaves",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("log", Text, nullable=False),
    Column("entry_id", ID, nullable=False),
    Column("transaction", XID, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_leaves_entry_id", "entry_id"),
)
