package import ColophonCore

/// Compares rows with rows and with stored bytes, and puts right what can be put right without guessing.
///
/// It may run beside working servers and workers: rows are looked at in snapshots, and whatever is found about bytes is looked at again
/// before it is told. Memory does not grow with the ledger.
package struct Fsck: Sendable {
    package struct Options: Sendable {
        /// Whether bytes are read and hashed; otherwise they are only measured.
        package var hashes = true
        /// Whether what can be put right is; otherwise nothing is changed.
        package var repairs = false

        package init() {}
    }

    /// How many documents are looked at together.
    static let documentsPerLook = 100
    /// How many blobs are read at once.
    static let readsAtOnce = 4
    /// The most faults of one kind that are told of.
    static let faultsMax = 1000
    /// No retry waits as long.
    static let waitMax: Duration = .seconds(24 * 3600)

    let store: any UpkeepStore
    let blobs: any BlobStore
    let limits: Limits
    let options: Options
    let clock: any WallClock
    let onFinding: @Sendable (FsckFinding) -> Void
    let onProgress: @Sendable (FsckReport) -> Void

    /// - Parameters:
    ///   - limits: As the servers have them: their leases say which are too long.
    ///   - onFinding: Called with each finding as soon as its outcome is known.
    ///   - onProgress: Called now and then with what has been looked at so far.
    package init(
        store: any UpkeepStore, blobs: any BlobStore, limits: Limits, options: Options, clock: any WallClock = SystemClock(),
        onFinding: @escaping @Sendable (FsckFinding) -> Void = { _ in }, onProgress: @escaping @Sendable (FsckReport) -> Void = { _ in }
    ) {
        self.store = store
        self.blobs = blobs
        self.limits = limits
        self.options = options
        self.clock = clock
        self.onFinding = onFinding
        self.onProgress = onProgress
    }

    /// - Throws: `ColophonError` when database or blob store are away.
    package func run() async throws -> FsckReport {
        var report = FsckReport()
        try await take(&report) { try await store.engineFaults(thorough: options.hashes, limit: Self.faultsMax) }
        var last: DocumentKey?
        while let through = try await nextDocuments(after: last, &report) {
            let documents = DocumentRange(after: last, through: through)
            try await take(&report) { try await store.faults(of: documents) }
            try await checkBlobs(of: documents, &report)
            last = through
            onProgress(report)
        }
        let leaseMax = max(limits.lease * 10, .seconds(3600))
        // What was repaired makes room for what the limit left out.
        while try await take(&report, { try await store.jobFaults(leaseMax: leaseMax, waitMax: Self.waitMax, limit: Self.faultsMax) })
            == Self.faultsMax && options.repairs
        {}
        try await take(&report) { try await store.feedFaults() }
        try await take(&report) { try await store.otherFaults(limit: Self.faultsMax) }
        try await checkStrays(&report)
        return report
    }

    private func nextDocuments(after last: DocumentKey?, _ report: inout FsckReport) async throws -> DocumentKey? {
        let keys = try await store.documentKeys(after: last, limit: Self.documentsPerLook)
        report.documents += keys.count
        return keys.last
    }

    /// Looks for faults, repairs those that can be, and tells of all.
    ///
    /// - Returns: How many were found.
    @discardableResult
    private func take(_ report: inout FsckReport, _ look: () async throws -> [LedgerFault]) async throws -> Int {
        let faults: [LedgerFault]
        do {
            faults = try await look()
        } catch let error as ColophonError where error.code == .internal {
            // A damaged file must not keep the rest from being looked at.
            faults = [LedgerFault(.engine, message: "could not be read: \(error.message)\(error.cause.map { " (\($0))" } ?? "")")]
        }
        for fault in faults {
            guard fault.kind.isRepairable else {
                tell(FsckFinding(fault, .needs(fault.remedy)), &report)
                continue
            }
            if !options.repairs {
                tell(FsckFinding(fault, .repairable), &report)
            } else if let done = try await store.repair(fault, lease: limits.lease) {
                tell(FsckFinding(fault, .repaired(done)), &report)
            }
        }
        return faults.count
    }

    func tell(_ finding: FsckFinding, _ report: inout FsckReport) {
        report.add(finding)
        onFinding(finding)
    }
}

extension LedgerFault {
    /// What somebody has to do about a fault that cannot be repaired.
    fileprivate var remedy: String {
        switch kind {
        case .engine: "Stop the servers and restore the newest backup."
        case .historyGap: "Nothing can bring the events back; a backup has them. Documents and results are not touched by it."
        default:
            document.map { "Have the document read anew: colophon runs reparse \($0). If that does not end it, restore a backup." }
                ?? "Restore a backup, or report this."
        }
    }
}
