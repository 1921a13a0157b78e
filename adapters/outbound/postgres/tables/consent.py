from sqlalchemy import (
    BigInteger,
    Column,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    text,
)

from adapters.outbound.postgres.tables.metadata import ID, INSTANT, SEALED, metadata

XID = BigInteger()
THIS_TRANSACTION = text("(pg_current_xact_id()::text::bigint)")

consent_entries = Table(
    "consent_entries",
    metadata,
    Column("id", ID, primary_key=True),
    # No foreign key: the ledger outlives an erased contact.
    Column("contact_id", ID, nullable=False),
    Column("contact_point_id", ID, nullable=False),
    # None in a withdrawal that means every program.
    Column("program_id", ID),
    Column("channel", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("actor", Text, nullable=False),
    # What the rules look at: no personal data.
    Column("facts", LargeBinary, nullable=False),
    Column("evidence", SEALED, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("transaction", XID, nullable=False, server_default=THIS_TRANSACTION),
    Column("position", BigInteger, Identity(always=True), nullable=False),
    Index("ix_consent_entries_contact_point_id", "contact_point_id", "at"),
    Index("ix_consent_entries_contact_id", "contact_id", "at"),
    Index("ix_consent_entries_cursor", "transaction", "position"),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("token", LargeBinary, nullable=False, index=True),
    Column("key_version", SmallInteger, nullable=False, server_default="1"),
    Column("channel", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("category", Text),
    Column("program_id", ID),
    Column("reason", Text, nullable=False),
    Column("date", INSTANT, nullable=False),
)
