-- A run has one job, so the job has the run's id, and needs no key of its own to be told from others: its message's key is in its envelope.
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
    idempotency_key TEXT,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, run_id) REFERENCES runs (workspace_id, id),
    CHECK (run_id IS NULL OR run_id = id),
    CHECK ((run_id IS NULL) = (idempotency_key IS NOT NULL)),
    CHECK (order_at >= due_at),
    CHECK ((state = 'leased') = (leased_by IS NOT NULL)),
    CHECK ((leased_by IS NULL) = (lease_expires_at IS NULL))
);
INSERT INTO jobs_new (workspace_id, id, type, run_id, envelope, state, due_at, order_at, deadline_at, epoch, leased_by, lease_expires_at,
    idempotency_key)
SELECT workspace_id, coalesce(run_id, id), type, run_id,
    CASE WHEN run_id IS NULL THEN envelope ELSE replace(envelope, '"job_id":"' || id || '"', '"job_id":"' || run_id || '"') END,
    state, due_at, order_at, deadline_at, epoch, leased_by, lease_expires_at, CASE WHEN run_id IS NULL THEN idempotency_key END FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_new RENAME TO jobs;
CREATE INDEX jobs_due ON jobs (type, workspace_id, order_at, id) WHERE state = 'due';
CREATE INDEX jobs_leased ON jobs (lease_expires_at) WHERE state = 'leased';
CREATE UNIQUE INDEX jobs_key ON jobs (idempotency_key) WHERE idempotency_key IS NOT NULL;
