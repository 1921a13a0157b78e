"""Challenges and what limits them."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CREATE = (
    """
    CREATE TABLE challenges (
        id UUID NOT NULL,
        live BOOLEAN NOT NULL,
        channel TEXT NOT NULL,
        method TEXT NOT NULL,
        purpose TEXT NOT NULL,
        intent TEXT NOT NULL,
        program TEXT NOT NULL,
        locale TEXT,
        link TEXT,
        digest BYTEA NOT NULL,
        network BYTEA,
        prefix BYTEA,
        country TEXT,
        address BYTEA,
        payload BYTEA,
        evidence BYTEA,
        secret BYTEA,
        message_id UUID,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        due_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        issued_at TIMESTAMP WITH TIME ZONE,
        superseded_at TIMESTAMP WITH TIME ZONE,
        used_at TIMESTAMP WITH TIME ZONE,
        refused TEXT,
        failures SMALLINT DEFAULT 0 NOT NULL,
        carried SMALLINT DEFAULT 0 NOT NULL,
        failed_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_challenges PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_challenges_due_at ON challenges (due_at)
    WHERE issued_at IS NULL AND refused IS NULL AND superseded_at IS NULL
    """,
    """
    CREATE INDEX ix_challenges_digest ON challenges (digest, created_at)
    """,
    """
    CREATE INDEX ix_challenges_network ON challenges (network, issued_at) WHERE network IS NOT NULL
    """,
    """
    CREATE INDEX ix_challenges_prefix ON challenges (prefix, issued_at) WHERE prefix IS NOT NULL
    """,
    """
    CREATE INDEX ix_challenges_issued_at ON challenges (issued_at)
    """,
)


def upgrade() -> None:
    for statement in _CREATE:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE challenges")
