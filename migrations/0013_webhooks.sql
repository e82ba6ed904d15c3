-- Webhooks, whole: events without a session, retry profiles, two secrets at once, ordered lanes, replays, and what an
-- application sets for all its sessions.

-- The user or the business that an event without a session is about.
ALTER TABLE events ADD COLUMN subject_id TEXT;
CREATE INDEX events_by_subject ON events (subject_id, sequence) WHERE subject_id IS NOT NULL;
CREATE INDEX events_by_time ON events (application_id, created_at, id);

-- `compatible` unless set.
ALTER TABLE destinations ADD COLUMN retry_profile TEXT;
-- While a rotation lasts: the secret before, when it dies, and whether the receiver was last seen to hold the new one.
ALTER TABLE destinations ADD COLUMN sealed_previous_secret {{bytes}};
ALTER TABLE destinations ADD COLUMN previous_secret_until BIGINT;
ALTER TABLE destinations ADD COLUMN switched BOOLEAN;

-- `event` unless set: `resend`, `replay` or `test`.
ALTER TABLE deliveries ADD COLUMN cause TEXT;
ALTER TABLE deliveries ADD COLUMN replay_id TEXT;
CREATE INDEX deliveries_by_replay ON deliveries (replay_id, event_id) WHERE replay_id IS NOT NULL;

-- Jobs of one lane and order key are first done in the order of their places.
ALTER TABLE jobs ADD COLUMN order_key TEXT;
ALTER TABLE jobs ADD COLUMN place BIGINT;
-- How often the work was done and did not succeed; claims that a crash cut short are not among them.
ALTER TABLE jobs ADD COLUMN failures BIGINT;
CREATE INDEX jobs_by_lane_due ON jobs (lane, due_at, id) WHERE failed_at IS NULL;
CREATE INDEX jobs_by_order ON jobs (lane, order_key, place) WHERE order_key IS NOT NULL;

CREATE TABLE webhook_replays (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    destination_id TEXT NOT NULL REFERENCES destinations (id),
    -- What is replayed: events of this session, of these kinds (a JSON array), not before and not after.
    session_id TEXT,
    kinds TEXT NOT NULL,
    since BIGINT,
    until BIGINT NOT NULL,
    -- The last event that was looked at.
    cursor_at BIGINT,
    cursor_id TEXT,
    status TEXT NOT NULL,
    total BIGINT NOT NULL,
    queued BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX webhook_replays_by_destination ON webhook_replays (destination_id, id);

-- What `/v3/webhook/` shows and changes beside the destination that carries its address.
CREATE TABLE webhook_settings (
    application_id TEXT NOT NULL PRIMARY KEY REFERENCES applications (id),
    destination_id TEXT REFERENCES destinations (id),
    -- Of the destination to come, while there is none.
    sealed_secret {{bytes}} NOT NULL,
    webhook_version TEXT NOT NULL,
    capture_method TEXT NOT NULL,
    data_retention_months BIGINT,
    -- A JSON array of origins; empty means any.
    allowed_domains TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX webhook_settings_by_retention ON webhook_settings (application_id) WHERE data_retention_months IS NOT NULL;
