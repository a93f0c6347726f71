import ColophonCore
import ColophonStore

/// A workspace in which every claim has ended as its case wants.
struct StaleWorkspace: Sendable {
    let database: any SQLDatabase
    let id: WorkspaceID
    private(set) var claims: [(plan: StaleCase, claim: RunClaim)] = []
    private var documents: [DocumentID] = []

    var store: SQLStore { SQLStore(database) }
    private var scope: WorkspaceScope { WorkspaceScope(workspace: id, actor: "stale") }
    private static let recipe = RunRecipe(name: "none", version: "1")
    private static let second = WorkerID(rawValue: "second")

    static func make(for plans: [StaleCase], in database: any SQLDatabase, name: String) async throws -> StaleWorkspace {
        var workspace = StaleWorkspace(database: database, id: WorkspaceID(rawValue: name))
        try await workspace.store.ensureWorkspace(workspace.id, name: name)
        for _ in plans { try await workspace.upload() }
        var jobs: [(plan: StaleCase, job: ClaimedJob)] = []
        for plan in plans { jobs.append((plan, try await workspace.claim(by: Self.worker(of: plan)))) }
        for (plan, job) in jobs.sorted(by: { $0.plan.end.rawValue < $1.plan.end.rawValue }) { try await workspace.bring(job, to: plan) }
        workspace.claims = jobs.map { ($0.plan, $0.job.claim) }
        workspace.documents = jobs.map(\.job.documentID)
        return workspace
    }

    /// What waits in the queue would be claimed by the next batch.
    func cancelAll() async throws {
        for document in documents { _ = try? await store.cancelRuns(of: document, in: scope) }
    }

    /// Every row of the workspace, the number of changes that its feed has among them.
    func rows() async throws -> [String] {
        let tables = ["workspace_feeds", "changes", "files", "file_versions", "runs", "jobs", "artifacts", "events"]
        return try await database.read { [id] connection in
            try tables.flatMap { table in
                try connection.rows("SELECT * FROM \(table) WHERE workspace_id = ?", [.text(id.rawValue)])
                    .map { "\(table) \($0.description)" }.sorted()
            }
        }
    }

    private func upload() async throws {
        let key = BlobKey.source(in: id)
        let hash = String(key.rawValue.suffix(36).filter { $0 != "-" } + String(repeating: "0", count: 32))
        let upload = Upload(
            documentID: nil, receipt: BlobReceipt(key: key, bytes: 1, sha256: hash, head: []), contentType: "application/pdf",
            originalName: "x", process: true, recipe: Self.recipe)
        _ = try await store.acceptUpload(upload, in: scope)
    }

    private func claim(by worker: WorkerID) async throws -> ClaimedJob {
        guard let job = try await store.claimJobs(limit: 1, for: worker, lease: .seconds(600)).first, job.claim.workspace == id else {
            throw ColophonError(.internal, "There was nothing to claim.")
        }
        return job
    }

    /// Every case has its own, so that its claim can be taken away alone.
    private static func worker(of plan: StaleCase) -> WorkerID { WorkerID(rawValue: "first-\(plan.index)") }

    private func bring(_ job: ClaimedJob, to plan: StaleCase) async throws {
        switch plan.end {
        case .reaped, .reapedAndClaimed, .reapedAndCompleted:
            _ = try await store.reapLeases(of: Self.worker(of: plan), limit: 10, policy: RetryPolicy())
            if plan.end == .reaped { return }
            let second = try await claim(by: Self.second)
            guard second.claim.run == job.claim.run else { throw ColophonError(.internal, "Another job than the reaped one was due.") }
            if plan.end == .reapedAndCompleted { try await store.complete(second.claim, with: StaleVerb.result(of: second.claim)) }
        case .cancelled: _ = try await store.cancelRuns(of: job.documentID, in: scope)
        case .deleted: try await store.deleteDocument(job.documentID, in: scope)
        case .completed: try await store.complete(job.claim, with: StaleVerb.result(of: job.claim))
        case .failed: _ = try await store.fail(job.claim, with: RunFailure(.parseFailed), policy: RetryPolicy(), retryDelay: .zero)
        case .released: try await store.release(job.claim)
        }
    }
}
