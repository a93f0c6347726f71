import ColophonCore
import ColophonStore
import ColophonTestSupport

extension VerbPlayer {
    /// Every row of every table that verbs write, made-up identifiers left out.
    func rows() async throws -> [String] {
        let queries = [
            """
            SELECT id, name, version_count, run_count, event_count, event_floor, created_at, updated_at, deleted_at, purged_at FROM files
            ORDER BY id
            """,
            """
            SELECT id, name_key, content_type, file_type, byte_size, source, metadata, uploader, deleted_by, edited_at, last_run_at, active_at,
                last_outcome FROM files ORDER BY id
            """,
            "SELECT document_id, tag, is_live FROM tags ORDER BY document_id, tag",
            """
            SELECT document_id, version_no, sha256, bytes, original_name, crash_count, quarantined_at, created_at, expires_at,
                expired_at FROM file_versions ORDER BY document_id, version_no
            """,
            """
            SELECT r.document_id, r.run_no, d.document_id AS duplicate_in, d.run_no AS duplicate_no, CASE WHEN r.dedupe_key IS NULL THEN 0 ELSE 1 END AS holds,
                r.expires_at, r.expired_at, r.download_count, r.first_downloaded_at
            FROM runs r LEFT JOIN runs d ON d.workspace_id = r.workspace_id AND d.id = r.duplicate_of ORDER BY r.document_id, r.run_no
            """,
            """
            SELECT document_id, run_no, status, step, attempt, failed_attempts, lost_leases, epoch, pages_done, pages_total, item_count,
                error_code, error_message, leased_by, lease_expires_at, heartbeat_at, priority, created_at, updated_at, queued_at, started_at,
                completed_at, failed_at, cancelled_at FROM runs ORDER BY document_id, run_no
            """,
            """
            SELECT r.document_id, r.run_no, j.type, j.state, j.due_at, j.order_at, j.epoch, j.leased_by, j.lease_expires_at
            FROM jobs j JOIN runs r ON r.workspace_id = j.workspace_id AND r.id = j.run_id ORDER BY r.document_id, r.run_no
            """,
            """
            SELECT r.document_id, r.run_no, a.kind, a.sha256, a.bytes, a.content_type, a.created_at
            FROM artifacts a JOIN runs r ON r.workspace_id = a.workspace_id AND r.id = a.run_id ORDER BY r.document_id, r.run_no, a.kind
            """,
            """
            SELECT e.document_id, e.seq, e.type, coalesce(r.run_no, 0) AS run_no, e.actor, e.meta, e.at FROM events e
            LEFT JOIN runs r ON r.workspace_id = e.workspace_id AND r.id = e.run_id ORDER BY e.document_id, e.seq
            """,
            """
            SELECT envelope, type, state, due_at, order_at, epoch, leased_by, lease_expires_at FROM jobs WHERE run_id IS NULL ORDER BY envelope
            """,
            "SELECT workspace_id, id, document_id, op, at FROM changes ORDER BY workspace_id, id",
            "SELECT workspace_id, head, floor FROM workspace_feeds ORDER BY workspace_id",
        ]
        let rows = try await open.database.read { connection in
            try queries.flatMap { query in try connection.rows(query, []).map(\.description) }
        }
        // Events of duplicates name the run that has the results.
        return rows.map(named).map { row in
            guard row.contains("duplicateOf") else { return row }
            return runs.reduce(row) { $0.replacing($1.run.rawValue, with: named("\($1.document)'s")) }
        }
    }
}
