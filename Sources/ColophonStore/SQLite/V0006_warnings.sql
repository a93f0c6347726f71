-- What a complete run's result lacks: a JSON list, none where it lacks nothing.
ALTER TABLE runs ADD COLUMN warnings TEXT;
