-- The people and companies behind a company that is being verified, and the sessions that verify them.

CREATE TABLE session_parties (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    -- From 0, in the order in which they were named.
    position BIGINT NOT NULL,
    -- Who it is, sealed with the key of the business session.
    sealed {{bytes}} NOT NULL,
    -- The party's own session, if it has to be verified.
    child_session_id TEXT,
    created_at BIGINT NOT NULL,
    CONSTRAINT session_parties_child_key UNIQUE (child_session_id)
);
CREATE INDEX session_parties_by_session ON session_parties (session_id, position);
