-- The database's clock, in milliseconds since 1970: leases and due times are judged by it alone. The time of the statement rather than of
-- the moment, so that a statement has one time and an index can be searched by it.
CREATE FUNCTION colophon_now() RETURNS BIGINT LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT floor(date_part('epoch', statement_timestamp()) * 1000)::BIGINT $$;

CREATE TABLE workspaces (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    -- How long it keeps things, in milliseconds; null is for ever.
    keep_sources BIGINT CHECK (keep_sources > 0),
    keep_results BIGINT CHECK (keep_results > 0),
    keep_downloaded BIGINT CHECK (keep_downloaded > 0)
);

CREATE TABLE api_keys (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id),
    name TEXT COLLATE "C" NOT NULL,
    secret_hash BYTEA NOT NULL CHECK (length(secret_hash) = 32),
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- One narrow row a workspace: bumped last in every writing transaction, so ids are dense and follow commit order.
CREATE TABLE workspace_feeds (
    workspace_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    head BIGINT NOT NULL DEFAULT 0,
    floor BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

CREATE TABLE changes (
    workspace_id TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    document_id TEXT COLLATE "C" NOT NULL,
    op TEXT COLLATE "C" NOT NULL CHECK (op IN ('upsert', 'delete')),
    at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE files (
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id),
    id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    current_run_id TEXT COLLATE "C",
    version_count BIGINT NOT NULL DEFAULT 0,
    run_count BIGINT NOT NULL DEFAULT 0,
    event_count BIGINT NOT NULL DEFAULT 0,
    event_floor BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    purged_at BIGINT,
    PRIMARY KEY (workspace_id, id)
) WITH (fillfactor = 60);
CREATE INDEX files_newest ON files (workspace_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX files_deleted ON files (deleted_at) WHERE deleted_at IS NOT NULL AND purged_at IS NULL;

CREATE TABLE file_versions (
    workspace_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    document_id TEXT COLLATE "C" NOT NULL,
    version_no BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL CHECK (length(sha256) = 64),
    bytes BIGINT NOT NULL CHECK (bytes > 0),
    content_type TEXT COLLATE "C" NOT NULL,
    original_name TEXT COLLATE "C" NOT NULL,
    blob_key TEXT COLLATE "C" NOT NULL,
    crash_count BIGINT NOT NULL DEFAULT 0,
    quarantined_at BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    expired_at BIGINT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, document_id, version_no),
    FOREIGN KEY (workspace_id, document_id) REFERENCES files (workspace_id, id)
);
CREATE UNIQUE INDEX file_versions_blob ON file_versions (blob_key);
CREATE INDEX file_versions_expiring ON file_versions (expires_at) WHERE expires_at IS NOT NULL AND expired_at IS NULL;

CREATE TABLE runs (
    workspace_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    document_id TEXT COLLATE "C" NOT NULL,
    version_id TEXT COLLATE "C" NOT NULL,
    run_no BIGINT NOT NULL,
    type TEXT COLLATE "C" NOT NULL DEFAULT 'extract' CHECK (type IN ('extract')),
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('uploaded', 'queued', 'processing', 'complete', 'failed', 'cancelled')),
    step TEXT COLLATE "C" NOT NULL CHECK (step IN ('queued', 'parsing', 'storing', 'chunking', 'done')),
    extractor TEXT COLLATE "C" NOT NULL,
    extractor_version TEXT COLLATE "C" NOT NULL,
    settings TEXT COLLATE "C" NOT NULL DEFAULT '{}',
    attempt BIGINT NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    failed_attempts BIGINT NOT NULL DEFAULT 0,
    lost_leases BIGINT NOT NULL DEFAULT 0,
    epoch BIGINT NOT NULL DEFAULT 0,
    pages_done BIGINT NOT NULL DEFAULT 0,
    pages_total BIGINT,
    item_count BIGINT,
    error_code TEXT COLLATE "C",
    error_message TEXT COLLATE "C",
    leased_by TEXT COLLATE "C",
    lease_expires_at BIGINT,
    dedupe_key TEXT COLLATE "C",
    duplicate_of TEXT COLLATE "C",
    trace_id TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    queued_at BIGINT,
    started_at BIGINT,
    completed_at BIGINT,
    failed_at BIGINT,
    cancelled_at BIGINT,
    expires_at BIGINT,
    priority BIGINT NOT NULL DEFAULT 0,
    deadline_at BIGINT,
    heartbeat_at BIGINT,
    expired_at BIGINT,
    download_count BIGINT NOT NULL DEFAULT 0,
    first_downloaded_at BIGINT,
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
) WITH (fillfactor = 60);
CREATE UNIQUE INDEX runs_dedupe ON runs (workspace_id, dedupe_key) WHERE dedupe_key IS NOT NULL;
CREATE INDEX runs_expiring ON runs (expires_at) WHERE expires_at IS NOT NULL AND expired_at IS NULL;
CREATE INDEX runs_duplicates ON runs (workspace_id, duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX runs_version ON runs (workspace_id, version_id);

-- Small and hot: a finished job leaves in the transaction that finishes it; its story is in events.
CREATE TABLE jobs (
    workspace_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    type TEXT COLLATE "C" NOT NULL,
    run_id TEXT COLLATE "C",
    envelope TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('due', 'leased')),
    due_at BIGINT NOT NULL,
    order_at BIGINT NOT NULL,
    deadline_at BIGINT,
    epoch BIGINT NOT NULL DEFAULT 0,
    leased_by TEXT COLLATE "C",
    lease_expires_at BIGINT,
    idempotency_key TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (idempotency_key),
    FOREIGN KEY (workspace_id, run_id) REFERENCES runs (workspace_id, id),
    CHECK (order_at >= due_at),
    CHECK ((state = 'leased') = (leased_by IS NOT NULL)),
    CHECK ((leased_by IS NULL) = (lease_expires_at IS NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX jobs_due ON jobs (type, workspace_id, order_at, id) WHERE state = 'due';
CREATE UNIQUE INDEX jobs_run ON jobs (workspace_id, run_id, type) WHERE run_id IS NOT NULL;
CREATE INDEX jobs_leased ON jobs (lease_expires_at) WHERE state = 'leased';

CREATE TABLE artifacts (
    workspace_id TEXT COLLATE "C" NOT NULL,
    run_id TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    blob_key TEXT COLLATE "C" NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL CHECK (length(sha256) = 64),
    bytes BIGINT NOT NULL,
    content_type TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, run_id, kind),
    FOREIGN KEY (workspace_id, run_id) REFERENCES runs (workspace_id, id)
);
CREATE UNIQUE INDEX artifacts_blob ON artifacts (blob_key);

CREATE TABLE events (
    workspace_id TEXT COLLATE "C" NOT NULL,
    document_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    type TEXT COLLATE "C" NOT NULL,
    run_id TEXT COLLATE "C",
    actor TEXT COLLATE "C" NOT NULL,
    meta TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, document_id, seq)
);
