-- Whom sessions are about, over all of their sessions, and the lists that let in or keep out. What is known of a person or
-- a company is sealed with a key of its own, because it outlives every session; destroying that key is the erasure.

CREATE TABLE entities (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    -- 'user' or 'business'
    kind TEXT NOT NULL,
    -- Keyed hash of application, kind and vendor data; absent where the integrator gave no vendor data.
    vendor_hash TEXT,
    -- 'ACTIVE', 'FLAGGED' or 'BLOCKED'
    status TEXT NOT NULL,
    session_count BIGINT NOT NULL,
    approved_count BIGINT NOT NULL,
    declined_count BIGINT NOT NULL,
    in_review_count BIGINT NOT NULL,
    sealed {{bytes}} NOT NULL,
    -- Rises with every claim; taking it is how two writers take turns.
    version BIGINT NOT NULL,
    first_session_at BIGINT,
    last_session_at BIGINT,
    last_activity_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT entities_vendor_hash_key UNIQUE (vendor_hash)
);
CREATE INDEX entities_by_application ON entities (application_id, kind, last_session_at);

-- Deleting a row is the erasure.
CREATE TABLE entity_keys (
    entity_id TEXT NOT NULL PRIMARY KEY REFERENCES entities (id),
    wrapped {{bytes}} NOT NULL,
    created_at BIGINT NOT NULL
);

-- What people and programs did to an entity, shown as its `comments`.
CREATE TABLE entity_activities (
    id TEXT NOT NULL PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities (id),
    sealed {{bytes}} NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX entity_activities_by_entity ON entity_activities (entity_id, id);

CREATE TABLE lists (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    name TEXT NOT NULL,
    description TEXT,
    -- 'blocklist', 'allowlist' or 'custom'
    list_type TEXT NOT NULL,
    entry_type TEXT NOT NULL,
    is_system BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT lists_name_key UNIQUE (application_id, name)
);

CREATE TABLE list_entries (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    list_id TEXT NOT NULL REFERENCES lists (id),
    -- Keyed hash of application, entry type and normalised value.
    value_hash TEXT NOT NULL,
    -- The value, its label, its comment and its metadata, sealed with the key ring.
    sealed {{bytes}} NOT NULL,
    -- 'api', 'console', 'email' or 'system'
    added_by TEXT NOT NULL,
    reference_session_id TEXT,
    reference_object_uuid TEXT,
    created_at BIGINT NOT NULL,
    CONSTRAINT list_entries_value_key UNIQUE (list_id, value_hash)
);
CREATE INDEX list_entries_by_hash ON list_entries (application_id, value_hash);
