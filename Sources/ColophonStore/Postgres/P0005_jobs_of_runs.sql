-- A run has one job, so the job has the run's id, and needs no key of its own to be told from others: its message's key is in its envelope.
-- Each lease of a job makes an entry in every index that holds it, and there were two more that held what this one says.
ALTER TABLE jobs REPLICA IDENTITY FULL;
ALTER TABLE jobs ALTER COLUMN idempotency_key DROP NOT NULL;
UPDATE jobs SET id = run_id, idempotency_key = NULL,
    envelope = replace(envelope, '"job_id":"' || id || '"', '"job_id":"' || run_id || '"') WHERE run_id IS NOT NULL;
ALTER TABLE jobs DROP CONSTRAINT jobs_idempotency_key_key;
DROP INDEX jobs_run;
DROP INDEX jobs_id;
-- Identifiers are ours, and differ between workspaces too: as in P0004, no index by which a job is found has a column for the workspace.
CREATE UNIQUE INDEX jobs_id ON jobs (id);
CREATE UNIQUE INDEX jobs_key ON jobs (idempotency_key) WHERE idempotency_key IS NOT NULL;
ALTER TABLE jobs ADD CHECK (run_id IS NULL OR run_id = id), ADD CHECK ((run_id IS NULL) = (idempotency_key IS NOT NULL));
-- Replication tells rows apart by a plain index.
ALTER TABLE jobs REPLICA IDENTITY USING INDEX jobs_id;
