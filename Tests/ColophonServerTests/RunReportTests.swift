import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ColophonServer

/// What a client is told of a run that does not move.
@Suite struct RunReportTests {
    let test: TestLibrary

    init() async throws { test = try await TestLibrary() }

    private func get(_ path: String) async throws -> Data {
        var routes = Routes(library: test.library, version: "test")
        return try await Application(router: routes.router()).test(.router) { client in
            let response = try await client.execute(uri: path, method: .get, headers: [.authorization: "Bearer \(test.key.text)"])
            return Data(response.body.readableBytesView)
        }
    }

    private func report(_ run: Run) async throws -> RunReport {
        try JSONDecoder().decode(RunReport.self, from: try await get("/v1/documents/\(run.documentID)/runs/\(run.id)"))
    }

    @Test func `a run that waits is told with its position, one that failed once with its next attempt`() async throws {
        let store = test.store
        let first = try await store.upload("a").detail.run
        store.clock.advance(by: .milliseconds(1))
        let second = try await store.upload("b").detail.run
        let waiting = try await report(second)
        #expect(waiting.queue?.position == 2 && waiting.queue?.positionIsMinimum == false && waiting.queue?.processing == 0)
        #expect(waiting.lease == nil && waiting.attempts.isEmpty && waiting.nextRetryAt == nil)
        #expect(waiting.asOf == store.clock.now().text && waiting.run.runId == second.id.rawValue)

        let job = try #require(try await store.claim("w").first)
        let held = try await report(first)
        #expect(held.lease?.worker == "w" && held.lease?.lastHeartbeatAt == store.clock.now().text && held.queue == nil)
        #expect(held.attempts.map(\.outcome) == [nil] && held.attempts.map(\.number) == [1])

        _ = try await store.store.fail(job.claim, with: RunFailure(.ioError, "gone"), policy: RetryPolicy(), retryDelay: .seconds(9))
        let failed = try await report(first)
        #expect(failed.nextRetryAt == (store.clock.now() + .seconds(9)).text && failed.lease == nil)
        #expect(failed.attempts.map(\.outcome) == ["retry"])
        #expect(failed.attempts.first?.error == RunError(code: "IO_ERROR", message: "gone"))
    }

    @Test func `one run carries the members of a listed one and more, and the list stays light`() async throws {
        let run = try await test.store.upload("a").detail.run
        let path = "/v1/documents/\(run.documentID)/runs"
        let one = try #require(try JSONSerialization.jsonObject(with: try await get("\(path)/\(run.id)")) as? [String: Any])
        let list = try #require(try JSONSerialization.jsonObject(with: try await get(path)) as? [String: Any])
        let listed = try #require((list["runs"] as? [[String: Any]])?.first)
        #expect(Set(one.keys).subtracting(listed.keys) == ["queue", "lease", "attempts", "nextRetryAt", "asOf"])
        #expect(Set(listed.keys).subtracting(one.keys).isEmpty)
        #expect(one["lease"] is NSNull && one["nextRetryAt"] is NSNull)
    }

    @Test func `a client understands a server that does not tell so much`() throws {
        let record = RunRecord(
            runId: "r", documentId: "d", versionId: "v", number: 1, phase: "parsing", status: "processing", step: "parsing", attempt: 1,
            extractor: "native", extractorVersion: "1", pagesTotal: nil, pagesCompleted: 0, createdAt: "c", startedAt: "s", updatedAt: "u",
            completedAt: nil, error: nil)
        let report = try JSONDecoder().decode(RunReport.self, from: try JSONEncoder().encode(record))
        #expect(report.run == record && report.attempts.isEmpty && report.queue == nil && report.asOf == "u")
    }
}
