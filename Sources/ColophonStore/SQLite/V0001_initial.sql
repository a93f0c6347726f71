CREATE TABLE workspaces (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE api_keys (
    id TEXT NOT NULL PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    name TEXT NOT NULL,
    secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- One narrow row a workspace: bumped last in every writing transaction, so ids are dense and follow commit order.
CREATE TABLE workspace_feeds (
    workspace_id TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    head BIGINT NOT NULL DEFAULT 0,
    floor BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE changes (
    workspace_id TEXT NOT NULL,
    id BIGINT NOT NULL,
    document_id TEXT NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('upsert', 'delete')),
    at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE TABLE files (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    current_run_id TEXT,
    version_count BIGINT NOT NULL DEFAULT 0,
    run_count BIGINT NOT NULL DEFAULT 0,
    event_count BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX files_newest ON files (workspace_id, created_at, id) WHERE deleted_at IS NULL;

CREATE TABLE file_versions (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    version_no BIGINT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes BIGINT NOT NULL CHECK (bytes > 0),
    content_type TEXT NOT NULL,
    original_name TEXT NOT NULL,
    blob_key TEXT NOT NULL,
    crash_count BIGINT NOT NULL DEFAULT 0,
    quarantined_at BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, document_id, version_no),
    FOREIGN KEY (workspace_id, document_id) REFERENCES files (workspace_id, id)
);
CREATE UNIQUE INDEX file_versions_blob ON file_versions (blob_key);

CREATE TABLE runs (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    version_id TEXT NOT NULL,
    run_no BIGINT NOT NULL,
    type TEXT NOT NULL DEFAULT 'extract' CHECK (type IN ('extract')),
    status TEXT NOT NULL CHECK (status IN ('uploaded', 'queued', 'processing', 'complete', 'failed', 'cancelled')),
    step TEXT NOT NULL CHECK (step IN ('queued', 'parsing', 'storing', 'chunking', 'done')),
    extractor TEXT NOT NULL,
    extractor_version TEXT NOT NULL,
    settings TEXT NOT NULL DEFAULT '{}',
    attempt BIGINT NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    failed_attempts BIGINT NOT NULL DEFAULT 0,
    lost_leases BIGINT NOT NULL DEFAULT 0,
    epoch BIGINT NOT NULL DEFAULT 0,
    pages_done BIGINT NOT NULL DEFAULT 0,
    pages_total BIGINT,
    item_count BIGINT,
    error_code TEXT,
    error_message TEXT,
    leased_by TEXT,
    lease_expires_at BIGINT,
    dedupe_key TEXT,
    duplicate_of TEXT,
    trace_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    queued_at BIGINT,
    started_at BIGINT,
    completed_at BIGINT,
    failed_at BIGINT,
    cancelled_at BIGINT,
    expires_at BIGINT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, document_id, run_no),
    FOREIGN KEY (workspace_id, document_id) REFERENCES files (workspace_id, id),
    FOREIGN KEY (workspace_id, version_id) REFERENCES file_versions (workspace_id, id),
    CHECK ((status = 'failed') = (error_code IS NOT NULL)),
    CHECK ((error_code IS NULL) = (error_message IS NULL)),
    CHECK ((status = 'processing') = (leased_by IS NOT NULL)),
    CHECK ((leased_by IS NULL) = (lease_expires_at IS NULL)),
    CHECK (status <> 'processing' OR started_at IS NOT NULL),
    CHECK ((status = 'complete') = (completed_at IS NOT NULL)),
    CHECK ((status = 'failed') = (failed_at IS NOT NULL)),
    CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
    CHECK ((status = 'complete') = (step = 'done'))
);
CREATE UNIQUE INDEX runs_dedupe ON runs (workspace_id, dedupe_key) WHERE dedupe_key IS NOT NULL;
CREATE INDEX runs_leased ON runs (lease_expires_at) WHERE status = 'processing';

-- Small and hot: a finished job leaves in the transaction that finishes it; its story is in events.
CREATE TABLE jobs (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    type TEXT NOT NULL,
    envelope TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('due', 'leased')),
    due_at BIGINT NOT NULL,
    deadline_at BIGINT,
    max_attempts BIGINT NOT NULL,
    leased_by TEXT,
    lease_expires_at BIGINT,
    idempotency_key TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, run_id, type),
    UNIQUE (idempotency_key),
    FOREIGN KEY (workspace_id, run_id) REFERENCES runs (workspace_id, id),
    CHECK ((state = 'leased') = (leased_by IS NOT NULL)),
    CHECK ((leased_by IS NULL) = (lease_expires_at IS NULL))
);
CREATE INDEX jobs_due ON jobs (due_at) WHERE state = 'due';
CREATE INDEX jobs_leased ON jobs (lease_expires_at) WHERE state = 'leased';

CREATE TABLE artifacts (
    workspace_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    blob_key TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes BIGINT NOT NULL,
    content_type TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, run_id, kind),
    FOREIGN KEY (workspace_id, run_id) REFERENCES runs (workspace_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX artifacts_blob ON artifacts (blob_key);

CREATE TABLE events (
    workspace_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    type TEXT NOT NULL,
    run_id TEXT,
    actor TEXT NOT NULL,
    meta TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, document_id, seq)
) WITHOUT ROWID;
