"""What every contact shares: few rows, read by everyone, changed by staff."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.outbound.postgres.tables.metadata import ID, INSTANT, metadata


def _named() -> tuple[Column[object], ...]:
    return (
        Column("id", ID, primary_key=True),
        Column("slug", Text, nullable=False, unique=True),
        Column("created_at", INSTANT, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
        Column("revision", Integer, nullable=False, server_default="1"),
    )


senders = Table(
    "senders",
    metadata,
    *_named(),
    Column("legal_name", Text, nullable=False),
    Column("postal_address", Text, nullable=False),
    Column("support", Text, nullable=False),
    Column("sms_from", Text),
    Column("sms_number_type", Text, nullable=False),
    Column("email_from", Text),
    Column("email_reply_to", Text),
    Column("country", Text, nullable=False),
    Column("campaign_approved", Boolean, nullable=False),
    Column("rate_per_second", Integer, nullable=False),
    Column("terms_url", Text),
    Column("privacy_url", Text),
)

brandings = Table(
    "brandings",
    metadata,
    Column("sender_id", ID, ForeignKey("senders.id"), primary_key=True),
    Column("accent", Text, nullable=False),
    Column("on_accent", Text, nullable=False),
    Column("accent_dark", Text, nullable=False),
    Column("on_accent_dark", Text, nullable=False),
    Column("background", Text, nullable=False),
    Column("logo", LargeBinary),
    Column("logo_type", Text),
    Column("logo_width", Integer),
    Column("logo_height", Integer),
)

programs = Table(
    "programs",
    metadata,
    *_named(),
    Column("name", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("channels", ARRAY(Text), nullable=False),
    Column("opt_in", Text, nullable=False),
    Column("frequency", Text, nullable=False),
    Column("sender_id", ID, ForeignKey("senders.id"), nullable=False),
    Column("status", Text, nullable=False),
    Column("terms_url", Text),
    Column("privacy_url", Text),
    Column("also_on_form", ARRAY(Text), nullable=False, server_default="{}"),
)

disclosures = Table(
    "disclosures",
    metadata,
    Column("program_id", ID, ForeignKey("programs.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    PrimaryKeyConstraint("program_id", "channel", "locale", "version"),
)

templates = Table(
    "templates",
    metadata,
    *_named(),
    Column("name", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("category", Text, nullable=False),
)

template_versions = Table(
    "template_versions",
    metadata,
    Column("template_id", ID, ForeignKey("templates.id"), nullable=False),
    Column("locale", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", JSONB, nullable=False),
    Column("variables", ARRAY(Text), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("published_at", INSTANT),
    PrimaryKeyConstraint("template_id", "locale", "version"),
)

campaigns = Table(
    "campaigns",
    metadata,
    *_named(),
    Column("name", Text, nullable=False),
    Column("program_id", ID, ForeignKey("programs.id"), nullable=False),
    Column("template_id", ID, ForeignKey("templates.id")),
    Column("planned_for", INSTANT),
    Column("status", Text, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
)
