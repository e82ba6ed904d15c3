-- What one person may not do alone, in organisations that say so.

ALTER TABLE organizations ADD COLUMN second_person BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE approvals (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    application_id TEXT,
    -- What is to be done (`session.approve`), and to which object.
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    -- How the object stood when this was asked: once it stands differently, this is no longer what was asked.
    object_state TEXT NOT NULL,
    -- A JSON object; nothing personal.
    details TEXT NOT NULL,
    -- What was written beside it about a person, sealed with the session's key.
    sealed {{bytes}},
    -- On whose word: api_key or account, and which of them.
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    -- The account behind the request; null while nobody stands behind a program's.
    sponsor_id TEXT,
    -- pending, approved, refused, outdated or used. One that is pending after its time has expired.
    status TEXT NOT NULL,
    -- One pending request for one thing.
    pending_key TEXT,
    decided_by TEXT,
    decided_at BIGINT,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT approvals_pending_key_key UNIQUE (pending_key)
);
CREATE INDEX approvals_by_organization ON approvals (organization_id, id);

-- What an operator had to be allowed for a write, and where: asked again before its answer is repeated.
ALTER TABLE receipts ADD COLUMN organization_id TEXT;
ALTER TABLE receipts ADD COLUMN permission TEXT;
