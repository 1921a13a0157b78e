"""What a bounce or a complaint leaves behind."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CREATE = (
    """
    CREATE TABLE mails_taken (
        identity BYTEA NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_mails_taken PRIMARY KEY (identity)
    )
    """,
    "CREATE INDEX ix_mails_taken_at ON mails_taken (at)",
    """
    CREATE TABLE soft_bounces (
        contact_point_id UUID NOT NULL,
        message_id UUID NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_soft_bounces PRIMARY KEY (contact_point_id, message_id)
    )
    """,
    "CREATE INDEX ix_soft_bounces_at ON soft_bounces (at)",
)


def upgrade() -> None:
    for statement in _CREATE:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE soft_bounces")
    op.execute("DROP TABLE mails_taken")
