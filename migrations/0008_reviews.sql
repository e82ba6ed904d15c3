-- What people and programs noted and changed by hand about a session, in order. What they wrote is sealed with its key.

CREATE TABLE reviews (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    activity_type TEXT NOT NULL,
    sealed {{bytes}} NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX reviews_by_session ON reviews (session_id, id);

-- How often a person was declined on a workflow.
CREATE INDEX sessions_by_declined ON sessions (application_id, vendor_hash, workflow_id) WHERE status = 'Declined';
