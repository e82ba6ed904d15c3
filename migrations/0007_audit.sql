-- Who changed what, in one order per organisation. Nothing personal: ids, and facts such as a new status.

CREATE TABLE audit_numbers (
    organization_id TEXT NOT NULL PRIMARY KEY,
    latest BIGINT NOT NULL
);

CREATE TABLE audit_entries (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL,
    application_id TEXT,
    -- Without gaps: a missing entry shows.
    number BIGINT NOT NULL,
    -- api_key, account, person or system; the id says which of them.
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    details TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT audit_entries_number_key UNIQUE (organization_id, number)
);
