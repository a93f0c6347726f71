import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ColophonServer

/// Equal uploads as a client sees them.
@Suite struct DedupeRoutesTests {
    let test: TestLibrary

    init() async throws { test = try await TestLibrary() }

    private func serve(_ body: @Sendable (RoutesTests.Caller) async throws -> Void) async throws {
        var routes = Routes(library: test.library, version: "test")
        try await Application(router: routes.router()).test(.router) { try await body(.init(client: $0, key: test.key.text)) }
    }

    private func complete() async throws {
        let job = try #require(try await test.store.claim().first)
        var artifacts: [Artifact] = []
        for kind in ArtifactKind.allCases {
            let receipt = try await test.library.blobs.put(.result(kind, of: job.claim), bytes: Array("\(kind)".utf8))
            artifacts.append(Artifact(kind: kind, blob: receipt.key, sha256: receipt.sha256, bytes: receipt.bytes))
        }
        try await test.store.store.complete(job.claim, with: RunResult(artifacts: artifacts, pages: 4, items: 9))
    }

    @Test func `the same file twice is one document, and its bytes are kept once`() async throws {
        try await serve { caller in
            let first = try await caller.status(.post, "/v1/documents", body: "%PDF-same")
            #expect(first.dedupedFrom == nil)
            let again = try await caller.status(.post, "/v1/documents", body: "%PDF-same", headers: [.fileName: "other.pdf"])
            #expect(again.documentId == first.documentId && again.runId == first.runId && again.dedupedFrom == first.runId)
            #expect(again.fileName == first.fileName)
            #expect(try BlobCount.files(below: test.blobFolder) == 1)
            let raw = String(buffer: try await caller.call(.get, "/v1/documents/\(first.documentId)").body)
            #expect(raw.contains("\"dedupedFrom\":null"))
        }
    }

    @Test func `a recorded duplicate answers exports, pages and status like the run it refers to`() async throws {
        try await serve { caller in
            let first = try await caller.status(.post, "/v1/documents", body: "%PDF-same")
            try await complete()
            let copy = try await caller.status(.post, "/v1/documents?duplicate=record", body: "%PDF-same", headers: [.fileName: "copy.pdf"])
            #expect(copy.documentId != first.documentId && copy.status == "complete" && copy.pagesTotal == 4 && copy.totalNodes == 9)
            #expect(copy.fileName == "copy.pdf" && copy.dedupedFrom == nil)
            let run = try JSONDecoder().decode(
                RunRecord.self,
                from: Data(try await caller.call(.get, "/document/\(copy.documentId)/runs/\(copy.runId)").body.readableBytesView))
            #expect(run.duplicateOf == first.runId && run.attempt == 0)
            for query in ["", "&run=\(copy.runId)"] {
                let export = try await caller.call(.get, "/document/\(copy.documentId)/export?format=md\(query)")
                #expect(String(buffer: export.body) == "markdown" && export.headers[HTTPField.Name("X-Run-Id")!] == copy.runId)
            }
            let download = try await caller.call(.get, "/document/\(copy.documentId)/download")
            #expect(String(buffer: download.body) == "%PDF-same")
            // The document that was copied may go; its copy stays whole.
            #expect(try await caller.call(.delete, "/v1/documents/\(first.documentId)").status == .ok)
            #expect(try await caller.call(.get, "/document/\(copy.documentId)/export?format=md").status == .ok)
        }
    }

    @Test func `the same file in other languages is read anew, and a reparse may choose them`() async throws {
        try await serve { caller in
            let first = try await caller.status(.post, "/v1/documents", body: "%PDF-same")
            let other = try await caller.status(.post, "/v1/documents?ocrLanguages=deu+eng", body: "%PDF-same")
            #expect(other.documentId != first.documentId && other.dedupedFrom == nil)
            #expect(try await caller.status(.post, "/v1/documents?ocrLanguages=deu,eng", body: "%PDF-same").dedupedFrom == other.runId)
            #expect(try await caller.status(.post, "/v1/documents?ocrLanguages=eng", body: "%PDF-same").dedupedFrom == first.runId)
            func languages(of document: DocumentStatus) async throws -> [String] {
                let answer = try await caller.call(.get, "/v1/documents/\(document.documentId)/runs/\(document.runId)")
                return try JSONDecoder().decode(RunRecord.self, from: Data(answer.body.readableBytesView)).ocrLanguages
            }
            #expect(try await languages(of: other) == ["deu", "eng"])
            let again = try await caller.status(.post, "/v1/documents/\(first.documentId)/reparse?ocrLanguages=off")
            #expect(try await languages(of: again) == [])
            #expect(try await caller.call(.post, "/v1/documents?ocrLanguages=../eng", body: "%PDF-x").status == .unprocessableContent)
        }
    }

    @Test func `a word that duplicate does not know is refused, and nothing is stored`() async throws {
        try await serve { caller in
            let problem = try await caller.problem(.post, "/v1/documents?duplicate=perhaps", body: "x")
            #expect(problem.status == 422 && problem.message == "duplicate must be reuse or record.")
            #expect(try BlobCount.files(below: test.blobFolder) == 0)
        }
    }
}
