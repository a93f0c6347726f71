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

    func feed(after position: Int64?, limit: Int, in scope: WorkspaceScope) async throws -> FeedSlice {
        try await inner.feed(after: position, limit: limit, in: scope)
    }
    func feeds(in scopes: [WorkspaceScope]) async throws -> [WorkspaceID: FeedPosition] { try await inner.feeds(in: scopes) }
    func list(_ query: DocumentQuery, in scope: WorkspaceScope) async throws -> DocumentListing { try await inner.list(query, in: scope) }
    func tendLists(within bytesMax: Int) async throws { try await inner.tendLists(within: bytesMax) }
    func documentRow(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentRow {
        try await inner.documentRow(id, in: scope)
    }
    func checkName(_ name: String, in scope: WorkspaceScope) async throws { try await inner.checkName(name, in: scope) }
    func createDocument(_ new: NewDocument, in scope: WorkspaceScope) async throws -> CreatedDocument {
        try await inner.createDocument(new, in: scope)
    }
    func addVersion(_ new: NewVersion, to id: DocumentID, in scope: WorkspaceScope) async throws -> CreatedDocument {
        try await inner.addVersion(new, to: id, in: scope)
    }
    func edit(_ id: DocumentID, _ edit: DocumentEdit, in scope: WorkspaceScope) async throws -> DocumentRow {
        try await inner.edit(id, edit, in: scope)
    }
    func editTags(of ids: [DocumentID], _ edit: TagEdit, in scope: WorkspaceScope) async throws -> Batch<DocumentRow> {
        try await inner.editTags(of: ids, edit, in: scope)
    }
    func deleteDocuments(_ ids: [DocumentID], in scope: WorkspaceScope) async throws -> Batch<DocumentID> {
        try await inner.deleteDocuments(ids, in: scope)
    }
    func restore(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentRow { try await inner.restore(id, in: scope) }
    func tags(_ query: TagQuery, in scope: WorkspaceScope) async throws -> [TagCount] { try await inner.tags(query, in: scope) }
    func versions(of id: DocumentID, limit: Int, before number: Int?, in scope: WorkspaceScope) async throws -> [DocumentVersion] {
        try await inner.versions(of: id, limit: limit, before: number, in: scope)
    }
    func version(_ number: Int, of id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentVersion {
        try await inner.version(number, of: id, in: scope)
    }

    // Runs.
    func runs(of id: DocumentID, limit: Int, before number: Int?, in scope: WorkspaceScope) async throws -> [Run] {
        try await inner.runs(of: id, limit: limit, before: number, in: scope)
    }
    func run(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run { try await inner.run(run, of: id, in: scope) }
    func runDetail(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> RunDetail {
        try await inner.runDetail(run, of: id, in: scope)
    }
    func startRun(of id: DocumentID, fresh: Bool, recipe: RunRecipe, change: SettingsChange, in scope: WorkspaceScope) async throws -> Run {
        try await inner.startRun(of: id, fresh: fresh, recipe: recipe, change: change, in: scope)
    }
    func runs(_ query: RunQuery, in scope: WorkspaceScope) async throws -> [Run] { try await inner.runs(query, in: scope) }
    func run(_ run: RunID, in scope: WorkspaceScope) async throws -> Run { try await inner.run(run, in: scope) }
    func versions(readBy runs: [Run], in scope: WorkspaceScope) async throws -> [VersionID: DocumentVersion] {
        try await inner.versions(readBy: runs, in: scope)
    }
    func activeRuns(in scope: WorkspaceScope) async throws -> Int { try await inner.activeRuns(in: scope) }
    func startRuns(of ids: [DocumentID], recipe: RunRecipe, change: SettingsChange, in scope: WorkspaceScope) async throws -> Batch<Run> {
        try await inner.startRuns(of: ids, recipe: recipe, change: change, in: scope)
    }
    func cancelRun(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
        try await inner.cancelRun(run, of: id, in: scope)
    }
    func cancelRuns(of id: DocumentID, in scope: WorkspaceScope) async throws -> Run { try await inner.cancelRuns(of: id, in: scope) }
    func retryRun(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
        try await inner.retryRun(run, of: id, in: scope)
    }
    func version(readBy run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentVersion {
        try await inner.version(readBy: run, of: id, in: scope)
    }
    func artifact(_ kind: ArtifactKind, run: RunID?, of id: DocumentID, in scope: WorkspaceScope) async throws -> ResolvedArtifact {
        try await inner.artifact(kind, run: run, of: id, in: scope)
    }

    // The queue.
    func claimJobs(limit: Int, for worker: WorkerID, lease: Duration, holding: Duration?) async throws -> [ClaimedJob] {
        try await inner.claimJobs(limit: limit, for: worker, lease: lease, holding: holding)
    }
    func renew(_ beats: [Heartbeat], lease: Duration) async throws -> Set<RunClaim> { try await inner.renew(beats, lease: lease) }
    func lost(among claims: [RunClaim]) async throws -> Set<RunClaim> { try await inner.lost(among: claims) }
    func complete(_ claim: RunClaim, with result: RunResult) async throws { try await inner.complete(claim, with: result) }
    func fail(_ claim: RunClaim, with failure: RunFailure, policy: RetryPolicy, retryDelay: Duration) async throws -> FailureOutcome {
        try await inner.fail(claim, with: failure, policy: policy, retryDelay: retryDelay)
    }
    func release(_ claim: RunClaim, after delay: Duration) async throws { try await inner.release(claim, after: delay) }
    func reapExpiredLeases(limit: Int, policy: RetryPolicy) async throws -> Int {
        try await inner.reapExpiredLeases(limit: limit, policy: policy)
    }
    func reapLeases(of worker: WorkerID, limit: Int, policy: RetryPolicy) async throws -> Int {
        try await inner.reapLeases(of: worker, limit: limit, policy: policy)
    }
    func hasLeases(_ worker: WorkerID) async throws -> Bool { try await inner.hasLeases(worker) }
    func oldestWaitingJob() async throws -> OldestJob? { try await inner.oldestWaitingJob() }
    func queueDepth() async throws -> QueueDepth { try await inner.queueDepth() }

    // Access.
    func ensureWorkspace(_ id: WorkspaceID, name: String) async throws { try await inner.ensureWorkspace(id, name: name) }
    func addKey(_ key: StoredKey, role: Role, lifetime: Duration?) async throws {
        try await inner.addKey(key, role: role, lifetime: lifetime)
    }
    func key(_ id: KeyID) async throws -> StoredKey? { try await inner.key(id) }
    func keys() async throws -> [StoredKey] { try await inner.keys() }
    func revokeKey(_ id: KeyID) async throws { try await inner.revokeKey(id) }
    func access(of key: KeyID, in workspace: WorkspaceID?) async throws -> KeyAccess? { try await inner.access(of: key, in: workspace) }
    func access(of session: SessionID, personal: WorkspaceID, in workspace: WorkspaceID?) async throws -> SessionAccess {
        try await inner.access(of: session, personal: personal, in: workspace)
    }
    func establish(_ session: NewSession, keeping policy: RetentionPolicy) async throws {
        try await inner.establish(session, keeping: policy)
    }
    func signIn(_ session: NewSession, with key: KeyID, replacing old: NewSession?) async throws {
        try await inner.signIn(session, with: key, replacing: old)
    }
    func revokeSession(_ id: SessionID) async throws { try await inner.revokeSession(id) }
    func memberships(of members: [Member]) async throws -> [Membership] { try await inner.memberships(of: members) }
    func grant(_ role: Role, to member: Member, in workspace: WorkspaceID) async throws {
        try await inner.grant(role, to: member, in: workspace)
    }
    func ungrant(_ member: Member, in workspace: WorkspaceID) async throws { try await inner.ungrant(member, in: workspace) }
    func stillValid(_ grants: [Grant]) async throws -> Set<Grant> { try await inner.stillValid(grants) }
    func noteUse(of members: [Member]) async throws { try await inner.noteUse(of: members) }

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
    func trimSessions(limit: Int) async throws -> Int { try await inner.trimSessions(limit: limit) }
    func overdue(_ limits: Limits) async throws -> Overdue { try await inner.overdue(limits) }
}
