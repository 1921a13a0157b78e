from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, LargeBinary, SmallInteger, Table, Text, text

from adapters.outbound.postgres.tables.metadata import ID, INSTANT, SEALED, metadata

contacts = Table(
    "contacts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("live", Boolean, nullable=False),
    Column("kind", Text, nullable=False, server_default="individual"),
    Column("locale", Text),
    Column("time_zone", Text),
    Column("country", Text),
    Column("region", Text),
    Column("residence_verified_at", Date),
    # Sealed with the data key: the customer's own reference may be a name or an email.
    Column("reference", SEALED),
    Column("reference_digest", LargeBinary),
    Column("attributes", SEALED),
    Column("data_key", LargeBinary, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    Column("restricted_at", INSTANT),
    Index("ix_contacts_reference_digest", "reference_digest", postgresql_where=text("reference_digest is not null")),
)

contact_points = Table(
    "contact_points",
    metadata,
    Column("id", ID, primary_key=True),
    Column("contact_id", ID, ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("digest_version", SmallInteger, nullable=False, server_default="1"),
    Column("address", SEALED, nullable=False),
    Column("state", Text, nullable=False, server_default="active"),
    Column("created_at", INSTANT, nullable=False),
)

# No foreign key: a link in an old mail works for as long as the mail lies somewhere, whoever was erased since.
former_points = Table(
    "former_points",
    metadata,
    Column("contact_point_id", ID, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("token", LargeBinary, nullable=False, index=True),
    Column("removed_at", INSTANT, nullable=False),
)
