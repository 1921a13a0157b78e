"""What limits and describes API keys."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE api_keys ADD COLUMN networks TEXT[] DEFAULT '{}' NOT NULL")
    op.execute("ALTER TABLE api_keys ADD COLUMN last_used_at TIMESTAMP WITH TIME ZONE")


def downgrade() -> None:
    op.execute("ALTER TABLE api_keys DROP COLUMN last_used_at")
    op.execute("ALTER TABLE api_keys DROP COLUMN networks")
