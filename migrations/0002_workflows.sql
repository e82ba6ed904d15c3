-- Every row is one version; the versions of a workflow share `workflow_id`.

CREATE TABLE workflows (
    id TEXT NOT NULL,
    workflow_id TEXT NOT NULL,
    application_id TEXT NOT NULL REFERENCES applications (id),
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    label TEXT NOT NULL,
    definition TEXT NOT NULL,
    is_default BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    -- An operator may give a live and a sandbox application the same workflow under the same ids.
    PRIMARY KEY (application_id, id),
    CONSTRAINT workflows_version_key UNIQUE (application_id, workflow_id, version)
);
CREATE INDEX workflows_by_application ON workflows (application_id, created_at, id);
