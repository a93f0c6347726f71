-- When equal bytes were last uploaded again: what is kept is kept as long as new ones.
ALTER TABLE file_versions ADD COLUMN renewed_at BIGINT;
ALTER TABLE runs ADD COLUMN renewed_at BIGINT;
