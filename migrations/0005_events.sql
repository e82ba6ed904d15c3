-- What happened, who wants to hear of it, and how telling them went.

CREATE TABLE events (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    session_id TEXT REFERENCES sessions (id),
    -- Per session, without gaps: an event older than one already applied is recognised by it.
    sequence BIGINT NOT NULL,
    kind TEXT NOT NULL,
    sealed {{bytes}} NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT events_sequence_key UNIQUE (session_id, sequence)
);
CREATE INDEX events_by_application ON events (application_id, id);

CREATE TABLE destinations (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    label TEXT NOT NULL,
    url TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    webhook_version TEXT NOT NULL,
    subscribed_events TEXT NOT NULL,
    sealed_secret {{bytes}} NOT NULL,
    -- Set while the destination is not deleted: an application names an address once.
    live_url_key TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    CONSTRAINT destinations_live_url_key_key UNIQUE (live_url_key)
);
CREATE INDEX destinations_by_application ON destinations (application_id, id);

-- One row per attempt to deliver.
CREATE TABLE deliveries (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    destination_id TEXT NOT NULL REFERENCES destinations (id),
    event_id TEXT NOT NULL REFERENCES events (id),
    session_id TEXT,
    webhook_type TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    request_url TEXT NOT NULL,
    sealed_request {{bytes}} NOT NULL,
    response_status BIGINT,
    response_time_ms BIGINT,
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX deliveries_by_destination ON deliveries (destination_id, id);
CREATE INDEX deliveries_by_event ON deliveries (event_id, destination_id, attempt);
