"""Legal holds, and the runs that remove what is over."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_CREATE = (
    """
    CREATE TABLE legal_holds (
        id UUID NOT NULL,
        "on" TEXT NOT NULL,
        subject_id UUID,
        sealed BYTEA NOT NULL,
        placed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        placed_by TEXT NOT NULL,
        released_at TIMESTAMP WITH TIME ZONE,
        released_by TEXT,
        CONSTRAINT pk_legal_holds PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_legal_holds_subject_id ON legal_holds (subject_id) WHERE released_at IS NULL",
    """
    CREATE TABLE retention_runs (
        id UUID NOT NULL,
        day DATE NOT NULL,
        started_at TIMESTAMP WITH TIME ZONE NOT NULL,
        started_by TEXT NOT NULL,
        shelf SMALLINT NOT NULL,
        cursor TEXT,
        removed JSONB NOT NULL,
        finished_at TIMESTAMP WITH TIME ZONE,
        held BOOLEAN NOT NULL,
        CONSTRAINT pk_retention_runs PRIMARY KEY (id)
    )
    """,
)


def upgrade() -> None:
    for statement in _CREATE:
        op.execute(statement)


def downgrade() -> None:
    for table in ("retention_runs", "legal_holds"):
        op.execute(f"DROP TABLE {table}")
