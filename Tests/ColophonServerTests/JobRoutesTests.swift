import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ColophonServer

/// The queue's routes, as its page and its clients call them.
@Suite struct JobRoutesTests {
    let test: TestLibrary

    init() async throws {
        var limits = Limits()
        limits.uploadBytesMax = 2000
        test = try await TestLibrary(limits: limits)
    }

    private func serve(_ body: @Sendable (RoutesTests.Caller) async throws -> Void) async throws {
        let offered = ["pt_simon_invoice_v1", "other_v1"].map { MappingSummary(name: $0, title: "T", summary: "s") }
        var routes = Routes(library: test.library.offering(offered, usual: "pt_simon_invoice_v1"), version: "test")
        try await Application(router: routes.router()).test(.router) { try await body(.init(client: $0, key: test.key.text)) }
    }

    private static let form: HTTPFields = [.contentType: "multipart/form-data; boundary=b"]

    private func form(_ file: String, name: String = "in.pdf", _ fields: [(String, String)] = [], fileFirst: Bool = false) -> String {
        var parts = fields.map { "--b\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }
        let part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n\(file)\r\n"
        parts.insert(part, at: fileFirst ? 0 : parts.count)
        return parts.joined() + "--b--\r\n"
    }

    private func decoded<Value: Decodable>(_ response: TestResponse, as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(response.body.readableBytesView))
    }

    private func complete() async throws {
        let job = try #require(try await test.store.claim().first)
        var artifacts: [Artifact] = []
        for kind in ArtifactKind.allCases {
            let receipt = try await test.library.blobs.put(.result(kind, of: job.claim), bytes: Array("\(kind)".utf8))
            artifacts.append(Artifact(kind: kind, blob: receipt.key, sha256: receipt.sha256, bytes: receipt.bytes))
        }
        try await test.store.store.complete(job.claim, with: RunResult(artifacts: artifacts, pages: 1, items: 1))
    }

    @Test func `one upload is one job, the same again is that job, and another mapping is another`() async throws {
        try await serve { caller in
            for path in ["/api/upload", "/api/jobs"] {
                let made: UploadedJob = try decoded(try await caller.call(.post, path, body: form("%PDF-\(path)"), headers: Self.form))
                #expect(made.job.status == "queued" && made.job.filename == "in.pdf" && made.job.mapping == "pt_simon_invoice_v1")
                #expect(made.job.bytes == Int64(5 + path.utf8.count) && made.dedupedFrom == nil && !made.job.canDownload)
                let again: UploadedJob = try decoded(
                    try await caller.call(.post, path, body: form("%PDF-\(path)", name: "b.pdf"), headers: Self.form))
                #expect(again.job.id == made.job.id && again.dedupedFrom == made.job.id)
                let other: UploadedJob = try decoded(
                    try await caller.call(
                        .post, path, body: form("%PDF-\(path)", [("mapping", "other_v1"), ("pretty", "1")]), headers: Self.form))
                #expect(other.job.id != made.job.id && other.job.mapping == "other_v1")
            }
            let list: JobList = try decoded(try await caller.call(.get, "/api/jobs"))
            #expect(list.jobs.count == 4 && list.activeCount == 4 && list.nextCursor == nil)
        }
    }

    @Test(
        arguments: [
            ("hello", [], 400, "NOT_PDF"), ("PK\u{3}\u{4}", [], 400, "NOT_PDF"),
            ("%PDF-x", [("mapping", "none_v1")], 400, "INVALID_MAPPING"),
            ("%PDF-x", [("pretty", "yes")], 400, "INVALID_REQUEST"), ("%PDF-" + String(repeating: "x", count: 2000), [], 413, "TOO_LARGE"),
            ("", [], 422, "EMPTY_DOCUMENT"), ("%PDF-x", [("colour", "red")], 422, "extra_forbidden"),
        ] as [(String, [(String, String)], Int, String)])
    func `what the queue does not take leaves nothing behind`(file: String, fields: [(String, String)], status: Int, code: String)
        async throws
    {
        try await serve { caller in
            for fileFirst in [false, true] {
                let problem = try await caller.problem(
                    .post, "/api/upload", body: form(file, name: "x.pdf", fields, fileFirst: fileFirst), headers: Self.form)
                #expect(problem.status == status && problem.code == code, "\(problem)")
            }
            #expect(try BlobCount.files(below: test.blobFolder) == 0)
            let list: JobList = try decoded(try await caller.call(.get, "/api/jobs"))
            #expect(list.jobs.isEmpty && list.activeCount == 0)
        }
    }

