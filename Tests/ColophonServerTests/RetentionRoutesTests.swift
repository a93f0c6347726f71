import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import ColophonServer

/// What clients see of bytes that go in time.
@Suite struct RetentionRoutesTests {
    let test: TestLibrary

    init() async throws {
        test = try await TestLibrary()
        try await test.library.setRetention(
            RetentionPolicy(sources: .seconds(10), results: .seconds(20), afterDownload: .seconds(5)), of: test.store.scope.workspace)
    }

    private func serve(_ body: @Sendable (RoutesTests.Caller) async throws -> Void) async throws {
        var routes = Routes(library: test.library, version: "test")
        try await Application(router: routes.router()).test(.router) { try await body(.init(client: $0, key: test.key.text)) }
    }

    private func completed(_ caller: RoutesTests.Caller) async throws -> DocumentStatus {
        let status = try await caller.status(.post, "/v1/documents", body: "%PDF-1")
        let job = try #require(try await test.store.claim().first)
        var artifacts: [Artifact] = []
        for kind in ArtifactKind.allCases {
            let receipt = try await test.library.blobs.put(.result(kind, of: job.claim), bytes: kind == .pages ? [] : Array("\(kind)".utf8))
            artifacts.append(Artifact(kind: kind, blob: receipt.key, sha256: receipt.sha256, bytes: receipt.bytes))
        }
        try await test.store.store.complete(job.claim, with: RunResult(artifacts: artifacts, pages: 1, items: 1))
        return status
    }

    private func run(_ caller: RoutesTests.Caller, _ status: DocumentStatus) async throws -> RunRecord {
        let response = try await caller.call(.get, "/document/\(status.documentId)/runs/\(status.runId)")
        return try JSONDecoder().decode(RunRecord.self, from: Data(response.body.readableBytesView))
    }

    private func events(_ caller: RoutesTests.Caller, _ status: DocumentStatus) async throws -> [String] {
        let response = try await caller.call(.get, "/document/\(status.documentId)/events")
        return try JSONDecoder().decode(EventList.self, from: Data(response.body.readableBytesView)).events.map(\.type)
    }

    private func expire() async throws {
        for kind in RetainedKind.allCases { _ = try await test.store.store.expire(kind, limit: 100) }
    }

    @Test func `an expired document is listed, and its exports, pages and bytes say EXPIRED`() async throws {
        try await serve { caller in
            let status = try await completed(caller)
            #expect(try await run(caller, status).expiresAt == (test.store.clock.now() + .seconds(20)).text)
            test.store.clock.advance(by: .seconds(20))
            try await expire()
            for rest in ["export?format=md", "export?run=\(status.runId)", "pages", "page/1", "page/1/image", "page/1/boxes", "download"] {
                let problem = try await caller.problem(.get, "/document/\(status.documentId)/\(rest)")
                #expect(problem.status == 404 && problem.code == "EXPIRED", "\(rest)")
            }
            for rest in ["reparse", "runs"] {
                #expect(try await caller.problem(.post, "/document/\(status.documentId)/\(rest)").code == "EXPIRED", "\(rest)")
            }
            #expect(try await caller.status(.get, "/document/\(status.documentId)").status == "complete")
            #expect(try await run(caller, status).expiredAt == test.store.clock.now().text)
            #expect(try await events(caller, status).suffix(2) == ["expired", "expired"])
            let again = try await caller.status(.post, "/v1/documents", body: "%PDF-1")
            #expect(again.documentId != status.documentId && again.dedupedFrom == nil)
        }
    }

    @Test func `an export that was sent whole is a download; looking at its head, or at a page, is none`() async throws {
        try await serve { caller in
            let status = try await completed(caller)
            let path = "/document/\(status.documentId)"
            #expect(try await caller.call(.head, "\(path)/export?format=md").status == .ok)
            for rest in ["pages", "download", "status"] { #expect(try await caller.call(.get, "\(path)/\(rest)").status == .ok) }
            #expect(try await events(caller, status).last == "complete")
            for _ in 0..<2 { #expect(try await caller.call(.get, "\(path)/export?format=html").status == .ok) }
            #expect(try await events(caller, status).filter { $0 == "downloaded" }.count == 1)
            #expect(try await run(caller, status).expiresAt == (test.store.clock.now() + .seconds(5)).text)
            test.store.clock.advance(by: .seconds(5))
            try await expire()
            #expect(try await caller.problem(.get, "\(path)/export?format=md").code == "EXPIRED")
        }
    }

    @Test(arguments: [0, 1, 3]) func `a body that breaks off is not sent, wherever it does`(goodWrites: Int) async throws {
        let sent = Atomic(false)
        let body = BlobBody(bytes: 30) { offset in [UInt8](repeating: 1, count: Int(min(10, 30 - offset))) }
        let answer = BlobAnswer(
            body: body, type: "text/plain", fileName: "a", idleTimeout: .seconds(60), onSent: { sent.store(true, ordering: .relaxed) })
        let response = answer.response(on: EmbeddedChannel())
        try? await response.body.write(BreakingWriter(goodWrites: goodWrites))
        let isSentBroken = sent.load(ordering: .relaxed)
        #expect(!isSentBroken)
        try await response.body.write(BreakingWriter(goodWrites: .max))
        let isSentWhole = sent.load(ordering: .relaxed)
        #expect(isSentWhole)
    }

    /// A connection that ends after so many writes.
    struct BreakingWriter: ResponseBodyWriter {
        struct Broken: Error {}
        var goodWrites: Int

        mutating func write(_ buffer: ByteBuffer) async throws {
            guard goodWrites > 0 else { throw Broken() }
            goodWrites -= 1
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
            guard goodWrites > 0 else { throw Broken() }
        }
    }
}
