import ColophonCore

extension SQLStore {
    package func violations(limit: Int) async throws -> [String] {
        try await database.survey { connection in
            var found: [String] = []
            for rule in Self.rules where found.count < limit {
                let rows = try connection.rows("SELECT subject FROM (\(rule.sql)) AS broken LIMIT ?", [.int(limit - found.count)])
                found += try rows.map { "\(try $0.text("subject")): \(rule.sentence)" }
            }
            return found
        }
    }

    /// What must never be found: each query selects the things that break a rule, as `subject`.
    static let rules: [(sentence: String, sql: String)] = [
        (
            "has a result, though its run is not complete",
            """
            SELECT a.run_id AS subject FROM artifacts a LEFT JOIN runs r ON r.workspace_id = a.workspace_id AND r.id = a.run_id
            WHERE r.status IS DISTINCT FROM 'complete'
            """
        ),
        (
            "is complete, but has no structure",
            """
            SELECT r.id AS subject FROM runs r WHERE r.status = 'complete' AND r.expired_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM artifacts a WHERE a.workspace_id = r.workspace_id AND a.run_id = coalesce(r.duplicate_of, r.id)
                AND a.kind = 'json')
            """
        ),
        (
            "is a duplicate, but not complete, or of a run that is not or has expired before it, or of another duplicate, or has results of its own",
            """
            SELECT r.id AS subject FROM runs r LEFT JOIN runs c ON c.workspace_id = r.workspace_id AND c.id = r.duplicate_of
            WHERE r.duplicate_of IS NOT NULL AND (r.status <> 'complete' OR c.id IS NULL OR c.status <> 'complete'
                OR c.duplicate_of IS NOT NULL OR (r.expired_at IS NULL AND c.expired_at IS NOT NULL) OR EXISTS (
                    SELECT 1 FROM artifacts a WHERE a.workspace_id = r.workspace_id AND a.run_id = r.id))
            """
        ),
        (
            "keeps equal uploads from being processed, though it failed, was cancelled or expired, or its document was deleted",
            """
            SELECT r.id AS subject FROM runs r JOIN files f ON f.workspace_id = r.workspace_id AND f.id = r.document_id
            WHERE r.dedupe_key IS NOT NULL AND (r.status IN ('failed', 'cancelled') OR r.expired_at IS NOT NULL OR f.deleted_at IS NOT NULL)
            """
        ),
        (
            "was deleted, but the newest that the feed says of it is another thing",
            """
            SELECT f.id AS subject FROM files f
            JOIN (SELECT workspace_id, document_id, max(id) AS id FROM changes GROUP BY workspace_id, document_id) newest
                ON newest.workspace_id = f.workspace_id AND newest.document_id = f.id
            JOIN changes c ON c.workspace_id = newest.workspace_id AND c.id = newest.id
            WHERE f.deleted_at IS NOT NULL AND c.op <> 'delete'
            """
        ),
        (
            "has expired, but still has results, or was not complete",
            """
            SELECT r.id AS subject FROM runs r WHERE r.expired_at IS NOT NULL AND (r.status <> 'complete' OR EXISTS (
                SELECT 1 FROM artifacts a WHERE a.workspace_id = r.workspace_id AND a.run_id = r.id))
            """
        ),
        (
            "waits or is processed over bytes that have expired",
            """
            SELECT r.id AS subject FROM runs r JOIN file_versions v ON v.workspace_id = r.workspace_id AND v.id = r.version_id
            WHERE r.status IN ('uploaded', 'queued', 'processing') AND v.expired_at IS NOT NULL
            """
        ),
        (
            "carries an error without having failed, or has failed without one",
            "SELECT id AS subject FROM runs WHERE (status = 'failed') <> (error_code IS NOT NULL)"
        ),
        (
            "is processing without a start, a worker and a lease",
            """
            SELECT id AS subject FROM runs
            WHERE status = 'processing' AND (started_at IS NULL OR leased_by IS NULL OR lease_expires_at IS NULL)
            """
        ),
        (
            "is final without the time of it",
            """
            SELECT id AS subject FROM runs WHERE (status = 'complete' AND completed_at IS NULL)
            OR (status = 'failed' AND failed_at IS NULL) OR (status = 'cancelled' AND cancelled_at IS NULL)
            """
        ),
        (
            "waits or is processed without a job",
            """
            SELECT r.id AS subject FROM runs r WHERE r.status IN ('queued', 'processing') AND NOT EXISTS (
                SELECT 1 FROM jobs j WHERE j.workspace_id = r.workspace_id AND j.id = r.id
                AND j.state = CASE r.status WHEN 'queued' THEN 'due' ELSE 'leased' END)
            """
        ),
        (
            "has a job, though it does not wait and is not processed",
            """
            SELECT r.id AS subject FROM runs r JOIN jobs j ON j.workspace_id = r.workspace_id AND j.id = r.id
            WHERE r.status NOT IN ('queued', 'processing')
            """
        ),
        (
            "has a job of another epoch than its own",
            """
            SELECT r.id AS subject FROM runs r JOIN jobs j ON j.workspace_id = r.workspace_id AND j.id = r.id
            WHERE j.epoch <> r.epoch
            """
        ),
        (
            "completed more than once",
            "SELECT run_id AS subject FROM events WHERE type = 'complete' GROUP BY workspace_id, run_id HAVING count(*) > 1"
        ),
        (
            "is complete, failed or cancelled against its history",
            """
            SELECT r.id AS subject FROM runs r JOIN files f ON f.workspace_id = r.workspace_id AND f.id = r.document_id
            WHERE r.status IN ('complete', 'cancelled') AND f.event_floor = 0 AND 1 <> (
                SELECT count(*) FROM events e WHERE e.workspace_id = r.workspace_id AND e.document_id = r.document_id AND e.run_id = r.id
                AND e.type = r.status)
            """
        ),
        (
            "serves a run that is not its newest complete one",
            """
            SELECT f.id AS subject FROM files f WHERE f.current_run_id IS DISTINCT FROM (
                SELECT r.id FROM runs r WHERE r.workspace_id = f.workspace_id AND r.document_id = f.id AND r.status = 'complete'
                ORDER BY r.run_no DESC LIMIT 1)
            """
        ),
        (
            "has a feed with a gap",
            """
            SELECT w.workspace_id AS subject FROM workspace_feeds w WHERE w.head > 0 AND (
                SELECT count(*) FROM changes c WHERE c.workspace_id = w.workspace_id) <> w.head - w.floor + 1
            """
        ),
        (
            "has a history with a gap",
            """
            SELECT f.id AS subject FROM files f WHERE f.event_count - f.event_floor <> (
                SELECT count(*) FROM events e WHERE e.workspace_id = f.workspace_id AND e.document_id = f.id)
            """
        ),
        (
            "is listed with another end than its newest run has",
            """
            SELECT f.id AS subject FROM files f WHERE f.last_outcome IS DISTINCT FROM (
                SELECT CASE WHEN r.status IN ('uploaded', 'failed', 'cancelled') THEN r.status END FROM runs r
                WHERE r.workspace_id = f.workspace_id AND r.document_id = f.id AND r.run_no = f.run_count)
            """
        ),
        (
            "is listed with another size or type than its newest version has",
            """
            SELECT f.id AS subject FROM files f JOIN file_versions v ON v.workspace_id = f.workspace_id AND v.document_id = f.id
                AND v.version_no = f.version_count
            WHERE f.byte_size <> v.bytes OR f.content_type <> v.content_type
            """
        ),
        (
            "is listed with times that are out of their order: made, then edited or run, then active",
            """
            SELECT id AS subject FROM files WHERE active_at < edited_at OR edited_at < created_at OR active_at < last_run_at
                OR last_run_at < created_at
            """
        ),
        (
            "has tags that count though it is deleted, or that do not count though it is not",
            """
            SELECT f.id AS subject FROM files f JOIN tags t ON t.workspace_id = f.workspace_id AND t.document_id = f.id
            WHERE t.is_live <> CASE WHEN f.deleted_at IS NULL THEN 1 ELSE 0 END
            """
        ),
    ]
}
