-- Who may act, and where. A member is a key or a browser's session, by the name that events give an actor.
ALTER TABLE api_keys ADD COLUMN scope TEXT NOT NULL DEFAULT 'admin' CHECK (scope IN ('read', 'write', 'admin'));
ALTER TABLE api_keys ADD COLUMN expires_at BIGINT;
ALTER TABLE api_keys ADD COLUMN last_used_at BIGINT;
CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
    -- Its own workspace, which need not be there before the session first writes in it, and which nobody else has unless its holder signs in.
    workspace_id TEXT NOT NULL,
    -- The key that its holder signed in with.
    key_id TEXT REFERENCES api_keys (id),
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX sessions_expiring ON sessions (expires_at);
CREATE TABLE memberships (
    member TEXT NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    role TEXT NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (member, workspace_id)
);
CREATE INDEX memberships_workspace ON memberships (workspace_id, member);
INSERT INTO memberships (member, workspace_id, role, created_at) SELECT 'key:' || id, workspace_id, 'admin', created_at FROM api_keys;

-- What a list shows and is sorted by. Nothing here moves when a run is claimed or completes: those writes are the hot ones, and an index that
-- holds what they write would make each of them write every index.
ALTER TABLE files ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE files ADD COLUMN content_type TEXT NOT NULL DEFAULT 'application/octet-stream';
ALTER TABLE files ADD COLUMN file_type TEXT NOT NULL DEFAULT 'other';
ALTER TABLE files ADD COLUMN byte_size BIGINT NOT NULL DEFAULT 0;
ALTER TABLE files ADD COLUMN source TEXT NOT NULL DEFAULT 'uploaded' CHECK (source IN ('uploaded', 'generated', 'manual'));
ALTER TABLE files ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}';
ALTER TABLE files ADD COLUMN uploader TEXT NOT NULL DEFAULT '';
ALTER TABLE files ADD COLUMN deleted_by TEXT;
-- When the document itself was changed last: its bytes, name, tags or metadata.
ALTER TABLE files ADD COLUMN edited_at BIGINT NOT NULL DEFAULT 0;
-- When its newest run was asked for.
ALTER TABLE files ADD COLUMN last_run_at BIGINT;
-- When somebody last did something to it or had something done: the later of the two.
ALTER TABLE files ADD COLUMN active_at BIGINT NOT NULL DEFAULT 0;
-- How its newest run stands, where it neither lives nor is complete.
ALTER TABLE files ADD COLUMN last_outcome TEXT CHECK (last_outcome IN ('uploaded', 'failed', 'cancelled'));
UPDATE files SET name_key = colophon_name_key(name), edited_at = created_at, active_at = created_at,
    content_type = coalesce((SELECT v.content_type FROM file_versions v WHERE v.workspace_id = files.workspace_id
        AND v.document_id = files.id AND v.version_no = files.version_count), content_type),
    byte_size = coalesce((SELECT v.bytes FROM file_versions v WHERE v.workspace_id = files.workspace_id
        AND v.document_id = files.id AND v.version_no = files.version_count), 0),
    last_run_at = (SELECT r.created_at FROM runs r WHERE r.workspace_id = files.workspace_id AND r.document_id = files.id
        AND r.run_no = files.run_count),
    last_outcome = (SELECT r.status FROM runs r WHERE r.workspace_id = files.workspace_id AND r.document_id = files.id
        AND r.run_no = files.run_count AND r.status IN ('uploaded', 'failed', 'cancelled')),
    uploader = coalesce((SELECT e.actor FROM events e WHERE e.workspace_id = files.workspace_id AND e.document_id = files.id AND e.seq = 1), '');
-- Whoever walks along one of these times relies on their order.
UPDATE files SET last_run_at = created_at WHERE last_run_at < created_at;
UPDATE files SET active_at = CASE WHEN last_run_at > edited_at THEN last_run_at ELSE edited_at END,
    file_type = CASE WHEN content_type = 'application/pdf' THEN 'pdf' WHEN content_type LIKE 'image/%' THEN 'image'
        WHEN content_type = 'text/html' THEN 'html' WHEN content_type = 'text/markdown' THEN 'markdown'
        WHEN content_type LIKE 'text/%' THEN 'text' WHEN content_type IN ('application/zip', 'application/gzip', 'application/x-tar') THEN 'archive'
        WHEN content_type LIKE 'application/vnd.%' OR content_type = 'application/msword' THEN 'office' ELSE 'other' END;
-- Each of the times beside the others: documents of one time in the order of another are found without looking at the documents.
DROP INDEX files_newest;
CREATE INDEX files_newest ON files (workspace_id, created_at, id, edited_at, active_at, last_run_at, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX files_by_name ON files (workspace_id, name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX files_by_edited ON files (workspace_id, edited_at, id, created_at, active_at, last_run_at, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX files_by_active ON files (workspace_id, active_at, id, created_at, edited_at, last_run_at, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX files_by_last_run ON files (workspace_id, last_run_at, id, created_at, edited_at, active_at, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX files_by_size ON files (workspace_id, byte_size, id) WHERE deleted_at IS NULL;
CREATE INDEX files_by_source ON files (workspace_id, source, id) WHERE deleted_at IS NULL;
CREATE INDEX files_by_type ON files (workspace_id, file_type, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX files_by_uploader ON files (workspace_id, uploader, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX files_by_outcome ON files (workspace_id, last_outcome, created_at, id) WHERE last_outcome IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX files_removed ON files (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL AND purged_at IS NULL;

-- Lists of a workspace's runs; a run never moves in it.
CREATE INDEX runs_newest ON runs (workspace_id, created_at, id);
-- Those that are looked for, and that are few, as a rule. Told apart by what does not change while a run is worked on: an index that
-- knew its status would be written with every step. The last one's column changes once, when the run is queued.
CREATE INDEX runs_failed ON runs (workspace_id, created_at, id) WHERE failed_at IS NOT NULL;
CREATE INDEX runs_cancelled ON runs (workspace_id, created_at, id) WHERE cancelled_at IS NOT NULL;
CREATE INDEX runs_waiting ON runs (workspace_id, created_at, id) WHERE queued_at IS NULL AND duplicate_of IS NULL;
CREATE TABLE tags (
    workspace_id TEXT NOT NULL,
    tag TEXT NOT NULL,
    document_id TEXT NOT NULL,
    -- Whether its document is not deleted: tags are counted without looking at documents.
    is_live BIGINT NOT NULL DEFAULT 1 CHECK (is_live IN (0, 1)),
    PRIMARY KEY (workspace_id, document_id, tag),
    FOREIGN KEY (workspace_id, document_id) REFERENCES files (workspace_id, id)
) WITHOUT ROWID;
CREATE INDEX tags_live ON tags (workspace_id, tag, document_id) WHERE is_live = 1;