    @Test func `a file may be as large as the limit, and not one byte larger, whether its length is announced or not`() async throws {
        try await serve { caller in
            for (bytes, status) in [(2000, 200), (2001, 413)] {
                let file = "%PDF-" + String(repeating: "x", count: bytes - 5)
                for isAnnounced in [true, false] {
                    var headers = Self.form
                    if !isAnnounced { headers[.transferEncoding] = "chunked" }
                    let answer = try await caller.call(.post, "/api/upload", body: form(file), headers: headers)
                    #expect(answer.status.code == status, "\(bytes), \(isAnnounced)")
                }
            }
            #expect(try BlobCount.files(below: test.blobFolder) == 1)
        }
    }

    /// Files that are two kinds at once: what counts is that a reader of PDF would take them for one; they are never served as anything else.
    @Test(arguments: ["<html><script>alert(1)</script>%PDF-1.4", "PK\u{3}\u{4}%PDF-1.4", "\u{89}PNG\r\n%PDF-1.4", "MZ%PDF-1.4"])
    func `a file of two kinds is a PDF, and is served as one`(file: String) async throws {
        try await serve { caller in
            let made: UploadedJob = try decoded(try await caller.call(.post, "/api/upload", body: form(file), headers: Self.form))
            let source = try await caller.call(.get, "/v1/documents/\(made.job.documentID)/download")
            #expect(source.headers[.contentType] == "application/pdf" && source.headers[.xContentTypeOptions] == "nosniff")
            #expect(source.headers[.contentDisposition]?.hasPrefix("attachment;") == true)
        }
    }

    @Test func `a job's XML comes when it is complete, and not before`() async throws {
        try await serve { caller in
            let made: UploadedJob = try decoded(try await caller.call(.post, "/api/upload", body: form("%PDF-1"), headers: Self.form))
            let path = "/api/jobs/\(made.job.id)"
            let early = try await caller.problem(.get, path + "/download")
            #expect(early.status == 409 && early.code == "NOT_READY")
            try await complete()
            let done: JobOut = try decoded(try await caller.call(.get, path))
            #expect(done.status == "complete" && done.canDownload && done.completedAt != nil && done.error == nil)
            let xml = try await caller.call(.get, path + "/download")
            #expect(String(buffer: xml.body) == "mapped" && xml.headers[.contentType] == "application/xml")
            #expect(xml.headers[.contentDisposition]?.contains("filename=\"in.xml\"") == true)
            let list: JobList = try decoded(try await caller.call(.get, "/api/jobs?status=complete"))
            #expect(list.jobs.map(\.id) == [made.job.id] && list.activeCount == 0)
            let late: JobList = try decoded(try await caller.call(.get, "/api/jobs?since=2999-01-01T00:00:00Z"))
            #expect(late.jobs.isEmpty)
            #expect(try await caller.problem(.get, "/api/jobs?since=yesterday").status == 422)
        }
    }

    @Test func `only what failed is tried again, and what was cancelled has failed`() async throws {
        try await serve { caller in
            let made: UploadedJob = try decoded(try await caller.call(.post, "/api/upload", body: form("%PDF-1"), headers: Self.form))
            let path = "/api/jobs/\(made.job.id)"
            #expect(try await caller.problem(.post, path + "/retry").code == "INVALID_STATE")
            let job = try #require(try await test.store.claim().first)
            _ = try await test.store.store.fail(
                job.claim, with: RunFailure(.validationError, "No buyer."), policy: RetryPolicy(), retryDelay: .zero)
            let failed: JobOut = try decoded(try await caller.call(.get, path))
            #expect(failed.status == "failed" && failed.error == JobOut.Failure(code: "VALIDATION_ERROR", message: "No buyer."))
            let again: JobOut = try decoded(try await caller.call(.post, path + "/retry"))
            #expect(again.id == made.job.id && again.status == "queued" && again.error == nil)
            let cancelled: JobOut = try decoded(try await caller.call(.post, path + "/cancel"))
            #expect(cancelled.status == "failed" && cancelled.error?.code == "CANCELLED")
            let list: JobList = try decoded(try await caller.call(.get, "/api/jobs?status=failed"))
            #expect(list.jobs.map(\.id) == [made.job.id])
        }
    }

    @Test func `another's job is forbidden, as is one that nobody has`() async throws {
        try await serve { caller in
            for (method, path) in [(HTTPRequest.Method.get, ""), (.get, "/download"), (.post, "/retry"), (.post, "/cancel")] {
                let problem = try await caller.problem(method, "/api/jobs/01a205c8-899f-7994-9f93-4a7b9fcfa90f" + path)
                #expect(problem.status == 403 && problem.code == "FORBIDDEN")
            }
        }
    }

    @Test func `the mappings are told, and the queue's health`() async throws {
        try await serve { caller in
            let list: MappingList = try decoded(try await caller.call(.get, "/api/mappings"))
            #expect(list.mappings.map(\.name) == ["pt_simon_invoice_v1", "other_v1"])
            #expect(try await caller.call(.get, "/api/healthz").status == .ok)
        }
    }
}
