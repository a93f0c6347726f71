import ColophonCore
import FoundationEssentials

/// The message that describes a job to any transport: required fields first, in the names that every transport uses.
struct JobEnvelope: Encodable {
    var schemaVersion = 1
    var type: String
    var jobID: String
    var attempt: Int
    var createdAt: String
    var traceID: String
    var idempotencyKey: String
    var workspaceID: String
    var sourceVersionID: String
    var runID: String
    var extractor: String
    var extractorVersion: String

    enum CodingKeys: String, CodingKey {
        case schemaVersion = "schema_version"
        case type
        case jobID = "job_id"
        case attempt
        case createdAt = "created_at"
        case traceID = "trace_id"
        case idempotencyKey = "idempotency_key"
        case workspaceID = "workspace_id"
        case sourceVersionID = "source_version_id"
        case runID = "run_id"
        case extractor
        case extractorVersion = "extractor_version"
    }

    /// - Parameter row: The run that was queued, with `now`.
    init(run: RunID, isRepetition: Bool, row: SQLRow, workspace: WorkspaceID) throws {
        let version: VersionID = try row.id("version_id")
        type = JobType.extract
        jobID = JobID(of: run).rawValue
        // A hint for logs; the run's row is the truth.
        attempt = try row.int("attempt") + 1
        createdAt = try row.time("now").text
        traceID = run.rawValue
        workspaceID = workspace.rawValue
        sourceVersionID = version.rawValue
        runID = run.rawValue
        extractor = try row.text("extractor")
        extractorVersion = try row.text("extractor_version")
        idempotencyKey = IdempotencyKey.extract(
            workspace: workspace, version: version, extractor: extractor, extractorVersion: extractorVersion,
            repeatedBy: isRepetition ? run : nil)
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
