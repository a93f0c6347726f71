import ColophonCore
import ColophonStore

/// Bugs in single statements of one verb.
extension Mutant {
    static let inStatements: [Mutant] = [
        Mutant(
            name: "no-epoch-check", sentence: "whoever once held a run may write about it",
            store: { database, machine in
                SQLStore(
                    RewritingDatabase(inner: database) {
                        $0.replacing("epoch = ?", with: "? >= 0").replacing("runs.epoch = claim.epoch", with: "claim.epoch >= 0")
                    }, machine: machine)
            }),
        Mutant(
            name: "reaper-keeps-epoch", sentence: "a run that is taken from its worker keeps its epoch",
            store: { database, machine in
                ReapingStore(database, machine) { $0.replacing("epoch = epoch + 1", with: "epoch = epoch + 0") }
            }),
        Mutant(
            name: "reaper-takes-all", sentence: "the reaper takes runs whose leases have not ended",
            store: { database, machine in
                ReapingStore(database, machine) {
                    $0.replacing("lease_expires_at <= colophon_now()", with: "lease_expires_at <= colophon_now() + 12000")
                }
            }),
        Mutant(
            name: "cancel-keeps-epoch", sentence: "a cancelled run keeps its epoch",
            store: { database, machine in
                CancellingStore(database, machine) { $0.replacing("epoch = epoch + 1", with: "epoch = epoch + 0") }
            }),
        Mutant(
            name: "renewal-forgets-the-job", sentence: "a renewal extends the run's lease and not the job's, by which the reaper goes",
            store: { database, machine in
                RenewingStore(database, machine) { $0.replacing("AND jobs.leased_by IS NOT NULL", with: "AND jobs.leased_by IS NULL") }
            }),
    ]

    /// The product's store, except that one group of verbs runs other statements.
    private class PartlyRewrittenStore: StoreDecorator, @unchecked Sendable {
        let rewritten: any Store

        init(_ database: any SQLDatabase, _ machine: Machine, rewrite: @escaping @Sendable (String) -> String) {
            rewritten = SQLStore(RewritingDatabase(inner: database, rewrite: rewrite), machine: machine)
            super.init(SQLStore(database, machine: machine))
        }
    }

    private final class ReapingStore: PartlyRewrittenStore, @unchecked Sendable {
        override func reapExpiredLeases(limit: Int, policy: RetryPolicy) async throws -> Int {
            try await rewritten.reapExpiredLeases(limit: limit, policy: policy)
        }
    }

    private final class RenewingStore: PartlyRewrittenStore, @unchecked Sendable {
        override func renew(_ beats: [Heartbeat], lease: Duration) async throws -> Set<RunClaim> {
            try await rewritten.renew(beats, lease: lease)
        }
    }

    private final class CancellingStore: PartlyRewrittenStore, @unchecked Sendable {
        override func cancelRuns(of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
            try await rewritten.cancelRuns(of: id, in: scope)
        }
        override func deleteDocument(_ id: DocumentID, in scope: WorkspaceScope) async throws {
            try await rewritten.deleteDocument(id, in: scope)
        }
    }
}
