import ColophonCore
import ColophonProcesses
import ColophonStore

/// A workspace of very many documents, in shares as they are in use: written by a few statements, since filling is not what is measured.
struct ListFill {
    let rig: QueueRig
    let documents: Int

    /// Of how many documents a statement is.
    private static let portion = 50_000
    static let start: Int64 = 1_700_000_000_000
    static let tagCount = 200
    static let commonUploader = "key:00000000000000a0"
    static let rareUploader = "session:0193e2f0-0009-7000-8000-000000000001"

    /// As a UUIDv7 of the document's moment would be, but for its random part.
    static func id(_ index: Int) -> DocumentID {
        let digits = String(start + Int64(index) * 7000, radix: 16)
        let time = String(repeating: "0", count: 12 - digits.count) + digits
        return DocumentID(rawValue: "\(time.prefix(8))-\(time.suffix(4))-7000-8000-\(100_000_000_000 + index)")
    }

    func run() async throws {
        for first in stride(from: 1, through: documents, by: Self.portion) {
            let statements = statements(first, min(first + Self.portion - 1, documents))
            try await rig.database.write { transaction in for sql in statements { _ = try transaction.execute(sql, []) } }
        }
        // What the last commits left in the log is written back now, not beside the first queries.
        try await rig.analyze()
        try await rig.server?.execute("CHECKPOINT")
    }

