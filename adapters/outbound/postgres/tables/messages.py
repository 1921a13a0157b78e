"""Messages and their journal are partitioned by month: their ids are UUIDv7, so an id tells its partition."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Identity,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    text,
)

from adapters.outbound.postgres.tables.consent import THIS_TRANSACTION, XID
from adapters.outbound.postgres.tables.metadata import ID, INSTANT, SEALED, metadata

messages = Table(
    "messages",
    metadata,
    Column("id", ID, primary_key=True),
    Column("contact_id", ID, nullable=False),
    Column("contact_point_id", ID, nullable=False),
    Column("program_id", ID, nullable=False),
    Column("sender_id", ID, nullable=False),
    Column("campaign_id", ID),
    Column("live", Boolean, nullable=False),
    Column("channel", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("on_no_consent", Text, nullable=False),
    Column("template", Text),
    Column("reference", Text),
    Column("provider_id", Text),
    Column("detail", Text),
    Column("created_at", INSTANT, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT),
    Index("ix_messages_contact_id", "contact_id", "id"),
    # A block range index does not keep an update of the status from staying on its page (HOT).
    Index("ix_messages_status", "status", postgresql_using="brin", postgresql_ops={"status": "text_bloom_ops"}),
    Index("ix_messages_program_id", "program_id", "id"),
    Index("ix_messages_reference", "reference", "id", postgresql_where=text("reference is not null")),
    postgresql_partition_by="RANGE (id)",
)

# What never changes stands apart, so that a change of status rewrites a short row.
message_bodies = Table(
    "message_bodies",
    metadata,
    Column("message_id", ID, primary_key=True),
    Column("content", SEALED, nullable=False),
    Column("inspection", LargeBinary, nullable=False),
    Column("decision", LargeBinary, nullable=False),
    postgresql_partition_by="RANGE (message_id)",
)

message_journal = Table(
    "message_journal",
    metadata,
    Column("message_id", ID, nullable=False),
    Column("position", BigInteger, Identity(always=True), nullable=False),
    Column("transaction", XID, nullable=False, server_default=THIS_TRANSACTION),
    Column("at", INSTANT, nullable=False),
    Column("status", Text, nullable=False),
    Column("detail", Text),
    # Who asked for the message: on its first line.
    Column("actor", Text),
    Column("request_id", Text),
    PrimaryKeyConstraint("message_id", "position"),
    # Lines are written in the order they are followed in.
    Index("ix_message_journal_cursor", "transaction", postgresql_using="brin"),
    postgresql_partition_by="RANGE (message_id)",
)

# What still has to leave. A row is claimed by setting `claimed_until`; `handing` is set, and committed,
# before the carrier is called, so that a crash tells what may have left from what cannot have.
outbox = Table(
    "outbox",
    metadata,
    Column("message_id", ID, primary_key=True),
    Column("contact_id", ID, nullable=False),
    Column("contact_point_id", ID, nullable=False),
    Column("sender_id", ID, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("claimed_by", ID),
    Column("claimed_until", INSTANT),
    Column("handing", Boolean, nullable=False, server_default="false"),
    Index("ix_outbox_due", "sender_id", "due_at", postgresql_where=text("claimed_until is null")),
    Index("ix_outbox_claimed_until", "claimed_until", postgresql_where=text("claimed_until is not null")),
    # Rows come and go: room for updates on the page, and the dead ones cleared early.
    postgresql_with={"fillfactor": 70, "autovacuum_vacuum_scale_factor": 0.02},
)

held = Table(
    "held",
    metadata,
    Column("message_id", ID, primary_key=True),
    Column("contact_point_id", ID, nullable=False),
    Column("program_id", ID, nullable=False),
    Column("expires_at", INSTANT),
    Index("ix_held_contact_point_id", "contact_point_id", "program_id"),
    Index("ix_held_expires_at", "expires_at"),
)

# How much of a sender's rate is left, shared by all workers.
sender_pace = Table(
    "sender_pace",
    metadata,
    Column("sender_id", ID, primary_key=True),
    Column("allowance", Double, nullable=False),
    Column("at", INSTANT, nullable=False),
)

# What the frequency caps count: one row for each message handed off that such a rule may look at.
sends = Table(
    "sends",
    metadata,
    Column("contact_id", ID, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("message_id", ID, nullable=False),
    Column("program_id", ID, nullable=False),
    Column("category", Text, nullable=False),
    PrimaryKeyConstraint("contact_id", "at", "message_id"),
)

followers = Table(
    "followers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("transaction", XID, nullable=False, server_default="0"),
    Column("position", BigInteger, nullable=False, server_default="0"),
)
