"""Requests of contacts about their data, erasure and restriction."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_CREATE = (
    """
    CREATE TABLE erasures (
        contact_id UUID NOT NULL,
        live BOOLEAN NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        kept_until DATE,
        settled_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_erasures PRIMARY KEY (contact_id)
    )
    """,
    "CREATE INDEX ix_erasures_unsettled ON erasures (at) WHERE settled_at IS NULL",
    """
    CREATE TABLE restricted_evidence (
        entry_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        contact_point_id UUID NOT NULL,
        live BOOLEAN NOT NULL,
        sealed BYTEA NOT NULL,
        rule TEXT NOT NULL,
        kept_until DATE NOT NULL,
        CONSTRAINT pk_restricted_evidence PRIMARY KEY (entry_id)
    )
    """,
    "CREATE INDEX ix_restricted_evidence_contact_id ON restricted_evidence (contact_id)",
    "CREATE INDEX ix_restricted_evidence_contact_point_id ON restricted_evidence (contact_point_id)",
    "CREATE INDEX ix_restricted_evidence_kept_until ON restricted_evidence (kept_until)",
    """
    CREATE TABLE rights_requests (
        id UUID NOT NULL,
        live BOOLEAN NOT NULL,
        contact_id UUID,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        channel TEXT,
        address BYTEA,
        rule TEXT NOT NULL,
        calendar TEXT NOT NULL,
        zone TEXT NOT NULL,
        received_at TIMESTAMP WITH TIME ZONE NOT NULL,
        due_on DATE NOT NULL,
        acknowledge_by DATE,
        acknowledged_at TIMESTAMP WITH TIME ZONE,
        identified_at TIMESTAMP WITH TIME ZONE,
        identified_by TEXT,
        challenge_id UUID,
        extended BOOLEAN DEFAULT false NOT NULL,
        paused_at TIMESTAMP WITH TIME ZONE,
        paused_days SMALLINT DEFAULT 0 NOT NULL,
        closed_at TIMESTAMP WITH TIME ZONE,
        lifted_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_rights_requests PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_rights_requests_contact_id ON rights_requests (contact_id) WHERE contact_id IS NOT NULL",
    "CREATE INDEX ix_rights_requests_due_on ON rights_requests (due_on, id) WHERE closed_at IS NULL",
    """
    CREATE TABLE rights_request_steps (
        request_id UUID NOT NULL,
        position BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        actor TEXT NOT NULL,
        step TEXT NOT NULL,
        note BYTEA,
        CONSTRAINT pk_rights_request_steps PRIMARY KEY (request_id, position),
        CONSTRAINT fk_rights_request_steps_request_id FOREIGN KEY (request_id) REFERENCES rights_requests (id)
            ON DELETE CASCADE
    )
    """,
    "ALTER TABLE contacts ADD COLUMN restricted_at TIMESTAMP WITH TIME ZONE",
    "CREATE INDEX ix_former_points_token ON former_points (token)",
)


def upgrade() -> None:
    for statement in _CREATE:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP INDEX ix_former_points_token")
    op.execute("ALTER TABLE contacts DROP COLUMN restricted_at")
    for table in ("rights_request_steps", "rights_requests", "restricted_evidence", "erasures"):
        op.execute(f"DROP TABLE {table}")
