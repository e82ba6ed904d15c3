-- Who uses this installation: organisations, the people who operate them, and their applications.

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE organizations (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    email_hash TEXT NOT NULL,
    sealed_email {{bytes}} NOT NULL,
    password_hash TEXT NOT NULL,
    verified_at BIGINT,
    failed_logins BIGINT NOT NULL,
    locked_until BIGINT,
    created_at BIGINT NOT NULL,
    CONSTRAINT accounts_email_hash_key UNIQUE (email_hash)
);

-- At most one live code per account; a new one replaces it.
CREATE TABLE account_codes (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    code_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Counted limits, such as five registrations per address and hour.
CREATE TABLE attempts (
    action TEXT NOT NULL,
    subject_hash TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX attempts_by_subject ON attempts (action, subject_hash, at);
CREATE INDEX attempts_by_time ON attempts (at);

CREATE TABLE signing_keys (
    id TEXT NOT NULL PRIMARY KEY,
    sealed_private_key {{bytes}} NOT NULL,
    public_key TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE applications (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    mode TEXT NOT NULL,
    client_id TEXT NOT NULL,
    api_key_hash TEXT NOT NULL,
    sealed_api_key {{bytes}} NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT applications_api_key_hash_key UNIQUE (api_key_hash),
    CONSTRAINT applications_client_id_key UNIQUE (client_id)
);
CREATE INDEX applications_by_organization ON applications (organization_id, id);
