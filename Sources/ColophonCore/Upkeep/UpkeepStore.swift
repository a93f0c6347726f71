/// What operators' tools ask of a ledger: every workspace's rows, and repairs. No request handler and no worker can reach it.
///
/// Methods throw as those of `Store` do.
package protocol UpkeepStore: Sendable {
    // MARK: Checking

    /// What the engine finds when it checks its own data, at most `limit` faults.
    ///
    /// - Parameter thorough: Also compares indexes with their tables.
    /// - Complexity: Reads the whole database where the engine can check itself, as SQLite does; nothing on PostgreSQL.
    func engineFaults(thorough: Bool, limit: Int) async throws -> [LedgerFault]

    /// The next documents of all workspaces, deleted ones included, in order of (workspace, id).
    func documentKeys(after key: DocumentKey?, limit: Int) async throws -> [DocumentKey]

    /// Faults of some documents, their histories and their runs, all of one moment.
    ///
    /// - Parameter documents: At least one, at most `DocumentKey.togetherMax`.
    /// - Complexity: O(the documents' runs and events), by indexes.
    func faults(of documents: [DocumentKey]) async throws -> [LedgerFault]

    /// Faults of jobs, at most `limit`.
    ///
    /// - Parameters:
    ///   - leaseMax: A lease that ends later from now is too far ahead.
    ///   - waitMax: A job that is due later from now is too far ahead.
    /// - Complexity: O(jobs).
    func jobFaults(leaseMax: Duration, waitMax: Duration, limit: Int) async throws -> [LedgerFault]

    /// Changes that are missing from any workspace's feed, or that lie outside it: one fault a workspace.
    ///
    /// - Complexity: Reads every change, a bounded number at a time.
    func feedFaults() async throws -> [LedgerFault]

    /// Breaches of the rules of `Store.violations` that none of the above looks for, at most `limit`.
    ///
    /// - Complexity: Reads every row.
    func otherFaults(limit: Int) async throws -> [LedgerFault]

    /// Puts a fault right, if it is still there.
    ///
    /// - Parameter lease: How long a lease that was too far ahead lasts from now: a worker that lives renews it before.
    /// - Precondition: `fault.kind.isRepairable`.
    /// - Returns: What was done, as a sentence's second half; nil when there was nothing left to do.
    func repair(_ fault: LedgerFault, lease: Duration) async throws -> String?

    /// Ends that a run, or a duplicate that serves its results, is the answer to equal uploads; the next of them is processed.
    ///
    /// - Returns: Whether it was.
    func stopAnswering(with run: RunID, in workspace: WorkspaceID) async throws -> Bool

    /// The blobs that some documents' rows promise.
    ///
    /// - Parameter documents: At least one, at most `DocumentKey.togetherMax`.
    func promisedBlobs(of documents: [DocumentKey]) async throws -> [PromisedBlob]

    /// Which of these keys a row still promises; others have expired.
    ///
    /// - Complexity: O(`keys.count`) index look-ups.
    func promised(among keys: [String]) async throws -> Set<String>

    /// Which of these blobs no row refers to, whether it promises them or not.
    func unreferenced(_ keys: [BlobKey]) async throws -> Set<BlobKey>

    // MARK: Moving

    /// Gives every row of every table, and the blobs that these rows promise, all of one moment.
    ///
    /// It holds a snapshot until it ends: the engine can clean up nothing that is newer meanwhile.
    ///
    /// - Complexity: Reads every row; memory is bounded.
    func export(to sink: some LedgerSink) async throws -> LedgerMoment

    /// Whether no table holds a row.
    func isEmpty() async throws -> Bool

    /// The shape of rows that `add` takes.
    var schema: Int { get }

    /// Adds rows that an export gave, in one transaction.
    ///
    /// - Parameter lines: As the export wrote them, without their line feeds; at most `LedgerTable.rowsMax`.
    /// - Throws: `invalid` when a line cannot be a row of the table; `conflict` when there is such a row already, or what it refers to is not
    ///   there.
    func add(_ lines: [[UInt8]], to table: LedgerTable) async throws

    /// Makes every position of every workspace's feed invalid, so that all clients list again: its changes go, and one far ahead of them stays.
    ///
    /// - Returns: How many feeds were begun anew; those without a change need not be.
    func restartFeeds() async throws -> Int

    /// Takes runs away from the workers that hold them, as if their leases had ended, at most `limit`: one epoch further, due at once.
    ///
    /// - Parameter actor: Who does so, for the runs' histories.
    /// - Returns: How many were taken.
    func takeBackLeases(limit: Int, actor: String) async throws -> Int
}

extension UpkeepStore {
    /// Whether the ledger has ever held a document, of any workspace: deleted ones stay listed.
    package func holdsDocuments() async throws -> Bool { try await !documentKeys(after: nil, limit: 1).isEmpty }
}
