"""Texts that came in, and the review queue."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CREATE = (
    """
    CREATE TABLE replies (
        id UUID NOT NULL,
        carrier_id TEXT NOT NULL,
        live BOOLEAN NOT NULL,
        channel TEXT NOT NULL,
        received_at TIMESTAMP WITH TIME ZONE NOT NULL,
        contact_id UUID,
        contact_point_id UUID,
        sender_id UUID,
        message_id UUID,
        program_id UUID,
        classification TEXT,
        rule TEXT,
        pattern TEXT,
        language TEXT,
        media SMALLINT DEFAULT 0 NOT NULL,
        status TEXT NOT NULL,
        text BYTEA,
        answer_id UUID,
        resolved_at TIMESTAMP WITH TIME ZONE,
        resolved_by TEXT,
        CONSTRAINT pk_replies PRIMARY KEY (id),
        CONSTRAINT uq_replies_carrier_id UNIQUE (carrier_id)
    )
    """,
    """
    CREATE INDEX ix_replies_contact_id ON replies (contact_id, received_at) WHERE contact_id IS NOT NULL
    """,
    """
    CREATE INDEX ix_replies_unknown ON replies (sender_id, received_at) WHERE contact_id IS NULL
    """,
    """
    CREATE INDEX ix_replies_unclear ON replies (id) WHERE status = 'unclear'
    """,
    """
    CREATE INDEX ix_sandbox_messages_message_id ON sandbox_messages (message_id)
    """,
)


def upgrade() -> None:
    for statement in _CREATE:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP INDEX ix_sandbox_messages_message_id")
    op.execute("DROP TABLE replies")
