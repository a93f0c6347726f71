import ColophonCore
import ColophonStore

/// Bugs in what a verb does in which order, and in what its caller is told.
extension Mutant {
    static let inVerbs: [Mutant] = [
        Mutant(
            name: "ack-before-commit", sentence: "a job is removed in a transaction of its own before its run is complete",
            store: { AckingStore($0, $1) }),
        Mutant(
            name: "completion-in-two", sentence: "a run is complete in one transaction and has its results in another",
            store: { TwoStepStore($0, $1) }),
        Mutant(
            name: "release-drops-the-job", sentence: "a job that is handed back is removed",
            store: { ReleasingStore($0, $1) }),
        Mutant(
            name: "unclear-means-failed", sentence: "a commit whose answer was lost is taken for one that did not happen",
            store: { OptimisticStore($0, $1) }),
        Mutant(
            name: "budget-of-another-lease", sentence: "workers count on a longer lease than they ask for", seedsMax: 100,
            store: { ShortLeaseStore($0, $1) }),
    ]

    /// The product's store with its database at hand.
    private class VerbStore: StoreDecorator, @unchecked Sendable {
        let database: any SQLDatabase

        init(_ database: any SQLDatabase, _ machine: Machine) {
            self.database = database
            super.init(SQLStore(database, machine: machine))
        }

        func removeJob(of claim: RunClaim) async throws {
            try await database.write { transaction in
                _ = try transaction.execute(
                    "DELETE FROM jobs WHERE workspace_id = ? AND id = ?",
                    [.text(claim.workspace.rawValue), .text(claim.run.rawValue)])
            }
        }
    }

    private final class AckingStore: VerbStore, @unchecked Sendable {
        override func complete(_ claim: RunClaim, with result: RunResult) async throws {
            try await removeJob(of: claim)
            try await inner.complete(claim, with: result)
        }
    }

    private final class TwoStepStore: VerbStore, @unchecked Sendable {
        override func complete(_ claim: RunClaim, with result: RunResult) async throws {
            try await inner.complete(claim, with: RunResult(artifacts: [], pages: result.pages, items: result.items))
            try await database.write { transaction in
                for artifact in result.artifacts {
                    _ = try transaction.execute(
                        """
                        INSERT INTO artifacts (workspace_id, run_id, kind, blob_key, sha256, bytes, content_type, created_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, colophon_now())
                        """,
                        [
                            .text(claim.workspace.rawValue), .text(claim.run.rawValue), .text(artifact.kind.rawValue),
                            .text(artifact.blob.rawValue), .text(artifact.sha256), .integer(artifact.bytes),
                            .text(artifact.kind.contentType),
                        ])
                }
            }
        }
    }

    private final class ReleasingStore: VerbStore, @unchecked Sendable {
        override func release(_ claim: RunClaim, after delay: Duration) async throws {
            try await inner.release(claim, after: delay)
            try await removeJob(of: claim)
        }
    }

    private final class OptimisticStore: VerbStore, @unchecked Sendable {
        override func complete(_ claim: RunClaim, with result: RunResult) async throws {
            do { try await inner.complete(claim, with: result) } catch let error as ColophonError where error.code == .internal {
                throw ColophonError(.unavailable, error.message)
            }
        }
    }

    private final class ShortLeaseStore: VerbStore, @unchecked Sendable {
        override func claimJobs(limit: Int, for worker: WorkerID, lease: Duration, holding: Duration?) async throws -> [ClaimedJob] {
            try await inner.claimJobs(limit: limit, for: worker, lease: lease / 2, holding: holding)
        }
        override func renew(_ beats: [Heartbeat], lease: Duration) async throws -> Set<RunClaim> {
            try await inner.renew(beats, lease: lease / 2)
        }
    }
}
