import ColophonCore
import ColophonSamples
import ColophonTestSupport

@testable import ColophonStore

/// An invented document as the tests know it, beside the row that the store has.
struct ListSample {
    var id: DocumentID
    var name: String
    var contentType: String
    var byteSize: Int64
    var source: DocumentSource
    var uploader: String
    var tags: [String]
    var createdAt: Int64
    var editedAt: Int64
    var lastRunAt: Int64?
    var deletedAt: Int64?
    var status: RunStatus
    var hasOutput: Bool

    var activeAt: Int64 { max(editedAt, lastRunAt ?? 0) }
    var nameKey: String { DocumentName.key(name) }

    /// What can be mistaken for a pattern is among the names, and so are letters that fold to others.
    static let names = [
        "Report.pdf", "report 2.pdf", "100%_sure.txt", "back\\slash.md", "Straße.html", "ÉTÉ 2026.png", "a_b.pdf", "x", "Μα\u{390}ου.pdf",
    ]
    static let types = ["application/pdf", "application/pdf", "image/png", "text/plain", "text/html", "application/zip"]
    static let uploaders = ["key:0000000000000001", "session:0193e2f0-0001-7000-8000-000000000001", ""]
    static let tags = ["finance", "q1 report", "50%", "été", "μα\u{390} 2026", "μαι 2026"]

    /// Values from few, so that many are equal.
    init(_ index: Int, using generator: inout SplitMix64) {
        func pick<Element>(_ values: [Element]) -> Element { values[Int(generator.next() >> 8) % values.count] }
        func number(_ below: Int64) -> Int64 { Int64(generator.next() >> 8) % below }
        id = DocumentID(rawValue: "doc-\(number(1000))-\(index)")
        name = pick(Self.names)
        contentType = pick(Self.types)
        byteSize = 1 + number(9) * 1000
        source = pick([.uploaded, .uploaded, .uploaded, .generated, .manual])
        uploader = pick(Self.uploaders)
        tags = number(2) == 0 ? [] : Array(Set([pick(Self.tags), pick(Self.tags)])).sorted()
        createdAt = 1_700_000_000_000 + number(20) * 3_600_000
        editedAt = createdAt + number(3) * 60_000
        lastRunAt = number(9) == 0 ? nil : createdAt + number(4) * 60_000
        deletedAt = number(8) == 0 ? createdAt + number(5) * 1000 : nil
        status = pick([.uploaded, .queued, .queued, .processing, .complete, .complete, .complete, .failed, .cancelled])
        hasOutput = status == .complete || number(6) == 0
    }

    /// Writes the document with a version, a run, its job and its tags.
    func insert(into transaction: SQLTransaction, _ workspace: WorkspaceID) throws {
        let (place, run) = (id.rawValue, "run-\(id)")
        let time = SQLValue.integer(createdAt)
        let outcome = [.uploaded, .failed, .cancelled].contains(status) ? SQLValue.text(status.rawValue) : .null
        _ = try transaction.execute(
            """
            INSERT INTO files (workspace_id, id, name, name_key, content_type, file_type, byte_size, source, uploader, last_outcome, created_at,
                updated_at, edited_at, last_run_at, active_at, deleted_at, current_run_id, version_count, run_count)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1)
            """,
            [
                .id(workspace), .text(place), .text(name), .text(nameKey), .text(contentType), .text(FileType.of(contentType).rawValue),
                .integer(byteSize), .text(source.rawValue), .text(uploader), outcome, time, time, .integer(editedAt),
                lastRunAt.map(SQLValue.integer) ?? .null, .integer(activeAt), deletedAt.map(SQLValue.integer) ?? .null,
                hasOutput ? .text(run) : .null,
            ])
        _ = try transaction.execute(
            """
            INSERT INTO file_versions (workspace_id, id, document_id, version_no, sha256, bytes, content_type, original_name, blob_key, created_at)
            VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(workspace), .text("version-\(place)"), .text(place), .text(String(repeating: "0", count: 64)), .integer(byteSize),
                .text(contentType), .text(name), .text("\(workspace)/sources/\(place)"), time,
            ])
        let (isLeased, isFailed) = (status == .processing, status == .failed)
        func when(_ condition: Bool) -> SQLValue { condition ? time : .null }
        _ = try transaction.execute(
            """
            INSERT INTO runs (workspace_id, id, document_id, version_id, run_no, status, step, extractor, extractor_version, trace_id, created_at,
                updated_at, started_at, completed_at, failed_at, cancelled_at, error_code, error_message, leased_by, lease_expires_at)
            VALUES (?, ?, ?, ?, 1, ?, ?, 'e', '1', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(workspace), .text(run), .text(place), .text("version-\(place)"), .text(status.rawValue),
                .text(status == .complete ? "done" : "queued"), .text(run), time, time, when(isLeased), when(status == .complete),
                when(isFailed), when(status == .cancelled), isFailed ? "IO_ERROR" : nil, isFailed ? "no" : nil, isLeased ? "w" : nil,
                when(isLeased),
            ])
        if status == .queued || isLeased {
            _ = try transaction.execute(
                """
                INSERT INTO jobs (workspace_id, id, type, run_id, envelope, state, due_at, order_at, leased_by, lease_expires_at)
                VALUES (?, ?, ?, ?, '{}', ?, 0, 0, ?, ?)
                """,
                [
                    .id(workspace), .text(run), .text(JobType.extract), .text(run), isLeased ? "leased" : "due", isLeased ? "w" : nil,
                    when(isLeased),
                ])
        }
        for tag in tags {
            _ = try transaction.execute(
                "INSERT INTO tags (workspace_id, document_id, tag, is_live) VALUES (?, ?, ?, ?)",
                [.id(workspace), .text(place), .text(tag), .integer(deletedAt == nil ? 1 : 0)])
        }
    }

    /// Fills a workspace.
    static func fill(_ open: OpenStore, count: Int, seed: UInt64) async throws -> [ListSample] {
        var generator = SplitMix64(seed: seed)
        let samples = (0..<count).map { ListSample($0, using: &generator) }
        let strangers = (0..<count / 4).map { ListSample($0, using: &generator) }
        let (workspace, other) = (open.scope.workspace, open.stranger.workspace)
        try await open.database.write { transaction in
            for sample in samples { try sample.insert(into: transaction, workspace) }
            // Others' documents, some by the same ids.
            for var sample in strangers {
                sample.id = DocumentID(rawValue: "other-\(sample.id)")
                try sample.insert(into: transaction, other)
            }
        }
        return samples
    }
}
