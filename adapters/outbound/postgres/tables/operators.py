"""Staff accounts. Names, addresses and where somebody signed in from are sealed; they are found by keyed digests."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from adapters.outbound.postgres.tables.metadata import ID, INSTANT, SEALED, metadata

operators = Table(
    "operators",
    metadata,
    Column("id", ID, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("sealed", SEALED, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("company", LargeBinary, unique=True),
    Column("code_secret", SEALED),
    Column("code_confirmed_at", INSTANT),
    Column("code_step", BigInteger, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("disabled_at", INSTANT),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("operator_id", ID, ForeignKey("operators.id"), nullable=False),
    Column("digest", LargeBinary, nullable=False),
    PrimaryKeyConstraint("operator_id", "digest"),
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", ID, primary_key=True),
    Column("operator_id", ID, ForeignKey("operators.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("credential_id", LargeBinary, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("last_used_at", INSTANT),
    Index("ix_passkeys_operator_id", "operator_id"),
)

operator_sessions = Table(
    "operator_sessions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("operator_id", ID, ForeignKey("operators.id"), nullable=False),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("method", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("used_at", INSTANT, nullable=False),
    Column("proven_at", INSTANT, nullable=False),
    Column("sealed", SEALED, nullable=False),
    Index("ix_operator_sessions_operator_id", "operator_id"),
    Index("ix_operator_sessions_created_at", "created_at"),
)

# One-time links: the first administrator's, invitations, new passwords.
operator_links = Table(
    "operator_links",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("operator_id", ID, ForeignKey("operators.id")),
    Column("role", Text),
    Column("sealed", SEALED),
    Column("made_by", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    Index("ix_operator_links_expires_at", "expires_at"),
)

# What waits for its next step: a second factor, an authenticator's answer, the company's.
operator_steps = Table(
    "operator_steps",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("sealed", SEALED, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    Index("ix_operator_steps_expires_at", "expires_at"),
)

sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("subject", LargeBinary, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", INSTANT, nullable=False),
    Column("until", INSTANT, nullable=False),
    Index("ix_sign_in_tries_last_at", "last_at"),
)
