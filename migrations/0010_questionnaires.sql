-- Forms that a workflow asks a person to fill in. Every row is one version; the versions of a form share `group_id`.

CREATE TABLE questionnaires (
    id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    application_id TEXT NOT NULL REFERENCES applications (id),
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    -- Title, languages and questions as JSON: the integrator's words, nothing about a person.
    content TEXT NOT NULL,
    published_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (application_id, id),
    CONSTRAINT questionnaires_version_key UNIQUE (application_id, group_id, version)
);
CREATE INDEX questionnaires_by_application ON questionnaires (application_id, created_at, id);

-- A published version may be changed in place; each change is a revision. Sessions stay on the revision they began on.
ALTER TABLE workflows ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE workflows ADD COLUMN published_at BIGINT;

-- What a version said before a change in place.
CREATE TABLE workflow_revisions (
    application_id TEXT NOT NULL REFERENCES applications (id),
    workflow_version_id TEXT NOT NULL,
    revision BIGINT NOT NULL,
    definition TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (application_id, workflow_version_id, revision)
);
