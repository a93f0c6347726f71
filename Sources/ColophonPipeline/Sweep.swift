package import ColophonCore
import Logging

/// One pass over everything that time removes: expired bytes, old events and changes, and bytes that no row refers to.
///
/// It works in small transactions, so that it can be stopped anywhere and any number may run at once; what one leaves the next finds.
package struct Sweep: Sendable {
    /// The most versions, runs or deleted documents of one transaction.
    static let batch = 100
    /// The most changes of one transaction: a workspace's writers wait for it.
    static let changesBatch = 500
    /// How many documents' histories, or blobs, are looked at in one go.
    static let pageSize = 500

    private let library: Library

    package init(library: Library) { self.library = library }

    /// Removes what is due.
    ///
    /// A cancelled task stops after the transaction it is in.
    ///
    /// - Throws: What the store or the blob store throws, and `conflict` with reason `EMPTY_LEDGER` when there are old blobs and a ledger that
    ///   never held a document; what was removed until then stays removed.
    package func run() async throws -> SweepReport {
        var report = SweepReport()
        if let age = library.limits.deletedKept {
            while case let count = try await library.store.purgeDeleted(olderThan: age, limit: Self.batch), count > 0 {
                report.deletedDocuments += count
                try Task.checkCancellation()
            }
        }
        report.sources = try await expire(.source, into: &report.bytes)
        report.results = try await expire(.results, into: &report.bytes)
        if let age = library.limits.eventsKept { report.events = try await trimEvents(olderThan: age) }
        if let age = library.limits.feedKept { report.changes = try await trimFeeds(olderThan: age) }
        while case let count = try await library.store.trimSessions(limit: Self.batch), count > 0 {
            report.sessions += count
            try Task.checkCancellation()
        }
        let leftovers = try await leftovers(remove: true)
        (report.leftovers, report.unremoved) = (leftovers.removed, leftovers.unremoved)
        return report
    }

    /// Counts what `run` would remove, and removes nothing; throws what `run` would.
    package func preview() async throws -> SweepReport {
        let overdue = try await library.store.overdue(library.limits)
        return SweepReport(
            deletedDocuments: overdue.deletedDocuments, sources: overdue.sources, results: overdue.results, events: overdue.events,
            changes: overdue.changes, sessions: overdue.sessions, leftovers: try await leftovers(remove: false).removed,
            bytes: overdue.bytes)
    }

    private func expire(_ kind: RetainedKind, into bytes: inout Int64) async throws -> Int {
        var count = 0
        while true {
            let expiry = try await library.store.expire(kind, limit: Self.batch)
            if expiry.count == 0 { return count }
            count += expiry.count
            bytes += expiry.bytes
            for blob in expiry.blobs { await library.discard(blob) }
            try Task.checkCancellation()
        }
    }

    private func trimEvents(olderThan age: Duration) async throws -> Int {
        var removed = 0
        var place: EventTrim.Place?
        repeat {
            let trim = try await library.store.trimEvents(olderThan: age, after: place, limit: Self.pageSize)
            removed += trim.removed
            place = trim.next
            try Task.checkCancellation()
        } while place != nil
        return removed
    }

    private func trimFeeds(olderThan age: Duration) async throws -> Int {
        var removed = 0
        var done: WorkspaceID?
        while let trim = try await library.store.trimFeed(olderThan: age, after: done, limit: Self.changesBatch) {
            removed += trim.removed
            if trim.isDone { done = trim.workspace }
            try Task.checkCancellation()
        }
        return removed
    }

    /// Blobs that no row refers to: of uploads and results whose transaction never came, and of what expired when its removal failed. Younger
    /// ones than the limit's age may belong to a transaction that is still to come. How old a blob is the machine's clock judges, as the blob
    /// store's does not lie in the database.
    private func leftovers(remove: Bool) async throws -> SweepCounter.Counts {
        let counter = SweepCounter()
        let moment = library.machine.wallClock.now() - library.limits.leftoverAge
        guard try await library.store.holdsDocuments() else {
            try await refuseLeftovers(writtenBefore: moment)
            return counter.counts
        }
        let look: @Sendable ([BlobKey]) async throws -> Void = { keys in
            for key in try await library.store.unreferenced(keys) {
                if remove { try await self.remove(key, counter) } else { counter.addRemoved() }
            }
        }
        if remove {
            try await library.blobs.scan(writtenBefore: moment, batch: Self.pageSize, look)
        } else {
            try await library.blobs.list(writtenBefore: moment, batch: Self.pageSize, look)
        }
        if let first = counter.firstFailure {
            library.logger.warning(
                "Leftover blobs could not be removed; the next sweep tries again.",
                metadata: ["blobs": "\(counter.counts.unremoved)", "first": "\(first)"])
        }
        return counter.counts
    }

    /// Where a ledger knows of no document every blob looks like a leftover, while it is far likelier that this is not the blobs' ledger: its
    /// setting was forgotten, or its disk is lost.
    private func refuseLeftovers(writtenBefore moment: Timestamp) async throws {
        try await library.blobs.list(writtenBefore: moment, batch: Self.pageSize) { keys in
            guard try await !library.store.unreferenced(keys).isEmpty else { return }
            throw ColophonError(
                .conflict,
                "There are stored bytes, and the ledger has never held a document: nothing is removed. Check that this is the ledger which "
                    + "they belong to (--database, --data and --blobs).", reason: "EMPTY_LEDGER")
        }
    }

    /// Removes a blob; one that cannot be removed must not keep all behind it.
    private func remove(_ key: BlobKey, _ counter: SweepCounter) async throws {
        do {
            try await library.blobs.delete(key)
            counter.addRemoved()
        } catch {
            try Task.checkCancellation()
            // A store that takes nothing at all is not asked blob by blob.
            try await library.blobs.check()
            counter.addFailure("\(key): \(error)")
        }
    }
}
