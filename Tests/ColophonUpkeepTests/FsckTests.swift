import ColophonBlobs
import ColophonCore
import ColophonStore
import ColophonTestSupport
import ColophonUpkeep
import Foundation
import Testing

/// Damage that is planted is found, repaired where that is safe, and named where it is not; whatever the engine.
@Suite struct FsckTests {
    @Test(arguments: StoreDriver.allCases)
    func `a ledger in all its states is clean, and a check changes nothing`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        for index in 0..<3 { try await bench.upload("\(index)") }
        try await bench.completeNext()
        _ = try await bench.open.claim("holder")
        let failing = try #require(try await bench.open.claim().first)
        _ = try await bench.open.store.fail(failing.claim, with: RunFailure(.parseFailed), policy: RetryPolicy(), retryDelay: .zero)
        try await bench.upload("waits")
        let gone = try await bench.upload("gone").detail.document.id
        try await bench.open.store.deleteDocument(gone, in: bench.open.scope)
        for repairs in [false, true] {
            let report = try await bench.fsck(repairs: repairs)
            #expect(report.found == [] && report.documents == 5 && report.blobs == 5 + ArtifactKind.allCases.count)
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `a run without its job is queued anew, one epoch further`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        let waiting = try await bench.upload("a").detail.run
        let held = try await bench.upload("b").detail.run
        let epochs = try await bench.upload("c").detail.run
        let claims = try await bench.open.claim("w", limit: 2)
        #expect(claims.map(\.claim.run) == [waiting.id, held.id])
        try await bench.sql("DELETE FROM jobs WHERE run_id = '\(held.id)'")
        try await bench.sql("UPDATE jobs SET state = 'due', leased_by = NULL, lease_expires_at = NULL WHERE run_id = '\(waiting.id)'")
        try await bench.sql("UPDATE jobs SET epoch = epoch + 5 WHERE run_id = '\(epochs.id)'")

        func expected(_ outcome: Found.Outcome) -> [Found] {
            [waiting, held].map { Found("run_without_job", $0.documentID, $0.id, outcome) }
                + [Found("job_epoch", epochs.documentID, epochs.id, outcome)]
        }
        #expect(sorted(try await bench.fsck().found) == sorted(expected(.repairable)))
        #expect(sorted(try await bench.fsck(repairs: true).found) == sorted(expected(.repaired)))
        #expect(try await bench.fsck().found == [])
        #expect(try await bench.open.store.lost(among: claims.map(\.claim)) == Set(claims.map(\.claim)))
        let again = try await bench.open.claim("x", limit: 9)
        #expect(Set(again.map(\.claim.run)) == [waiting.id, held.id, epochs.id])
        #expect(again.allSatisfy { $0.claim.epoch >= 2 })
        for job in again { try await bench.complete(job) }
        #expect(try await bench.fsck().found == [])
        #expect(
            try await bench.open.store.runDetail(held.id, of: held.documentID, in: bench.open.scope).attempts.first?.outcome == .leaseLost)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a job that outlived its run is removed`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        let run = try await bench.upload("a").detail.run
        try await bench.sql(
            "UPDATE runs SET status = 'cancelled', cancelled_at = created_at, dedupe_key = NULL WHERE id = '\(run.id)'")
        try await bench.sql("UPDATE files SET last_outcome = 'cancelled' WHERE id = '\(run.documentID)'")
        // The history lacks the end too, which nobody can know.
        let named = Found("rule", run.documentID, run.id, .left)
        #expect(try await bench.fsck().found == [Found("job_without_run", run.documentID, run.id, .repairable), named])
        #expect(try await bench.fsck(repairs: true).found == [Found("job_without_run", run.documentID, run.id, .repaired), named])
        #expect(try await bench.fsck().found == [named])
        #expect(try await bench.open.store.queueDepth() == QueueDepth(waiting: 0, claimed: 0))
    }

    @Test(arguments: StoreDriver.allCases)
    func `a lease or a wait far ahead, as a clock that ran wild leaves them, is brought back`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        let held = try await bench.upload("a").detail.run
        let job = try #require(try await bench.open.claim("w").first)
        let waiting = try await bench.upload("b").detail.run
        try await bench.sql("UPDATE jobs SET lease_expires_at = lease_expires_at + 900000000 WHERE state = 'leased'")
        try await bench.sql("UPDATE jobs SET due_at = due_at + 900000000, order_at = order_at + 900000000 WHERE state = 'due'")
        let expected = [
            Found("lease_far_ahead", held.documentID, held.id, .repairable),
            Found("due_far_ahead", waiting.documentID, waiting.id, .repairable),
        ]
        #expect(try await bench.fsck().found == expected)
        #expect(try await bench.fsck(repairs: true).found.map(\.outcome) == [.repaired, .repaired])
        #expect(try await bench.fsck().found == [])
        // The worker is alive, renews, and goes on.
        #expect(try await bench.open.store.renew([Heartbeat(claim: job.claim, progress: nil)], lease: .seconds(15)) == [])
        try await bench.complete(job)
        #expect(try await bench.open.claim().first?.claim.run == waiting.id)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a document serves its newest complete run again`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        let document = try await bench.upload("a").detail.document.id
        let first = try await bench.completeNext()
        _ = try await bench.open.store.startRun(of: document, fresh: true, recipe: OpenStore.recipe, in: bench.open.scope)
        let second = try await bench.completeNext()
        for wrong in ["'\(first.run)'", "NULL", "'nonsense'"] {
            try await bench.sql("UPDATE files SET current_run_id = \(wrong) WHERE id = '\(document)'")
            #expect(try await bench.fsck().found == [Found("wrong_current_run", document, .repairable)])
            #expect(try await bench.fsck(repairs: true).found == [Found("wrong_current_run", document, .repaired)])
            #expect(try await bench.open.store.document(document, in: bench.open.scope).document.currentRunID == second.run)
        }
        #expect(try await bench.fsck().found == [])
    }

    @Test(arguments: StoreDriver.allCases, ["id = 3", "id = 5", "id IN (1, 4)", "id <= 5"])
    func `a feed with a gap begins after it`(driver: StoreDriver, gap: String) async throws {
        let bench = try await UpkeepBench(driver)
        for index in 0..<5 { try await bench.upload("\(index)") }
        try await bench.sql("DELETE FROM changes WHERE \(gap)")
        #expect(try await bench.fsck().found == [Found("feed_gap", .repairable)])
        #expect(try await bench.fsck(repairs: true).found == [Found("feed_gap", .repaired)])
        #expect(try await bench.fsck().found == [])
        let head = try #require(try await bench.open.store.changes(after: 0, limit: 99, in: bench.open.scope).last?.id)
        try await bench.upload("next")
        #expect(try await bench.open.store.changes(after: head, limit: 9, in: bench.open.scope).map(\.id) == [head + 1])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a change beyond its feed's head no longer stands in the way of the next`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        for index in 0..<3 { try await bench.upload("\(index)") }
        try await bench.sql("UPDATE workspace_feeds SET head = 2 WHERE workspace_id = 'w1'")
        #expect(try await bench.fsck().found == [Found("feed_gap", .repairable)])
        #expect(try await bench.fsck(repairs: true).found == [Found("feed_gap", .repaired)])
        try await bench.upload("next")
        #expect(try await bench.open.store.changes(after: 0, limit: 9, in: bench.open.scope).map(\.id) == [1, 2, 3, 4])
    }

    @Test(arguments: StoreDriver.allCases)
    func `an event that is missing, and a rule that is broken, are named`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        let document = try await bench.upload("a").detail.document.id
        let other = try await bench.upload("b").detail.document.id
        let run = try await bench.completeNext().run
        try await bench.sql("DELETE FROM events WHERE document_id = '\(other)' AND seq = 1")
        try await bench.sql("DELETE FROM artifacts WHERE run_id = '\(run)' AND kind = 'json'")
        let expected = [Found("history_gap", other, .left), Found("rule", document, run, .left)]
        for repairs in [true, false] { #expect(try await bench.fsck(repairs: repairs).found == expected) }
    }

    private func sorted(_ found: [Found]) -> [Found] { found.sorted { $0.description < $1.description } }
}

extension Found {
    init(_ code: String, _ outcome: Outcome) { self.init(code, nil, nil, outcome) }
    init(_ code: String, _ document: DocumentID, _ outcome: Outcome) { self.init(code, document, nil, outcome) }
}
