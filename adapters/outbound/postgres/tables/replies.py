"""What people wrote back. One row for each of the carrier's messages, however often it is delivered."""

from sqlalchemy import Boolean, Column, Index, SmallInteger, Table, Text, text

from adapters.outbound.postgres.tables.metadata import ID, INSTANT, SEALED, metadata

# No foreign keys: what was received outlives an erased contact, and says nothing once its key is gone.
replies = Table(
    "replies",
    metadata,
    Column("id", ID, primary_key=True),
    # The carrier's own id of the message: what is delivered twice has an effect once.
    Column("carrier_id", Text, nullable=False, unique=True),
    Column("live", Boolean, nullable=False),
    Column("channel", Text, nullable=False),
    Column("received_at", INSTANT, nullable=False),
    # None for whoever is no contact; of them no word is kept.
    Column("contact_id", ID),
    Column("contact_point_id", ID),
    Column("sender_id", ID),
    # The message it seems to answer, and that message's program.
    Column("message_id", ID),
    Column("program_id", ID),
    Column("classification", Text),
    Column("rule", Text),
    Column("pattern", Text),
    Column("language", Text),
    Column("media", SmallInteger, nullable=False, server_default="0"),
    Column("status", Text, nullable=False),
    Column("text", SEALED),
    Column("answer_id", ID),
    Column("resolved_at", INSTANT),
    Column("resolved_by", Text),
    Index("ix_replies_contact_id", "contact_id", "received_at", postgresql_where=text("contact_id is not null")),
    Index("ix_replies_unknown", "sender_id", "received_at", postgresql_where=text("contact_id is null")),
    Index("ix_replies_unclear", "id", postgresql_where=text("status = 'unclear'")),
)
