"""Where each key of the ring stands, who uses the ring, and how far bringing rows along has come. No key is here."""

from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, SmallInteger, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from adapters.outbound.postgres.tables.metadata import ID, INSTANT, metadata

key_standings = Table(
    "key_standings",
    metadata,
    Column("purpose", Text, primary_key=True),
    Column("current", SmallInteger, nullable=False),
    Column("oldest", SmallInteger, nullable=False),
    Column("since", INSTANT, nullable=False),
)

key_users = Table(
    "key_users",
    metadata,
    Column("id", ID, primary_key=True),
    Column("known", JSONB, nullable=False),
    Column("used", JSONB, nullable=False),
    Column("seen_at", INSTANT, nullable=False),
)

key_works = Table(
    "key_works",
    metadata,
    Column("purpose", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("cursor", Text),
    Column("done", BigInteger, nullable=False),
    Column("left", BigInteger, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("finished_at", INSTANT),
    PrimaryKeyConstraint("purpose", "step"),
)
