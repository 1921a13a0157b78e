"""Branding and what a form needs."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FORMER_POINTS = """
    CREATE TABLE former_points (
        contact_point_id UUID NOT NULL,
        channel TEXT NOT NULL,
        token BYTEA NOT NULL,
        removed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_former_points PRIMARY KEY (contact_point_id)
    )
"""


def upgrade() -> None:
    op.execute(_FORMER_POINTS)


def downgrade() -> None:
    op.execute("DROP TABLE former_points")
