"""What people ask about their data, and what is left of whoever was erased: ids, dates, evidence under lock."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    text,
)

from adapters.outbound.postgres.tables.metadata import ID, INSTANT, SEALED, metadata

erasures = Table(
    "erasures",
    metadata,
    Column("contact_id", ID, primary_key=True),
    Column("live", Boolean, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("kept_until", Date),
    # Until then, what was under way when it happened is looked for and removed.
    Column("settled_at", INSTANT),
    Index("ix_erasures_unsettled", "at", postgresql_where=text("settled_at is null")),
)

# What claims may still be answered with, under a key of its own; nothing else of an erased contact can be read.
restricted_evidence = Table(
    "restricted_evidence",
    metadata,
    Column("entry_id", ID, primary_key=True),
    Column("contact_id", ID, nullable=False, index=True),
    Column("contact_point_id", ID, nullable=False, index=True),
    Column("live", Boolean, nullable=False),
    Column("sealed", SEALED, nullable=False),
    Column("rule", Text, nullable=False),
    Column("kept_until", Date, nullable=False, index=True),
)

rights_requests = Table(
    "rights_requests",
    metadata,
    Column("id", ID, primary_key=True),
    Column("live", Boolean, nullable=False),
    # None for whoever is no contact; no foreign key: the log of requests outlives an erased contact.
    Column("contact_id", ID),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("channel", Text),
    # Gone when the request is closed, or its contact erased.
    Column("address", SEALED),
    Column("rule", Text, nullable=False),
    Column("calendar", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("received_at", INSTANT, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("acknowledge_by", Date),
    Column("acknowledged_at", INSTANT),
    Column("identified_at", INSTANT),
    Column("identified_by", Text),
    Column("challenge_id", ID),
    Column("extended", Boolean, nullable=False, server_default="false"),
    Column("paused_at", INSTANT),
    Column("paused_days", SmallInteger, nullable=False, server_default="0"),
    Column("closed_at", INSTANT),
    Column("lifted_at", INSTANT),
    Index("ix_rights_requests_contact_id", "contact_id", postgresql_where=text("contact_id is not null")),
    Index("ix_rights_requests_due_on", "due_on", "id", postgresql_where=text("closed_at is null")),
)

rights_request_steps = Table(
    "rights_request_steps",
    metadata,
    Column("request_id", ID, ForeignKey("rights_requests.id", ondelete="CASCADE"), nullable=False),
    Column("position", BigInteger, Identity(always=True), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("actor", Text, nullable=False),
    Column("step", Text, nullable=False),
    # What staff wrote down may be about the person.
    Column("note", SEALED),
    PrimaryKeyConstraint("request_id", "position"),
)
