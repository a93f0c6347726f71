-- A statement must find its jobs by the one index that fits it, whatever the statistics say: while an old snapshot is open they tell of few
-- living rows, and the planner then takes an index by which it would walk over every dead entry of a workspace. So no index of jobs begins
-- with the workspace, and where it is part of a key the planner cannot search by it.
ALTER TABLE jobs DROP CONSTRAINT jobs_pkey;
CREATE UNIQUE INDEX jobs_id ON jobs (id, (workspace_id || ''));
DROP INDEX jobs_run;
CREATE UNIQUE INDEX jobs_run ON jobs (run_id, (workspace_id || ''), type) WHERE run_id IS NOT NULL;
