"""The audit trail and its checkpoints."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_CREATE = (
    """
    CREATE TABLE audit_records (
        id UUID NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        live BOOLEAN NOT NULL,
        actor TEXT NOT NULL,
        session TEXT,
        request_id TEXT,
        action TEXT NOT NULL,
        subject_kind TEXT NOT NULL,
        subject_id TEXT,
        changes TEXT NOT NULL,
        sealed BYTEA NOT NULL,
        commitment BYTEA NOT NULL,
        hash BYTEA NOT NULL,
        transaction BIGINT DEFAULT (pg_current_xact_id()::text::bigint) NOT NULL,
        position BIGINT GENERATED ALWAYS AS IDENTITY,
        CONSTRAINT pk_audit_records PRIMARY KEY (id)
    )
     PARTITION BY RANGE (id)
    """,
    """
    CREATE INDEX ix_audit_records_actor ON audit_records (actor, id)
    """,
    """
    CREATE INDEX ix_audit_records_cursor ON audit_records (transaction, position)
    """,
    """
    CREATE INDEX ix_audit_records_subject ON audit_records (subject_kind, subject_id, id)
    """,
    """
    CREATE TABLE checkpoints (
        number BIGINT NOT NULL,
        first BIGINT NOT NULL,
        last BIGINT NOT NULL,
        root TEXT NOT NULL,
        previous TEXT,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        key_id TEXT NOT NULL,
        signature BYTEA NOT NULL,
        anchored_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_checkpoints PRIMARY KEY (number),
        CONSTRAINT uq_checkpoints_first UNIQUE (first)
    )
    """,
    """
    CREATE TABLE leaves (
        number BIGINT NOT NULL,
        log TEXT NOT NULL,
        entry_id UUID NOT NULL,
        transaction BIGINT NOT NULL,
        position BIGINT NOT NULL,
        hash BYTEA NOT NULL,
        CONSTRAINT pk_leaves PRIMARY KEY (number)
    )
    """,
    """
    CREATE INDEX ix_leaves_entry_id ON leaves (entry_id)
    """,
)


_ASKED_BY = "ALTER TABLE message_journal ADD COLUMN actor TEXT, ADD COLUMN request_id TEXT"


def upgrade() -> None:
    op.execute(_ASKED_BY)
    for statement in _CREATE:
        op.execute(statement)
    op.execute("CREATE TABLE audit_records_rest PARTITION OF audit_records DEFAULT")


def downgrade() -> None:
    op.execute("ALTER TABLE message_journal DROP COLUMN actor, DROP COLUMN request_id")
    for table in ("leaves", "checkpoints", "audit_records"):
        op.execute(f"DROP TABLE {table}")
