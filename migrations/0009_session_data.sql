-- Sessions as integrators list, erase, share and import them.

-- `user` or `business`, by the workflow.
ALTER TABLE sessions ADD COLUMN kind TEXT NOT NULL DEFAULT 'user';
-- HOSTED for one that was created, MIGRATED for one that an import brought, API for a single check.
ALTER TABLE sessions ADD COLUMN session_type TEXT NOT NULL DEFAULT 'HOSTED';
-- The first of `Approved`, `Declined` and `In Review` that it reached.
ALTER TABLE sessions ADD COLUMN first_decision TEXT;
-- The session of another application that it was shared from. Stays after erasure: a session is taken over once.
ALTER TABLE sessions ADD COLUMN shared_from TEXT;
-- Keyed hash of the id under which an import brought it, so that no import brings it twice.
ALTER TABLE sessions ADD COLUMN external_hash TEXT;
CREATE INDEX sessions_by_kind ON sessions (application_id, kind, number) WHERE deleted_at IS NULL;
CREATE INDEX sessions_by_status ON sessions (application_id, kind, status, number) WHERE deleted_at IS NULL;
CREATE INDEX sessions_by_creation ON sessions (application_id, created_at);
CREATE INDEX sessions_by_deletion ON sessions (application_id, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE UNIQUE INDEX sessions_shared_from_key ON sessions (application_id, shared_from);
CREATE UNIQUE INDEX sessions_external_hash_key ON sessions (application_id, external_hash);

-- What a session is found by, as keyed hashes of kind, application and value.
CREATE TABLE session_terms (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    term_hash TEXT NOT NULL,
    PRIMARY KEY (term_hash, session_id)
);
CREATE INDEX session_terms_by_session ON session_terms (session_id);

-- Files of verifications made elsewhere. The file is an object under `imports/`, sealed with the import's own key,
-- as are its address and the rows that were refused.
CREATE TABLE session_imports (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    workflow_id TEXT NOT NULL,
    import_type TEXT NOT NULL,
    source_format TEXT NOT NULL,
    wrapped {{bytes}} NOT NULL,
    sealed_source {{bytes}} NOT NULL,
    status TEXT NOT NULL,
    -- Bytes of the file once it is here.
    size BIGINT,
    total_rows BIGINT NOT NULL,
    -- Rows up to this one, counted from 1, are done.
    checkpoint_row BIGINT NOT NULL,
    created_count BIGINT NOT NULL,
    skipped_count BIGINT NOT NULL,
    failed_count BIGINT NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    started_at BIGINT,
    completed_at BIGINT
);
CREATE INDEX session_imports_by_application ON session_imports (application_id, id);

CREATE TABLE session_import_errors (
    id TEXT NOT NULL PRIMARY KEY,
    import_id TEXT NOT NULL REFERENCES session_imports (id),
    row_number BIGINT NOT NULL,
    sealed_row {{bytes}} NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT session_import_errors_row_key UNIQUE (import_id, row_number)
);
