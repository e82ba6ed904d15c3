-- Work that a committed change left to be done. A row vanishes when its work is done.

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT REFERENCES applications (id),
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- Jobs of one lane share a worker's attention, so that one slow destination delays no other.
    lane TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    leased_until BIGINT,
    attempts BIGINT NOT NULL,
    failed_at BIGINT,
    last_error TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX jobs_by_due ON jobs (due_at, id) WHERE failed_at IS NULL;
CREATE INDEX jobs_by_lane ON jobs (lane, leased_until) WHERE leased_until IS NOT NULL;
