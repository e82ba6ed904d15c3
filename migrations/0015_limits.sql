-- What callers may do how often, what was answered to a repeated request, and what an organisation has paid.

-- How often one caller used one limit, in slices of a second or more. Used where several processes share the database.
CREATE TABLE request_counts (
    caller_hash TEXT NOT NULL,
    limit_name TEXT NOT NULL,
    slice BIGINT NOT NULL,
    used BIGINT NOT NULL,
    -- Whether the latest request found room.
    admitted BOOLEAN NOT NULL,
    PRIMARY KEY (caller_hash, limit_name, slice)
);
CREATE INDEX request_counts_by_slice ON request_counts (slice);

-- Writes that carried an `Idempotency-Key`: reserved before the write, settled with its answer, forgotten after a day.
CREATE TABLE receipts (
    id TEXT NOT NULL PRIMARY KEY,
    caller_hash TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    -- Rises with everyone who takes the request up; only the latest may carry it out.
    taken BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    -- Set by the transaction that changes something, so that both are lasting or neither.
    begun BOOLEAN NOT NULL,
    status BIGINT,
    content_type TEXT,
    -- The session that the answer names; the body is then sealed with its key and goes with it.
    session_id TEXT,
    sealed_body {{bytes}},
    created_at BIGINT NOT NULL,
    CONSTRAINT receipts_key_key UNIQUE (caller_hash, key_hash)
);
CREATE INDEX receipts_by_time ON receipts (created_at);

-- Money is counted in ten-thousandths of a dollar.
CREATE TABLE credit_balances (
    organization_id TEXT NOT NULL PRIMARY KEY REFERENCES organizations (id),
    balance BIGINT NOT NULL
);

CREATE TABLE credit_entries (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    application_id TEXT,
    -- `top_up` or `charge`.
    kind TEXT NOT NULL,
    amount BIGINT NOT NULL,
    balance_after BIGINT NOT NULL,
    -- What was paid for (a session's id), or what the operator wrote beside a top-up.
    object TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX credit_entries_by_organization ON credit_entries (organization_id, id);
