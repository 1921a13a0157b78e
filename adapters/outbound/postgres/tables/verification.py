"""Challenges: sealed and digested, for a day or two. Digests are there to count by, never to find a contact by."""

from sqlalchemy import Boolean, Column, Index, LargeBinary, SmallInteger, Table, Text, text

from adapters.outbound.postgres.tables.metadata import ID, INSTANT, SEALED, metadata

_WAITS = text("issued_at is null and refused is null and superseded_at is null")

challenges = Table(
    "challenges",
    metadata,
    Column("id", ID, primary_key=True),
    Column("live", Boolean, nullable=False),
    Column("channel", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("intent", Text, nullable=False),
    Column("program", Text, nullable=False),
    Column("locale", Text),
    Column("link", Text),
    Column("digest", LargeBinary, nullable=False),
    Column("network", LargeBinary),
    Column("prefix", LargeBinary),
    Column("country", Text),
    Column("address", SEALED),
    Column("payload", SEALED),
    Column("evidence", SEALED),
    Column("secret", LargeBinary),
    Column("message_id", ID),
    Column("created_at", INSTANT, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    Column("issued_at", INSTANT),
    Column("superseded_at", INSTANT),
    Column("used_at", INSTANT),
    Column("refused", Text),
    Column("failures", SmallInteger, nullable=False, server_default="0"),
    Column("carried", SmallInteger, nullable=False, server_default="0"),
    Column("failed_at", INSTANT),
    Index("ix_challenges_due_at", "due_at", postgresql_where=_WAITS),
    Index("ix_challenges_digest", "digest", "created_at"),
    Index("ix_challenges_network", "network", "issued_at", postgresql_where=text("network is not null")),
    Index("ix_challenges_prefix", "prefix", "issued_at", postgresql_where=text("prefix is not null")),
    Index("ix_challenges_issued_at", "issued_at"),
)
