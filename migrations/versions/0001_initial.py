"""The first schema: contacts, consent ledger, programs, templates, messages and what runs them."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_PARTITIONED = ("messages", "message_bodies", "message_journal")

_CREATE = (
    """
    CREATE TABLE api_keys (
        id UUID NOT NULL,
        name TEXT NOT NULL,
        digest BYTEA NOT NULL,
        live BOOLEAN NOT NULL,
        permissions TEXT[] NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE,
        revoked_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_api_keys PRIMARY KEY (id),
        CONSTRAINT uq_api_keys_digest UNIQUE (digest)
    )
    """,
    """
    CREATE TABLE consent_entries (
        id UUID NOT NULL,
        contact_id UUID NOT NULL,
        contact_point_id UUID NOT NULL,
        program_id UUID,
        channel TEXT NOT NULL,
        status TEXT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        actor TEXT NOT NULL,
        facts BYTEA NOT NULL,
        evidence BYTEA NOT NULL,
        commitment BYTEA NOT NULL,
        hash BYTEA NOT NULL,
        transaction BIGINT DEFAULT (pg_current_xact_id()::text::bigint) NOT NULL,
        position BIGINT GENERATED ALWAYS AS IDENTITY,
        CONSTRAINT pk_consent_entries PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_consent_entries_contact_id ON consent_entries (contact_id, at)
    """,
    """
    CREATE INDEX ix_consent_entries_contact_point_id ON consent_entries (contact_point_id, at)
    """,
    """
    CREATE INDEX ix_consent_entries_cursor ON consent_entries (transaction, position)
    """,
    """
    CREATE TABLE contacts (
        id UUID NOT NULL,
        live BOOLEAN NOT NULL,
        kind TEXT DEFAULT 'individual' NOT NULL,
        locale TEXT,
        time_zone TEXT,
        country TEXT,
        region TEXT,
        residence_verified_at DATE,
        reference BYTEA,
        reference_digest BYTEA,
        attributes BYTEA,
        data_key BYTEA NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_contacts PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_contacts_reference_digest ON contacts (reference_digest) WHERE reference_digest is not null
    """,
    """
    CREATE TABLE followers (
        name TEXT NOT NULL,
        transaction BIGINT DEFAULT '0' NOT NULL,
        position BIGINT DEFAULT '0' NOT NULL,
        CONSTRAINT pk_followers PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE held (
        message_id UUID NOT NULL,
        contact_point_id UUID NOT NULL,
        program_id UUID NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_held PRIMARY KEY (message_id)
    )
    """,
    """
    CREATE INDEX ix_held_contact_point_id ON held (contact_point_id, program_id)
    """,
    """
    CREATE INDEX ix_held_expires_at ON held (expires_at)
    """,
    """
    CREATE TABLE idempotency_keys (
        actor TEXT NOT NULL,
        key BYTEA NOT NULL,
        seed UUID NOT NULL,
        request BYTEA NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        running_until TIMESTAMP WITH TIME ZONE,
        status_code SMALLINT,
        headers BYTEA,
        body BYTEA,
        CONSTRAINT pk_idempotency_keys PRIMARY KEY (actor, key)
    )
    """,
    """
    CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at)
    """,
    """
    CREATE TABLE message_bodies (
        message_id UUID NOT NULL,
        content BYTEA NOT NULL,
        inspection BYTEA NOT NULL,
        decision BYTEA NOT NULL,
        CONSTRAINT pk_message_bodies PRIMARY KEY (message_id)
    )
     PARTITION BY RANGE (message_id)
    """,
    """
    CREATE TABLE message_journal (
        message_id UUID NOT NULL,
        position BIGINT GENERATED ALWAYS AS IDENTITY,
        transaction BIGINT DEFAULT (pg_current_xact_id()::text::bigint) NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        status TEXT NOT NULL,
        detail TEXT,
        CONSTRAINT pk_message_journal PRIMARY KEY (message_id, position)
    )
     PARTITION BY RANGE (message_id)
    """,
    """
    CREATE INDEX ix_message_journal_cursor ON message_journal USING brin (transaction)
    """,
    """
    CREATE TABLE messages (
        id UUID NOT NULL,
        contact_id UUID NOT NULL,
        contact_point_id UUID NOT NULL,
        program_id UUID NOT NULL,
        sender_id UUID NOT NULL,
        campaign_id UUID,
        live BOOLEAN NOT NULL,
        channel TEXT NOT NULL,
        category TEXT NOT NULL,
        status TEXT NOT NULL,
        on_no_consent TEXT NOT NULL,
        template TEXT,
        reference TEXT,
        provider_id TEXT,
        detail TEXT,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        due_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_messages PRIMARY KEY (id)
    )
     PARTITION BY RANGE (id)
    """,
    """
    CREATE INDEX ix_messages_contact_id ON messages (contact_id, id)
    """,
    """
    CREATE INDEX ix_messages_program_id ON messages (program_id, id)
    """,
    """
    CREATE INDEX ix_messages_reference ON messages (reference, id) WHERE reference is not null
    """,
    """
    CREATE INDEX ix_messages_status ON messages USING brin (status text_bloom_ops)
    """,
    """
    CREATE TABLE outbox (
        message_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        contact_point_id UUID NOT NULL,
        sender_id UUID NOT NULL,
        due_at TIMESTAMP WITH TIME ZONE NOT NULL,
        attempts SMALLINT DEFAULT '0' NOT NULL,
        claimed_by UUID,
        claimed_until TIMESTAMP WITH TIME ZONE,
        handing BOOLEAN DEFAULT 'false' NOT NULL,
        CONSTRAINT pk_outbox PRIMARY KEY (message_id)
    )
     WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02)
    """,
    """
    CREATE INDEX ix_outbox_claimed_until ON outbox (claimed_until) WHERE claimed_until is not null
    """,
    """
    CREATE INDEX ix_outbox_due ON outbox (sender_id, due_at) WHERE claimed_until is null
    """,
    """
    CREATE TABLE rate_windows (
        subject TEXT NOT NULL,
        "window" TIMESTAMP WITH TIME ZONE NOT NULL,
        used BIGINT NOT NULL,
        CONSTRAINT pk_rate_windows PRIMARY KEY (subject, "window")
    )
    """,
    """
    CREATE TABLE sandbox_messages (
        id UUID NOT NULL,
        message_id UUID NOT NULL,
        live BOOLEAN NOT NULL,
        channel TEXT NOT NULL,
        sealed BYTEA NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_sandbox_messages PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE sender_pace (
        sender_id UUID NOT NULL,
        allowance DOUBLE PRECISION NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_sender_pace PRIMARY KEY (sender_id)
    )
    """,
    """
    CREATE TABLE senders (
        id UUID NOT NULL,
        slug TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        revision INTEGER DEFAULT '1' NOT NULL,
        legal_name TEXT NOT NULL,
        postal_address TEXT NOT NULL,
        support TEXT NOT NULL,
        sms_from TEXT,
        sms_number_type TEXT NOT NULL,
        email_from TEXT,
        email_reply_to TEXT,
        country TEXT NOT NULL,
        campaign_approved BOOLEAN NOT NULL,
        rate_per_second INTEGER NOT NULL,
        CONSTRAINT pk_senders PRIMARY KEY (id),
        CONSTRAINT uq_senders_slug UNIQUE (slug)
    )
    """,
    """
    CREATE TABLE sends (
        contact_id UUID NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        message_id UUID NOT NULL,
        program_id UUID NOT NULL,
        category TEXT NOT NULL,
        CONSTRAINT pk_sends PRIMARY KEY (contact_id, at, message_id)
    )
    """,
    """
    CREATE TABLE settings (
        name TEXT NOT NULL,
        value BYTEA NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_settings PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE suppressions (
        id UUID NOT NULL,
        token BYTEA NOT NULL,
        key_version SMALLINT DEFAULT '1' NOT NULL,
        channel TEXT NOT NULL,
        scope TEXT NOT NULL,
        category TEXT,
        program_id UUID,
        reason TEXT NOT NULL,
        date TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_suppressions PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_suppressions_token ON suppressions (token)
    """,
    """
    CREATE TABLE templates (
        id UUID NOT NULL,
        slug TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        revision INTEGER DEFAULT '1' NOT NULL,
        name TEXT NOT NULL,
        channel TEXT NOT NULL,
        category TEXT NOT NULL,
        CONSTRAINT pk_templates PRIMARY KEY (id),
        CONSTRAINT uq_templates_slug UNIQUE (slug)
    )
    """,
    """
    CREATE TABLE contact_points (
        id UUID NOT NULL,
        contact_id UUID NOT NULL,
        channel TEXT NOT NULL,
        digest BYTEA NOT NULL,
        digest_version SMALLINT DEFAULT '1' NOT NULL,
        address BYTEA NOT NULL,
        state TEXT DEFAULT 'active' NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_contact_points PRIMARY KEY (id),
        CONSTRAINT fk_contact_points_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE CASCADE,
        CONSTRAINT uq_contact_points_digest UNIQUE (digest)
    )
    """,
    """
    CREATE INDEX ix_contact_points_contact_id ON contact_points (contact_id)
    """,
    """
    CREATE TABLE programs (
        id UUID NOT NULL,
        slug TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        revision INTEGER DEFAULT '1' NOT NULL,
        name TEXT NOT NULL,
        purpose TEXT NOT NULL,
        category TEXT NOT NULL,
        channels TEXT[] NOT NULL,
        opt_in TEXT NOT NULL,
        frequency TEXT NOT NULL,
        sender_id UUID NOT NULL,
        status TEXT NOT NULL,
        CONSTRAINT pk_programs PRIMARY KEY (id),
        CONSTRAINT uq_programs_slug UNIQUE (slug),
        CONSTRAINT fk_programs_sender_id FOREIGN KEY(sender_id) REFERENCES senders (id)
    )
    """,
    """
    CREATE TABLE template_versions (
        template_id UUID NOT NULL,
        locale TEXT NOT NULL,
        version INTEGER NOT NULL,
        content JSONB NOT NULL,
        variables TEXT[] NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_template_versions PRIMARY KEY (template_id, locale, version),
        CONSTRAINT fk_template_versions_template_id FOREIGN KEY(template_id) REFERENCES templates (id)
    )
    """,
    """
    CREATE TABLE campaigns (
        id UUID NOT NULL,
        slug TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        revision INTEGER DEFAULT '1' NOT NULL,
        name TEXT NOT NULL,
        program_id UUID NOT NULL,
        template_id UUID,
        planned_for TIMESTAMP WITH TIME ZONE,
        status TEXT NOT NULL,
        CONSTRAINT pk_campaigns PRIMARY KEY (id),
        CONSTRAINT uq_campaigns_slug UNIQUE (slug),
        CONSTRAINT fk_campaigns_program_id FOREIGN KEY(program_id) REFERENCES programs (id),
        CONSTRAINT fk_campaigns_template_id FOREIGN KEY(template_id) REFERENCES templates (id)
    )
    """,
    """
    CREATE TABLE disclosures (
        program_id UUID NOT NULL,
        channel TEXT NOT NULL,
        locale TEXT NOT NULL,
        version INTEGER NOT NULL,
        text TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_disclosures PRIMARY KEY (program_id, channel, locale, version),
        CONSTRAINT fk_disclosures_program_id FOREIGN KEY(program_id) REFERENCES programs (id)
    )
    """,
)

_DROP = (
    "disclosures",
    "campaigns",
    "template_versions",
    "programs",
    "contact_points",
    "templates",
    "suppressions",
    "settings",
    "sends",
    "senders",
    "sender_pace",
    "sandbox_messages",
    "rate_windows",
    "outbox",
    "messages",
    "message_journal",
    "message_bodies",
    "idempotency_keys",
    "held",
    "followers",
    "contacts",
    "consent_entries",
    "api_keys",
)


def upgrade() -> None:
    for statement in _CREATE:
        op.execute(statement)
    # Months are added ahead of time; this one catches what no month does, so that nothing is ever refused.
    for table in _PARTITIONED:
        op.execute(f"CREATE TABLE {table}_rest PARTITION OF {table} DEFAULT")


def downgrade() -> None:
    for table in _DROP:
        op.execute(f"DROP TABLE {table}")
