-- Codes that prove an e-mail address or a phone number, and how often they may be sent and guessed.

-- One row per attempt at a step; `subject_hash` is the keyed hash of the application and the address.
CREATE TABLE verification_codes (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    node_id TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    application_id TEXT NOT NULL REFERENCES applications (id),
    kind TEXT NOT NULL,
    -- Whether it was asked for by the API and is found by its address instead of by a link.
    standalone BOOLEAN NOT NULL,
    subject_hash TEXT NOT NULL,
    -- Empty until a code was sent.
    code_hash TEXT NOT NULL,
    sends BIGINT NOT NULL,
    checks BIGINT NOT NULL,
    state TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (session_id, node_id, attempt)
);
CREATE INDEX verification_codes_by_subject ON verification_codes (application_id, kind, subject_hash, created_at);

-- How often codes were sent of late to one address, or by one application.
CREATE TABLE send_windows (
    subject_hash TEXT NOT NULL PRIMARY KEY,
    started_at BIGINT NOT NULL,
    sends BIGINT NOT NULL
);
CREATE INDEX send_windows_by_start ON send_windows (started_at);
