"""Rings turning while in use, and sealed settings."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_CREATE = (
    """
    CREATE TABLE key_standings (
        purpose TEXT NOT NULL,
        current SMALLINT NOT NULL,
        oldest SMALLINT NOT NULL,
        since TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_key_standings PRIMARY KEY (purpose)
    )
    """,
    """
    CREATE TABLE key_users (
        id UUID NOT NULL,
        known JSONB NOT NULL,
        used JSONB NOT NULL,
        seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_key_users PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE key_works (
        purpose TEXT NOT NULL,
        step TEXT NOT NULL,
        version SMALLINT NOT NULL,
        cursor TEXT,
        done BIGINT NOT NULL,
        "left" BIGINT NOT NULL,
        passes INTEGER NOT NULL,
        finished_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_key_works PRIMARY KEY (purpose, step)
    )
    """,
)


def upgrade() -> None:
    for statement in _CREATE:
        op.execute(statement)


def downgrade() -> None:
    for table in ("key_works", "key_users", "key_standings"):
        op.drop_table(table)
