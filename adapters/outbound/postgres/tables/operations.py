"""Keys, repeated requests, limits, and the fake phone."""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, PrimaryKeyConstraint, SmallInteger, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from adapters.outbound.postgres.tables.metadata import ID, INSTANT, SEALED, metadata

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("live", Boolean, nullable=False),
    Column("permissions", ARRAY(Text), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT),
    Column("revoked_at", INSTANT),
    Column("networks", ARRAY(Text), nullable=False, server_default="{}"),
    Column("last_used_at", INSTANT),
)

# `seed` names what the request makes, so that a request repeated after a crash finds what it already made.
idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("actor", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("seed", ID, nullable=False),
    Column("request", LargeBinary, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("running_until", INSTANT),
    Column("status_code", SmallInteger),
    Column("headers", SEALED),
    Column("body", SEALED),
    PrimaryKeyConstraint("actor", "key"),
    Index("ix_idempotency_keys_created_at", "created_at"),
)

rate_windows = Table(
    "rate_windows",
    metadata,
    Column("subject", Text, nullable=False),
    Column("window", INSTANT, nullable=False),
    Column("used", BigInteger, nullable=False),
    PrimaryKeyConstraint("subject", "window"),
)

sandbox_messages = Table(
    "sandbox_messages",
    metadata,
    Column("id", ID, primary_key=True),
    Column("message_id", ID, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("channel", Text, nullable=False),
    Column("sealed", SEALED, nullable=False),
    Column("at", INSTANT, nullable=False),
    Index("ix_sandbox_messages_message_id", "message_id"),
)
