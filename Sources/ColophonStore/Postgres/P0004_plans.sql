-- A statement must find its jobs by the one index that fits it, whatever the statistics say: while an old snapshot is open they tell of few
-- living rows, and the planner then takes an index by which it would walk over every dead entry of a workspace. So no index of jobs begins
-- with the workspace, and where it is part of a key the planner cannot search by it.
ALTER TABLE jobs DROP CONSTRAINT jobs_pkey;
CREATE UNIQUE INDEX jobs_id ON jobs (id, (workspace_id || ''));
DROP INDEX jobs_run;
CREATE UNIQUE INDEX jobs_run ON jobs (run_id, (workspace_id || ''), type) WHERE run_id IS NOT NULL;
-- Replication tells rows apart by a plain index.
ALTER TABLE jobs REPLICA IDENTITY USING INDEX jobs_idempotency_key_key;
-- Statistics over a single document say that its workspace is as good a key as its id, and any index that begins with the workspace will do.
-- No statistics may count on it.
ALTER TABLE files ALTER COLUMN workspace_id SET (n_distinct = 1);
ALTER TABLE file_versions ALTER COLUMN workspace_id SET (n_distinct = 1);
ALTER TABLE runs ALTER COLUMN workspace_id SET (n_distinct = 1);
ALTER TABLE artifacts ALTER COLUMN workspace_id SET (n_distinct = 1);
ALTER TABLE events ALTER COLUMN workspace_id SET (n_distinct = 1);
ALTER TABLE changes ALTER COLUMN workspace_id SET (n_distinct = 1);
