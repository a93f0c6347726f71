-- The queue gets a fencing number of its own, an order that a priority can shift, and jobs that belong to no run.
CREATE TABLE jobs_new (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    run_id TEXT,
    envelope TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('due', 'leased')),
    due_at BIGINT NOT NULL,
    order_at BIGINT NOT NULL,
    deadline_at BIGINT,
    epoch BIGINT NOT NULL DEFAULT 0,
    leased_by TEXT,
    lease_expires_at BIGINT,
    idempotency_key TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (idempotency_key),
    FOREIGN KEY (workspace_id, run_id) REFERENCES runs (workspace_id, id),
    CHECK (order_at >= due_at),
    CHECK ((state = 'leased') = (leased_by IS NOT NULL)),
    CHECK ((leased_by IS NULL) = (lease_expires_at IS NULL))
);
INSERT INTO jobs_new (workspace_id, id, type, run_id, envelope, state, due_at, order_at, deadline_at, epoch, leased_by, lease_expires_at,
    idempotency_key)
SELECT j.workspace_id, j.id, j.type, j.run_id, j.envelope, j.state, j.due_at, j.due_at, j.deadline_at, r.epoch, j.leased_by,
    j.lease_expires_at, j.idempotency_key
FROM jobs j JOIN runs r ON r.workspace_id = j.workspace_id AND r.id = j.run_id;
DROP TABLE jobs;
ALTER TABLE jobs_new RENAME TO jobs;
CREATE INDEX jobs_due ON jobs (type, workspace_id, order_at, id) WHERE state = 'due';
CREATE UNIQUE INDEX jobs_run ON jobs (workspace_id, run_id, type) WHERE run_id IS NOT NULL;
CREATE INDEX jobs_leased ON jobs (lease_expires_at) WHERE state = 'leased';

-- The lease index on runs answered no question that the one on jobs does not.
DROP INDEX runs_leased;
ALTER TABLE runs ADD COLUMN priority BIGINT NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN deadline_at BIGINT;
ALTER TABLE runs ADD COLUMN heartbeat_at BIGINT;

-- Retention: when bytes went, and what a workspace wants kept.
ALTER TABLE runs ADD COLUMN expired_at BIGINT;
ALTER TABLE runs ADD COLUMN download_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN first_downloaded_at BIGINT;
ALTER TABLE file_versions ADD COLUMN expired_at BIGINT;
ALTER TABLE files ADD COLUMN event_floor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE files ADD COLUMN purged_at BIGINT;
-- How long a workspace keeps things, in milliseconds; null is for ever.
ALTER TABLE workspaces ADD COLUMN keep_sources BIGINT CHECK (keep_sources > 0);
ALTER TABLE workspaces ADD COLUMN keep_results BIGINT CHECK (keep_results > 0);
ALTER TABLE workspaces ADD COLUMN keep_downloaded BIGINT CHECK (keep_downloaded > 0);
CREATE INDEX runs_expiring ON runs (expires_at) WHERE expires_at IS NOT NULL AND expired_at IS NULL;
CREATE INDEX runs_duplicates ON runs (workspace_id, duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX file_versions_expiring ON file_versions (expires_at) WHERE expires_at IS NOT NULL AND expired_at IS NULL;
CREATE INDEX runs_version ON runs (workspace_id, version_id);
CREATE INDEX files_deleted ON files (deleted_at) WHERE deleted_at IS NOT NULL AND purged_at IS NULL;
