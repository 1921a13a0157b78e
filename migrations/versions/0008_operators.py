"""Staff accounts, sessions, invitations."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_CREATE = (
    """
    CREATE TABLE operators (
        id UUID NOT NULL,
        digest BYTEA NOT NULL,
        sealed BYTEA NOT NULL,
        role TEXT NOT NULL,
        password TEXT,
        company BYTEA,
        code_secret BYTEA,
        code_confirmed_at TIMESTAMP WITH TIME ZONE,
        code_step BIGINT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        disabled_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_operators PRIMARY KEY (id),
        CONSTRAINT uq_operators_digest UNIQUE (digest),
        CONSTRAINT uq_operators_company UNIQUE (company)
    )
    """,
    """
    CREATE TABLE recovery_codes (
        operator_id UUID NOT NULL,
        digest BYTEA NOT NULL,
        CONSTRAINT pk_recovery_codes PRIMARY KEY (operator_id, digest),
        CONSTRAINT fk_recovery_codes_operator_id FOREIGN KEY(operator_id) REFERENCES operators (id)
    )
    """,
    """
    CREATE TABLE passkeys (
        id UUID NOT NULL,
        operator_id UUID NOT NULL,
        name TEXT NOT NULL,
        credential_id BYTEA NOT NULL,
        public_key BYTEA NOT NULL,
        sign_count BIGINT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        last_used_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_passkeys PRIMARY KEY (id),
        CONSTRAINT fk_passkeys_operator_id FOREIGN KEY(operator_id) REFERENCES operators (id),
        CONSTRAINT uq_passkeys_credential_id UNIQUE (credential_id)
    )
    """,
    """
    CREATE INDEX ix_passkeys_operator_id ON passkeys (operator_id)
    """,
    """
    CREATE TABLE operator_sessions (
        id UUID NOT NULL,
        operator_id UUID NOT NULL,
        digest BYTEA NOT NULL,
        method TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        used_at TIMESTAMP WITH TIME ZONE NOT NULL,
        proven_at TIMESTAMP WITH TIME ZONE NOT NULL,
        sealed BYTEA NOT NULL,
        CONSTRAINT pk_operator_sessions PRIMARY KEY (id),
        CONSTRAINT fk_operator_sessions_operator_id FOREIGN KEY(operator_id) REFERENCES operators (id),
        CONSTRAINT uq_operator_sessions_digest UNIQUE (digest)
    )
    """,
    """
    CREATE INDEX ix_operator_sessions_created_at ON operator_sessions (created_at)
    """,
    """
    CREATE INDEX ix_operator_sessions_operator_id ON operator_sessions (operator_id)
    """,
    """
    CREATE TABLE operator_links (
        id UUID NOT NULL,
        kind TEXT NOT NULL,
        digest BYTEA NOT NULL,
        operator_id UUID,
        role TEXT,
        sealed BYTEA,
        made_by TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_operator_links PRIMARY KEY (id),
        CONSTRAINT uq_operator_links_digest UNIQUE (digest),
        CONSTRAINT fk_operator_links_operator_id FOREIGN KEY(operator_id) REFERENCES operators (id)
    )
    """,
    """
    CREATE INDEX ix_operator_links_expires_at ON operator_links (expires_at)
    """,
    """
    CREATE TABLE operator_steps (
        digest BYTEA NOT NULL,
        kind TEXT NOT NULL,
        sealed BYTEA NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_operator_steps PRIMARY KEY (digest)
    )
    """,
    """
    CREATE INDEX ix_operator_steps_expires_at ON operator_steps (expires_at)
    """,
    """
    CREATE TABLE sign_in_tries (
        subject BYTEA NOT NULL,
        failures INTEGER NOT NULL,
        last_at TIMESTAMP WITH TIME ZONE NOT NULL,
        until TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_sign_in_tries PRIMARY KEY (subject)
    )
    """,
    """
    CREATE INDEX ix_sign_in_tries_last_at ON sign_in_tries (last_at)
    """,
)


def upgrade() -> None:
    for statement in _CREATE:
        op.execute(statement)


def downgrade() -> None:
    for table in (
        "sign_in_tries",
        "operator_steps",
        "operator_links",
        "operator_sessions",
        "passkeys",
        "recovery_codes",
        "operators",
    ):
        op.execute(f"DROP TABLE {table}")
