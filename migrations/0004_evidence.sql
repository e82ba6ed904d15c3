-- What a person sent: resumable uploads and the encrypted objects they became.

CREATE TABLE blobs (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    kind TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX blobs_by_session ON blobs (session_id, id);

CREATE TABLE uploads (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    node_id TEXT NOT NULL,
    part TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    received BIGINT NOT NULL,
    state TEXT NOT NULL,
    blob_id TEXT REFERENCES blobs (id),
    created_at BIGINT NOT NULL,
    CONSTRAINT uploads_part_key UNIQUE (session_id, node_id, part, attempt)
);
