package import ColophonCore
package import ColophonStore

/// A store under test, with the clock that its leases are judged by.
package struct OpenStore: Sendable {
    package let database: any SQLDatabase
    package let store: any Store
    package let clock: ManualClock
    package let scope = WorkspaceScope(workspace: WorkspaceID(rawValue: "w1"), actor: "test")
    package let stranger = WorkspaceScope(workspace: WorkspaceID(rawValue: "w2"), actor: "test")
    /// What must live as long as the database does.
    private let keptAlive: (any Sendable)?

    package init(database: any SQLDatabase, clock: ManualClock, keepingAlive kept: (any Sendable)? = nil) async throws {
        self.database = database
        self.clock = clock
        keptAlive = kept
        store = SQLStore(database)
        for scope in [scope, stranger] { try await store.ensureWorkspace(scope.workspace, name: "test") }
    }

    package static let recipe = RunRecipe(name: "test", version: "1")

    package static func recipe(inLanguages languages: [String]) -> RunRecipe {
        RunRecipe(name: recipe.name, version: recipe.version, settings: RunSettings(recognitionLanguages: languages))
    }

    /// Records an upload of bytes that are told apart by `content`.
    @discardableResult
    package func upload(
        _ content: String = "a", to id: DocumentID? = nil, process: Bool = true, duplicate: DuplicateChoice = .reuse,
        languages: [String] = RunSettings.usualLanguages, recipe: RunRecipe? = nil, in other: WorkspaceScope? = nil
    ) async throws -> UploadOutcome {
        let scope = other ?? scope
        let key = BlobKey.source(in: scope.workspace)
        let receipt = BlobReceipt(key: key, bytes: Int64(content.utf8.count), sha256: Self.sha256(content), head: [])
        return try await store.acceptUpload(
            Upload(
                documentID: id, receipt: receipt, contentType: "application/pdf", originalName: "\(content).pdf", process: process,
                recipe: recipe ?? Self.recipe(inLanguages: languages), duplicate: duplicate),
            in: scope)
    }

    package func claim(_ worker: String = "a", lease: Duration = .seconds(15), limit: Int = 1) async throws -> [ClaimedJob] {
        try await store.claimJobs(limit: limit, for: WorkerID(rawValue: worker), lease: lease)
    }

    /// Claims the next job and publishes a result for it.
    @discardableResult
    package func complete(pages: Int = 2, warnings: [RunWarning] = []) async throws -> ClaimedJob {
        guard let job = try await claim().first else { throw ColophonError(.internal, "No job is due.") }
        try await store.complete(job.claim, with: result(of: job.claim, pages: pages, warnings: warnings))
        return job
    }

    package func result(of claim: RunClaim, pages: Int = 2, warnings: [RunWarning] = []) -> RunResult {
        RunResult(
            artifacts: ArtifactKind.allCases.map {
                Artifact(kind: $0, blob: .result($0, of: claim), sha256: Self.sha256("\($0)"), bytes: 1)
            }, pages: pages, items: 3, warnings: warnings)
    }

    static func sha256(_ text: String) -> String {
        Hex.encode(text.utf8).padded(to: 64)
    }
}

extension String {
    fileprivate func padded(to count: Int) -> String { String((self + String(repeating: "0", count: count)).prefix(count)) }
}
