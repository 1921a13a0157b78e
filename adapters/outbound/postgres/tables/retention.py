"""Legal holds, and the runs that remove what is over."""

from sqlalchemy import Boolean, Column, Date, Index, SmallInteger, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from adapters.outbound.postgres.tables.metadata import ID, INSTANT, SEALED, metadata

legal_holds = Table(
    "legal_holds",
    metadata,
    Column("id", ID, primary_key=True),
    Column("on", Text, nullable=False),
    # None for everything; no foreign key: a hold may be on an erased contact.
    Column("subject_id", ID),
    Column("sealed", SEALED, nullable=False),
    Column("placed_at", INSTANT, nullable=False),
    Column("placed_by", Text, nullable=False),
    Column("released_at", INSTANT),
    Column("released_by", Text),
    Index("ix_legal_holds_subject_id", "subject_id", postgresql_where=text("released_at is null")),
)

retention_runs = Table(
    "retention_runs",
    metadata,
    Column("id", ID, primary_key=True),
    Column("day", Date, nullable=False),
    Column("started_at", INSTANT, nullable=False),
    Column("started_by", Text, nullable=False),
    Column("shelf", SmallInteger, nullable=False),
    Column("cursor", Text),
    Column("removed", JSONB, nullable=False),
    Column("finished_at", INSTANT),
    Column("held", Boolean, nullable=False),
)
