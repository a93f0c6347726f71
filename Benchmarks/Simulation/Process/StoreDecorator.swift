import ColophonCore

/// A store that passes every verb on: what stands between a process and its store overrides a few.
class StoreDecorator: Store, @unchecked Sendable {
    let inner: any Store

    init(_ inner: any Store) { self.inner = inner }

    func check() async throws { try await inner.check() }
    func unreferenced(_ keys: [BlobKey]) async throws -> Set<BlobKey> { try await inner.unreferenced(keys) }
    func holdsDocuments() async throws -> Bool { try await inner.holdsDocuments() }
    func violations(limit: Int) async throws -> [String] { try await inner.violations(limit: limit) }

    // Documents.
    func acceptUpload(_ upload: Upload, in scope: WorkspaceScope) async throws -> UploadOutcome {
        try await inner.acceptUpload(upload, in: scope)
    }
    func document(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentDetail { try await inner.document(id, in: scope) }
    func documents(limit: Int, after: DocumentID?, in scope: WorkspaceScope) async throws -> [DocumentDetail] {
        try await inner.documents(limit: limit, after: after, in: scope)
    }
    func deleteDocument(_ id: DocumentID, in scope: WorkspaceScope) async throws { try await inner.deleteDocument(id, in: scope) }
    func events(of id: DocumentID, after seq: Int64, limit: Int, in scope: WorkspaceScope) async throws -> [DocumentEvent] {
        try await inner.events(of: id, after: seq, limit: limit, in: scope)
    }
    func changes(after id: Int64, limit: Int, in scope: WorkspaceScope) async throws -> [Change] {
        try await inner.changes(after: id, limit: limit, in: scope)
    }

    // Runs.
    func runs(of id: DocumentID, limit: Int, before number: Int?, in scope: WorkspaceScope) async throws -> [Run] {
        try await inner.runs(of: id, limit: limit, before: number, in: scope)
    }
    func run(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run { try await inner.run(run, of: id, in: scope) }
    func runDetail(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> RunDetail {
        try await inner.runDetail(run, of: id, in: scope)
    }
    func startRun(of id: DocumentID, fresh: Bool, extractor: ExtractorIdentity, in scope: WorkspaceScope) async throws -> Run {
        try await inner.startRun(of: id, fresh: fresh, extractor: extractor, in: scope)
    }
    func cancelRun(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
        try await inner.cancelRun(run, of: id, in: scope)
    }
    func cancelRuns(of id: DocumentID, in scope: WorkspaceScope) async throws -> Run { try await inner.cancelRuns(of: id, in: scope) }
    func retryRun(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
        try await inner.retryRun(run, of: id, in: scope)
    }
    func artifact(_ kind: ArtifactKind, run: RunID?, of id: DocumentID, in scope: WorkspaceScope) async throws -> ResolvedArtifact {
        try await inner.artifact(kind, run: run, of: id, in: scope)
    }

    // The queue.
    func claimJobs(limit: Int, for worker: WorkerID, lease: Duration) async throws -> [ClaimedJob] {
        try await inner.claimJobs(limit: limit, for: worker, lease: lease)
    }
    func renew(_ beats: [Heartbeat], lease: Duration) async throws -> Set<RunClaim> { try await inner.renew(beats, lease: lease) }
    func lost(among claims: [RunClaim]) async throws -> Set<RunClaim> { try await inner.lost(among: claims) }
    func complete(_ claim: RunClaim, with result: RunResult) async throws { try await inner.complete(claim, with: result) }
    func fail(_ claim: RunClaim, with failure: RunFailure, policy: RetryPolicy, retryDelay: Duration) async throws -> FailureOutcome {
        try await inner.fail(claim, with: failure, policy: policy, retryDelay: retryDelay)
    }
    func release(_ claim: RunClaim) async throws { try await inner.release(claim) }
    func reapExpiredLeases(limit: Int, policy: RetryPolicy) async throws -> Int {
        try await inner.reapExpiredLeases(limit: limit, policy: policy)
    }
    func reapLeases(of worker: WorkerID, limit: Int, policy: RetryPolicy) async throws -> Int {
        try await inner.reapLeases(of: worker, limit: limit, policy: policy)
    }
    func hasLeases(_ worker: WorkerID) async throws -> Bool { try await inner.hasLeases(worker) }
    func oldestWaitingJob() async throws -> OldestJob? { try await inner.oldestWaitingJob() }
    func queueDepth() async throws -> QueueDepth { try await inner.queueDepth() }

    // Keys.
    func ensureWorkspace(_ id: WorkspaceID, name: String) async throws { try await inner.ensureWorkspace(id, name: name) }
    func addKey(_ key: StoredKey) async throws { try await inner.addKey(key) }
    func key(_ id: KeyID) async throws -> StoredKey? { try await inner.key(id) }
    func keys() async throws -> [StoredKey] { try await inner.keys() }
    func revokeKey(_ id: KeyID) async throws { try await inner.revokeKey(id) }

    // Retention.
    func retention(of workspace: WorkspaceID) async throws -> RetentionPolicy { try await inner.retention(of: workspace) }
    func setRetention(_ policy: RetentionPolicy, of workspace: WorkspaceID) async throws {
        try await inner.setRetention(policy, of: workspace)
    }
    func reschedule(after: DocumentID?, limit: Int, in workspace: WorkspaceID) async throws -> DocumentID? {
        try await inner.reschedule(after: after, limit: limit, in: workspace)
    }
    func noteDownload(of run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws {
        try await inner.noteDownload(of: run, of: id, in: scope)
    }
    func purgeDeleted(olderThan age: Duration, limit: Int) async throws -> Int {
        try await inner.purgeDeleted(olderThan: age, limit: limit)
    }
    func expire(_ kind: RetainedKind, limit: Int) async throws -> Expiry { try await inner.expire(kind, limit: limit) }
    func trimEvents(olderThan age: Duration, after: EventTrim.Place?, limit: Int) async throws -> EventTrim {
        try await inner.trimEvents(olderThan: age, after: after, limit: limit)
    }
    func trimFeed(olderThan age: Duration, after: WorkspaceID?, limit: Int) async throws -> FeedTrim? {
        try await inner.trimFeed(olderThan: age, after: after, limit: limit)
    }
    func overdue(_ limits: Limits) async throws -> Overdue { try await inner.overdue(limits) }
}
