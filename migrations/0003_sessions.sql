-- Verifications. Nothing personal is readable here: `state` holds the facts of the lifecycle, `sealed` the rest.

CREATE TABLE session_numbers (
    application_id TEXT NOT NULL PRIMARY KEY,
    latest BIGINT NOT NULL
);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    number BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    vendor_hash TEXT,
    -- Set while the session is unfinished and has vendor data, so that parallel creates make one session.
    reuse_key TEXT,
    workflow_id TEXT NOT NULL,
    workflow_version_id TEXT NOT NULL,
    workflow_version BIGINT NOT NULL,
    status TEXT NOT NULL,
    state TEXT NOT NULL,
    sealed {{bytes}} NOT NULL,
    due_at BIGINT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    CONSTRAINT sessions_number_key UNIQUE (application_id, number),
    CONSTRAINT sessions_token_hash_key UNIQUE (token_hash),
    CONSTRAINT sessions_reuse_key_key UNIQUE (reuse_key)
);
CREATE INDEX sessions_by_due ON sessions (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX sessions_by_vendor ON sessions (application_id, vendor_hash, id) WHERE vendor_hash IS NOT NULL;

-- Deleting a row is the erasure: nothing that was sealed with the key opens again.
CREATE TABLE session_keys (
    session_id TEXT NOT NULL PRIMARY KEY REFERENCES sessions (id),
    wrapped {{bytes}} NOT NULL,
    created_at BIGINT NOT NULL
);

-- One row per attempt at a node; the latest attempt is the report, the others its history.
CREATE TABLE reports (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    node_id TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    feature TEXT NOT NULL,
    status TEXT NOT NULL,
    sealed {{bytes}} NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (session_id, node_id, attempt)
);
