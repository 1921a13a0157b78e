"""What mail that came in leaves behind: that it was taken, and which addresses bounced softly."""

from sqlalchemy import Column, LargeBinary, PrimaryKeyConstraint, Table

from adapters.outbound.postgres.tables.metadata import ID, INSTANT, metadata

mails_taken = Table(
    "mails_taken",
    metadata,
    # A digest over the address and the mail's own id: neither can be told from it.
    Column("identity", LargeBinary, primary_key=True),
    Column("at", INSTANT, nullable=False, index=True),
)

# One row for each message that came back, however often that is reported.
soft_bounces = Table(
    "soft_bounces",
    metadata,
    Column("contact_point_id", ID, nullable=False),
    Column("message_id", ID, nullable=False),
    Column("at", INSTANT, nullable=False, index=True),
    PrimaryKeyConstraint("contact_point_id", "message_id"),
)
