/// Where documents, runs and events live; every method is one transaction.
///
/// Every method throws `ColophonError`: `unavailable` when the database cannot be reached or stays locked, `storageFull` when
/// its disk is full, and what it names itself. A thing of another workspace is unknown. After a throw nothing has changed,
/// unless the code is `internal`, when the commit itself may or may not have happened.
/// Events and feed changes are written in the same transaction as what they tell of.
package protocol Store: DocumentStore, RunStore, JobStore, KeyStore, RetentionStore, Sendable {
    /// Proves that the database answers a write, or throws within some five seconds.
    func check() async throws

    /// Which of these blobs no row refers to.
    ///
    /// - Complexity: O(`keys.count`) index look-ups.
    func unreferenced(_ keys: [BlobKey]) async throws -> Set<BlobKey>

    /// Whether the ledger has ever held a document, of any workspace: deleted ones stay listed.
    func holdsDocuments() async throws -> Bool

    /// Looks for rows that break a rule which the code relies on: run states against their columns, results without a complete
    /// run, jobs without a live run and live runs without a job, gaps in the feed or in a document's events.
    ///
    /// - Returns: One sentence a finding, at most `limit`; empty when all is well.
    /// - Complexity: Reads every row.
    func violations(limit: Int) async throws -> [String]
}

package protocol DocumentStore: Sendable {
    /// Records uploaded bytes: the document if it is new, a version if the bytes differ from its newest one, a run, and its job
    /// unless `process` is false.
    ///
    /// Equal work is done once in a workspace (`DedupeKey`). Of the runs that are live or complete one may hold the key; it loses the key when
    /// it fails, is cancelled or expires, or its document is deleted.
    ///
    /// - Without an id, under `reuse`: the holder is the answer, and nothing is recorded. One that waits in `uploaded` is queued where
    ///   `process` is true.
    /// - With an id, or under `record`: a run is recorded. It completes at once with the holder's result when the holder is complete and
    ///   `process` is true; otherwise it runs, or waits, on its own.
    /// - A holder whose document has got other bytes since is not the answer for a new document: it gives the key up to the new run.
    ///
    /// Any number of processes may call this at once with equal bytes: one of them records, the others get its run.
    ///
    /// - Throws: `conflict` when the id belongs to a deleted document.
    func acceptUpload(_ upload: Upload, in scope: WorkspaceScope) async throws -> UploadOutcome

    /// - Throws: `notFound` for an unknown or deleted document.
    func document(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentDetail

    /// Documents, newest first.
    ///
    /// - Parameters:
    ///   - limit: From 1.
    ///   - after: The last document of the page before; nil for the first page.
    func documents(limit: Int, after: DocumentID?, in scope: WorkspaceScope) async throws -> [DocumentDetail]

    /// Deletes a document softly and cancels every run of it that is not final.
    func deleteDocument(_ id: DocumentID, in scope: WorkspaceScope) async throws

    /// A document's history after `seq`, in order.
    func events(of id: DocumentID, after seq: Int64, limit: Int, in scope: WorkspaceScope) async throws -> [DocumentEvent]

    /// The workspace's feed after `id`, in order: ids are dense, so the first is `id + 1`.
    func changes(after id: Int64, limit: Int, in scope: WorkspaceScope) async throws -> [Change]
}

package protocol RunStore: Sendable {
    /// A document's runs, newest first.
    func runs(of id: DocumentID, limit: Int, before number: Int?, in scope: WorkspaceScope) async throws -> [Run]

    /// - Throws: `notFound` unless it is a run of that document.
    func run(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run

    /// A run with its place in the queue, its lease and its attempts.
    ///
    /// - Throws: `notFound` unless it is a run of that document.
    /// - Complexity: O(jobs before it, at most `QueuePlace.aheadMax`, and the document's events), by indexes.
    func runDetail(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> RunDetail

    /// Queues the run that waits in `uploaded`, or else a new run over the newest version.
    ///
    /// A new run always runs, whatever equal work there is; it takes the key of that work if nobody holds it.
    ///
    /// - Parameter fresh: Always make a new run.
    /// - Throws: `notFound` with reason `EXPIRED` when a new run has no bytes to read.
    func startRun(of id: DocumentID, fresh: Bool, extractor: ExtractorIdentity, in scope: WorkspaceScope) async throws -> Run

    /// Ends a run at once and raises its epoch, so that a worker which still holds it can write nothing; cancelling a
    /// cancelled run changes nothing.
    ///
    /// - Throws: `conflict` when it is complete or failed.
    func cancelRun(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run

    /// Cancels every run of the document that is not final.
    ///
    /// - Returns: The newest run, as it is now.
    func cancelRuns(of id: DocumentID, in scope: WorkspaceScope) async throws -> Run

    /// Queues a failed run once more; its error is cleared, its failed attempts and lost leases are counted anew.
    ///
    /// - Throws: `conflict` unless it has failed; `notFound` with reason `EXPIRED` when its bytes are gone.
    func retryRun(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run

    /// A stored result of the given run, or of the document's newest complete one.
    ///
    /// - Throws: `conflict` with reason `NOT_READY` when the run is not complete, or none is yet; `notFound` with reason `EXPIRED` when its
    ///   results have expired.
    func artifact(_ kind: ArtifactKind, run: RunID?, of id: DocumentID, in scope: WorkspaceScope) async throws -> ResolvedArtifact
}

package protocol KeyStore: Sendable {
    /// Makes the workspace if there is none with this id.
    func ensureWorkspace(_ id: WorkspaceID, name: String) async throws

    func addKey(_ key: StoredKey) async throws

    /// A key that is not revoked; nil otherwise.
    func key(_ id: KeyID) async throws -> StoredKey?

    /// Every workspace's keys, oldest first; the operator's view.
    func keys() async throws -> [StoredKey]

    /// Ends a key's validity at once.
    ///
    /// - Throws: `notFound` when there is no such key.
    func revokeKey(_ id: KeyID) async throws
}
