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

_FORM_COLUMNS = (
    "ALTER TABLE senders ADD COLUMN terms_url TEXT, ADD COLUMN privacy_url TEXT",
    """
    ALTER TABLE programs ADD COLUMN terms_url TEXT, ADD COLUMN privacy_url TEXT,
        ADD COLUMN also_on_form TEXT[] DEFAULT '{}' NOT NULL
    """,
)

_BRANDINGS = """
    CREATE TABLE brandings (
        sender_id UUID NOT NULL,
        accent TEXT NOT NULL,
        on_accent TEXT NOT NULL,
        accent_dark TEXT NOT NULL,
        on_accent_dark TEXT NOT NULL,
        background TEXT NOT NULL,
        logo BYTEA,
        logo_type TEXT,
        logo_width INTEGER,
        logo_height INTEGER,
        CONSTRAINT pk_brandings PRIMARY KEY (sender_id),
        CONSTRAINT fk_brandings_sender_id_senders FOREIGN KEY(sender_id) REFERENCES senders (id)
    )
"""


def upgrade() -> None:
    op.execute(_BRANDINGS)
    op.execute(_FORMER_POINTS)
    for columns in _FORM_COLUMNS:
        op.execute(columns)


def downgrade() -> None:
    op.execute("DROP TABLE brandings")
    op.execute("ALTER TABLE programs DROP COLUMN also_on_form, DROP COLUMN privacy_url, DROP COLUMN terms_url")
    op.execute("ALTER TABLE senders DROP COLUMN privacy_url, DROP COLUMN terms_url")
    op.execute("DROP TABLE former_points")