    private func statements(_ first: Int, _ last: Int) -> [String] {
        let workspace = QueueRig.workspace.rawValue
        let hash = String(repeating: "0", count: 64)
        func id(_ kind: Int) -> String { "'0193e2f0-000\(kind)-7000-8000-' || (100000000000 + i)" }
        let (version, run) = (id(2), id(3))
        let moment = "(\(Self.start) + CAST(i AS BIGINT) * 7000)"
        let time = rig.engine == .sqlite ? "printf('%012x', \(moment))" : "lpad(to_hex(\(moment)), 12, '0')"
        let document = "substr(\(time), 1, 8) || '-' || substr(\(time), 9) || '-7000-8000-' || (100000000000 + i)"
        let numbers = "WITH RECURSIVE n (i) AS (SELECT \(first) UNION ALL SELECT i + 1 FROM n WHERE i < \(last)) "
        // A number below `count` that tells nothing of others: the high bits of a multiplicative hash.
        func drawn(_ factor: Int, _ count: Int) -> String {
            "(((CAST(i AS BIGINT) * \(factor)) % 4294967296) / 1024 % \(count))"
        }
        // Of a thousand documents: 950 succeeded, 30 failed, 10 cancelled, 5 queued, 5 not started; drawn by lot.
        let fate = drawn(2_654_435_761, 1000)
        let status = """
            CASE WHEN \(fate) < 950 THEN 'complete' WHEN \(fate) < 980 THEN 'failed' WHEN \(fate) < 990 THEN 'cancelled'
            WHEN \(fate) < 995 THEN 'queued' ELSE 'uploaded' END
            """
        let outcome = "CASE WHEN \(fate) >= 950 AND (\(fate) < 990 OR \(fate) >= 995) THEN \(status) END"
        let created = moment
        let edited = "(\(created) + CASE WHEN \(drawn(2_246_822_519, 10)) = 0 THEN \(drawn(3_266_489_917, 900_000)) * 1000 ELSE 40 END)"
        let asked = "(\(created) + CASE WHEN \(drawn(668_265_263, 14)) = 0 THEN \(drawn(374_761_393, 900_000)) * 1000 ELSE 45 END)"
        let draw = drawn(1_640_531_527, 30)
        let type = "CASE \(draw) WHEN 0 THEN 'image/png' WHEN 1 THEN 'text/plain' WHEN 2 THEN 'text/html' ELSE 'application/pdf' END"
        let kind = "CASE \(draw) WHEN 0 THEN 'image' WHEN 1 THEN 'text' WHEN 2 THEN 'html' ELSE 'pdf' END"
        let word = "CASE \(drawn(2_869_860_233, 4)) WHEN 0 THEN 'invoice ' WHEN 1 THEN 'report ' WHEN 2 THEN 'letter of ' ELSE 'scan ' END"
        let name = "\(word) || \(drawn(3_340_416_929, 1_000_003)) || '.pdf'"
        let size = "(1000 + \(drawn(2_496_678_331, 4_000_000)))"
        let uploader = """
            CASE WHEN i % 10000 = 7 THEN '\(Self.rareUploader)' WHEN \(drawn(1_597_334_677, 100)) < 90 THEN '\(Self.commonUploader)'
            ELSE 'key:00000000000000a' || (1 + \(drawn(3_812_015_801, 5))) END
            """
        let source = "CASE WHEN i % 5000 = 9 THEN 'generated' WHEN i % 20000 = 11 THEN 'manual' ELSE 'uploaded' END"
        func when(_ wanted: String) -> String { "CASE WHEN \(status) = '\(wanted)' THEN \(asked) END" }
        return [
            """
            INSERT INTO files (workspace_id, id, name, name_key, content_type, file_type, byte_size, source, metadata, uploader, last_outcome,
                created_at, updated_at, edited_at, last_run_at, active_at, current_run_id, version_count, run_count, event_count)
            \(numbers) SELECT '\(workspace)', \(document), \(name), \(name), \(type), \(kind), \(size), \(source), '{"ref":"A-' || i || '"}',
                \(uploader), \(outcome), \(created), \(created), \(edited), \(asked), CASE WHEN \(edited) > \(asked) THEN \(edited) ELSE \(asked) END,
                CASE WHEN \(fate) < 950 THEN \(run) END, 1, 1, 0 FROM n
            """,
            """
            INSERT INTO file_versions (workspace_id, id, document_id, version_no, sha256, bytes, content_type, original_name, blob_key, created_at)
            \(numbers) SELECT '\(workspace)', \(version), \(document), 1, '\(hash)', \(size), \(type), \(name), 'bench/sources/' || i, \(created)
            FROM n
            """,
            """
            INSERT INTO runs (workspace_id, id, document_id, version_id, run_no, status, step, extractor, extractor_version, trace_id, attempt, epoch,
                pages_done, error_code, error_message, created_at, updated_at, queued_at, completed_at, failed_at, cancelled_at)
            \(numbers) SELECT '\(workspace)', \(run), \(document), \(version), 1, \(status),
                CASE WHEN \(fate) < 950 THEN 'done' ELSE 'queued' END, 'none', '1', \(run), 1, 1, 3,
                CASE WHEN \(status) = 'failed' THEN 'PARSE_FAILED' END, CASE WHEN \(status) = 'failed' THEN 'The document could not be read.' END,
                \(asked), \(asked), \(asked), \(when("complete")), \(when("failed")), \(when("cancelled")) FROM n
            """,
            """
            INSERT INTO jobs (workspace_id, id, type, run_id, envelope, state, due_at, order_at)
            \(numbers) SELECT '\(workspace)', \(run), '\(JobType.extract)', \(run), '{}', 'due', \(asked), \(asked) FROM n
            WHERE \(status) = 'queued'
            """,
            // One document in five has a tag, half of these another, and half of those a third.
            """
            INSERT INTO tags (workspace_id, document_id, tag)
            \(numbers) SELECT '\(workspace)', \(document), 'tag ' || \(drawn(2_860_486_313, Self.tagCount)) FROM n WHERE \(drawn(2_971_215_073, 20)) < 4
            UNION SELECT '\(workspace)', \(document), 'tag ' || \(drawn(3_367_900_313, Self.tagCount)) FROM n WHERE \(drawn(2_971_215_073, 20)) < 2
            UNION SELECT '\(workspace)', \(document), 'tag ' || \(drawn(4_093_082_899, Self.tagCount)) FROM n WHERE \(drawn(2_971_215_073, 20)) = 0
            """,
        ]
    }
}
