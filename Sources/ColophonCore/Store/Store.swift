/// Where documents, runs and events live; every method is one transaction.
///
/// Every method throws `ColophonError`: `unavailable` when the database cannot be reached or stays locked, `storageFull` when
/// its disk is full, and what it names itself. A thing of another workspace is unknown. After a throw nothing has changed,
/// unless the code is `internal`, when the commit itself may or may not have happened.
/// Events and feed changes are written in the same transaction as what they tell of.
package protocol Store: DocumentStore, FeedStore, RunStore, JobStore, AccessStore, RetentionStore, Sendable {
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

    /// A page of the workspace's documents, with the position of its feed at that moment.
    ///
    /// - Complexity: Some nanoseconds a document of the workspace where it is kept in memory (`tendLists`). By an index O(`limit`) where the
    ///   filters hold for many documents or for few; in between a bounded number of index entries is looked at to find out which, and some
    ///   thousands of documents at most. Words of `tokens` that few documents have, or filters each of which holds for many documents and all
    ///   together for few, look at every document. So do deleted documents in any order but that of their deletion, and totals and facets at
    ///   all that the filters hold for.
    func list(_ query: DocumentQuery, in scope: WorkspaceScope) async throws -> DocumentListing

    /// Keeps what lists ask of documents in memory, for workspaces in which a list took long, and forgets it when nobody asks any more. To be
    /// called again and again by whoever answers requests; without it lists are right, too.
    ///
    /// - Parameter bytesMax: The most memory that all workspaces take together; a workspace for which none is left stays as it is. 0 keeps none.
    /// - Complexity: O(documents) by keys for a workspace that is new, O(changes) for the others.
    func tendLists(within bytesMax: Int) async throws

    /// One document as lists show it.
    ///
    /// - Throws: `notFound` for an unknown or deleted document.
    func documentRow(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentRow

    /// Says early that an upload would be refused; whoever records it asks again.
    ///
    /// - Throws: `conflict` with reason `NAME_CONFLICT` when a live document has the name.
    func checkName(_ name: String, in scope: WorkspaceScope) async throws

    /// Records uploaded bytes under a name: a document of its own or another version of the one that has the name, as `new.conflict` says, a
    /// run, and its job unless `process` is false.
    ///
    /// The run of a new document completes at once where equal work is complete, unless both are to be kept: then it always runs.
    /// Any number of processes may call this at once with one name: under `reject` one of them records.
    ///
    /// - Throws: `conflict` with reason `NAME_CONFLICT`; under `keepBoth` when a thousand names are taken.
    func createDocument(_ new: NewDocument, in scope: WorkspaceScope) async throws -> CreatedDocument

    /// Records uploaded bytes as a document's newest version, whose name stays, and a run over them; bytes that are equal to the newest
    /// version's make a run alone.
    ///
    /// - Throws: `notFound` for an unknown or deleted document.
    func addVersion(_ new: NewVersion, to id: DocumentID, in scope: WorkspaceScope) async throws -> CreatedDocument

    /// Changes a document's name, metadata or tags. What changes nothing is no event and no change.
    ///
    /// - Throws: `conflict` with reason `NAME_CONFLICT` when another live document has the name.
    func edit(_ id: DocumentID, _ edit: DocumentEdit, in scope: WorkspaceScope) async throws -> DocumentRow

    /// Adds tags to documents and takes tags from them, all or none.
    ///
    /// - Throws: `invalid` when a document would have too many.
    func editTags(of ids: [DocumentID], _ edit: TagEdit, in scope: WorkspaceScope) async throws -> Batch<DocumentRow>

    /// As `deleteDocument`, for several; those that are unknown or deleted already are left out.
    func deleteDocuments(_ ids: [DocumentID], in scope: WorkspaceScope) async throws -> Batch<DocumentID>

    /// Undoes a deletion, under another name where the document's is taken. Its runs stay cancelled.
    ///
    /// - Throws: `notFound` for an unknown document, and with reason `EXPIRED` when its bytes are gone; `conflict` when it is not deleted.
    func restore(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentRow

    /// Tags of live documents with their counts; one more than `query.limit` where there are more.
    ///
    /// - Complexity: O(tags of the workspace's documents), by an index; for tags by name, without a search, those of the page.
    func tags(_ query: TagQuery, in scope: WorkspaceScope) async throws -> [TagCount]

    /// A document's versions, newest first.
    func versions(of id: DocumentID, limit: Int, before number: Int?, in scope: WorkspaceScope) async throws -> [DocumentVersion]

    /// - Throws: `notFound` unless the document has such a version.
    func version(_ number: Int, of id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentVersion

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
    /// - Parameters:
    ///   - fresh: Always make a new run.
    ///   - recipe: How a new run is made.
    ///   - change: What is to be other than in the recipe's settings, or in those of the run that waits.
    /// - Throws: `notFound` with reason `EXPIRED` when a new run has no bytes to read.
    func startRun(of id: DocumentID, fresh: Bool, recipe: RunRecipe, change: SettingsChange, in scope: WorkspaceScope) async throws -> Run

    /// The workspace's runs, newest first; runs of deleted documents are left out.
    ///
    /// - Complexity: O(`limit`) by an index; where `query.statuses` are rare, O(the workspace's runs).
    func runs(_ query: RunQuery, in scope: WorkspaceScope) async throws -> [Run]

    /// - Throws: `notFound` unless it is a run of a live document.
    func run(_ run: RunID, in scope: WorkspaceScope) async throws -> Run

    /// The versions that runs read, by their ids.
    ///
    /// - Complexity: One look by the primary key for each run.
    func versions(readBy runs: [Run], in scope: WorkspaceScope) async throws -> [VersionID: DocumentVersion]

    /// How many of the workspace's runs have not ended.
    ///
    /// - Complexity: O(those that have not, and the runs that are processed anywhere), by indexes.
    func activeRuns(in scope: WorkspaceScope) async throws -> Int

    /// As `startRun`, for several documents, all or none; those that are unknown or deleted are left out.
    ///
    /// - Throws: `notFound` with reason `EXPIRED` when one of them has no bytes to read.
    func startRuns(of ids: [DocumentID], recipe: RunRecipe, change: SettingsChange, in scope: WorkspaceScope) async throws -> Batch<Run>

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

    /// The bytes that a run reads, or read.
    ///
    /// - Throws: `notFound` unless it is a run of that document, and the document is live.
    func version(readBy run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentVersion

    /// A stored result of the given run, or of the document's newest complete one.
    ///
    /// - Throws: `conflict` with reason `NOT_READY` when the run is not complete, or none is yet; `notFound` with reason `EXPIRED` when its
    ///   results have expired.
    func artifact(_ kind: ArtifactKind, run: RunID?, of id: DocumentID, in scope: WorkspaceScope) async throws -> ResolvedArtifact
}
