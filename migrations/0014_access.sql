-- Who operates which organisation and in which role; named keys; logins and second factors; where a change came from.

CREATE TABLE roles (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    description TEXT NOT NULL,
    -- A JSON list of `action:resource`.
    permissions TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT roles_slug_key UNIQUE (organization_id, slug)
);

CREATE TABLE members (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- A system role's slug, or the id of one of the organisation's own roles.
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT members_account_key UNIQUE (organization_id, account_id)
);
CREATE INDEX members_by_account ON members (account_id, id);

-- Whoever had an account before owns the organisation made for it. Accounts are few, so this does not wait for a job.
INSERT INTO members (id, organization_id, account_id, role, created_at)
SELECT id, organization_id, id, 'owner', created_at FROM accounts;

CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    email_hash TEXT NOT NULL,
    sealed_email {{bytes}} NOT NULL,
    role TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT invitations_email_key UNIQUE (organization_id, email_hash),
    CONSTRAINT invitations_token_hash_key UNIQUE (token_hash)
);

-- Keys beside the application's own, each for a purpose. A revoked key's row stays: the audit log names it.
CREATE TABLE api_keys (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    name TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    -- The last four characters, to tell keys apart.
    hint TEXT NOT NULL,
    -- A JSON object, resource to `read` or `write`; what is missing is `none`.
    scopes TEXT NOT NULL,
    -- JSON lists; null is no limit.
    workflow_ids TEXT,
    allowed_networks TEXT,
    approved_only BOOLEAN NOT NULL,
    media_access BOOLEAN NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    created_by TEXT,
    created_at BIGINT NOT NULL,
    CONSTRAINT api_keys_key_hash_key UNIQUE (key_hash)
);
CREATE INDEX api_keys_by_application ON api_keys (application_id, id);

-- One per login; its tokens are good as long as it is. The refresh token changes with every use, so that a stolen
-- one shows.
CREATE TABLE logins (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    refresh_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX logins_by_account ON logins (account_id, id);
CREATE INDEX logins_by_time ON logins (expires_at);

-- Failed logins by address, whether or not it has an account: a lock must not tell.
CREATE TABLE login_guards (
    email_hash TEXT NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    locked_until BIGINT,
    failed_at BIGINT NOT NULL
);
CREATE INDEX login_guards_by_time ON login_guards (failed_at);

-- Transactions that count the same thing take turns here.
CREATE TABLE attempt_turns (
    action TEXT NOT NULL,
    subject_hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (action, subject_hash)
);
CREATE INDEX attempt_turns_by_time ON attempt_turns (at);

CREATE TABLE second_factors (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    sealed_secret {{bytes}} NOT NULL,
    -- Null while the first code has not come.
    confirmed_at BIGINT,
    -- The 30 seconds whose code was used last: no code of them or before is taken again.
    last_step BIGINT NOT NULL,
    -- Wrong codes since the last right one, and until when none is looked at.
    failures BIGINT NOT NULL,
    locked_until BIGINT,
    created_at BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    code_hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, code_hash)
);

-- A password was right, a code is still to come.
CREATE TABLE login_challenges (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX login_challenges_by_time ON login_challenges (expires_at);

-- The network address a change came from, sealed with the keyring.
ALTER TABLE audit_entries ADD COLUMN sealed_source {{bytes}};
