import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import ColophonServer

/// The routes over a store in memory; nothing processes, so every run stays queued.
@Suite struct RoutesTests {
    let test: TestLibrary

    init() async throws {
        var limits = Limits()
        limits.uploadBytesMax = 1000
        test = try await TestLibrary(limits: limits)
    }

    private func serve(_ body: @Sendable (Caller) async throws -> Void) async throws {
        var routes = Routes(library: test.library, version: "test")
        let application = Application(router: routes.router())
        try await application.test(.router) { try await body(Caller(client: $0, key: test.key.text)) }
    }

    struct Caller: Sendable {
        let client: any TestClientProtocol
        let key: String

        func call(
            _ method: HTTPRequest.Method, _ path: String, body: String? = nil, headers: HTTPFields = [:]
        ) async throws -> TestResponse {
            var headers = headers
            if headers[.authorization] == nil { headers[.authorization] = "Bearer \(key)" }
            return try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }

        func problem(_ method: HTTPRequest.Method, _ path: String, body: String? = nil, headers: HTTPFields = [:]) async throws -> Problem {
            let response = try await call(method, path, body: body, headers: headers)
            let problem = try JSONDecoder().decode(Problem.self, from: Data(response.body.readableBytesView))
            #expect(response.headers[.contentType] == "application/problem+json" && problem.status == response.status.code)
            #expect(
                response.headers[.requestID] == problem.requestId && problem.instance == path.split(separator: "?").first.map(String.init))
            #expect(problem.error == Problem.Pair(code: problem.code, message: problem.message) && problem.detail == problem.message)
            return problem
        }

        func status(_ method: HTTPRequest.Method, _ path: String, body: String? = nil, headers: HTTPFields = [:]) async throws
            -> DocumentStatus
        {
            let response = try await call(method, path, body: body, headers: headers)
            return try JSONDecoder().decode(DocumentStatus.self, from: Data(response.body.readableBytesView))
        }
    }

    @Test func `an upload is answered with the document and its run, on both prefixes alike`() async throws {
        try await serve { caller in
            let made = try await caller.status(.post, "/document/doc-1/upload", body: "%PDF-", headers: [.fileName: "%C3%A9.pdf"])
            #expect(made.documentId == "doc-1" && made.phase == "uploading" && made.status == "queued" && made.runId == made.workflowId)
            #expect(made.fileName == "é.pdf" && made.contentType == "application/pdf" && made.bytes == 5)
            let paths = ["/document/doc-1/status", "/v1/documents/doc-1/status", "/v1/documents/doc-1", "/document/doc-1"]
            for path in paths { #expect(try await caller.status(.get, path) == made, "\(path)") }
        }
    }

    @Test func `an upload without an id makes a document, and the list has it`() async throws {
        try await serve { caller in
            let response = try await caller.call(.post, "/v1/documents", body: "hello")
            #expect(response.status == .accepted && response.headers[.location]?.hasPrefix("/v1/documents/") == true)
            let list = try JSONDecoder().decode(
                DocumentList.self, from: Data(try await caller.call(.get, "/v1/documents").body.readableBytesView))
            #expect(list.documents.count == 1 && !list.hasMore)
        }
    }

    @Test func `an upload may wait, be started, cancelled, and deleted`() async throws {
        try await serve { caller in
            let waiting = try await caller.status(.post, "/document/doc-1/upload?process=false", body: "x")
            #expect(waiting.phase == "idle" && waiting.status == "uploaded")
            #expect(try await caller.call(.post, "/document/doc-1/runs").status == .accepted)
            #expect(try await caller.status(.get, "/document/doc-1").status == "queued")
            let again = try await caller.status(.post, "/document/doc-1/reparse")
            #expect(again.runId != waiting.runId)
            let cancelled = try await caller.status(.post, "/document/doc-1/cancel")
            #expect(cancelled.status == "cancelled" && cancelled.phase == "error" && cancelled.error?.code == "CANCELLED")
            #expect(try await caller.call(.post, "/document/doc-1/runs/\(again.runId)/cancel").status == .ok)
            #expect(try await caller.problem(.post, "/document/doc-1/runs/\(again.runId)/retry").code == "INVALID_STATE")
            #expect(try await caller.call(.delete, "/v1/documents/doc-1").status == .ok)
            #expect(try await caller.problem(.get, "/document/doc-1/status").status == 404)
            #expect(try await caller.problem(.post, "/document/doc-1/upload", body: "x").code == "DOCUMENT_DELETED")
        }
    }

    @Test func `runs and events are told in order, page by page`() async throws {
        try await serve { caller in
            for _ in 0..<3 { _ = try await caller.call(.post, "/document/doc-1/upload", body: "x") }
            let decoder = JSONDecoder()
            let runs = try decoder.decode(
                RunList.self, from: Data(try await caller.call(.get, "/document/doc-1/runs?limit=2").body.readableBytesView))
            #expect(runs.runs.map(\.number) == [3, 2] && runs.hasMore && runs.nextBefore == 2)
            let rest = try decoder.decode(
                RunList.self, from: Data(try await caller.call(.get, "/document/doc-1/runs?limit=2&before=2").body.readableBytesView))
            #expect(rest.runs.map(\.number) == [1] && !rest.hasMore)
            let events = try decoder.decode(
                EventList.self, from: Data(try await caller.call(.get, "/document/doc-1/events?after=1&limit=2").body.readableBytesView))
            #expect(events.events.map(\.seq) == [2, 3] && events.nextAfter == 3 && events.hasMore)
            let raw = String(buffer: try await caller.call(.get, "/document/doc-1/runs").body)
            #expect(raw.contains("\"completedAt\":null") && raw.contains("\"error\":null"))
        }
    }

    @Test(
        arguments: [
            (HTTPRequest.Method.get, "/document/doc-none/status", nil, 404), (.get, "/document/..%2F..%2Fetc/status", nil, 404),
            (.post, "/document/bad!id/upload", "x", 422), (.post, "/document/doc-1/upload?process=maybe", "x", 422),
            (.post, "/document/doc-1/upload?process=true&process=false", "x", 422), (.post, "/v1/documents", "", 422),
            (.get, "/v1/documents?limit=0", nil, 422), (.get, "/v1/documents?limit=201", nil, 422),
            (.get, "/v1/documents?limit=x", nil, 422),
            (.get, "/document/doc-0/events?after=-1", nil, 422), (.get, "/document/doc-0/export?format=exe", nil, 422),
            (.get, "/document/doc-0/export", nil, 409), (.get, "/document/doc-0/export?run=nope", nil, 404),
            (.get, "/document/doc-0/page/x", nil, 422), (.get, "/document/doc-0/page/x/image", nil, 422),
            (.get, "/document/doc-0/page/x/boxes", nil, 422), (.get, "/document/doc-0/runs/nope", nil, 404), (.get, "/nowhere", nil, 404),
            (.put, "/document/doc-0/upload", "x", 405), (.post, "/livez", "x", 405),
        ] as [(HTTPRequest.Method, String, String?, Int)])
    func `a request that cannot be served gets the one error body`(method: HTTPRequest.Method, path: String, body: String?, status: Int)
        async throws
    {
        try await serve { caller in
            _ = try await caller.call(.post, "/document/doc-0/upload", body: "x")
            let problem = try await caller.problem(method, path, body: body)
            #expect(problem.status == status && !problem.type.isEmpty && !problem.code.isEmpty)
            #expect(try await caller.call(.get, "/document/doc-0").status == .ok)
        }
    }

    @Test func `a body over the limit is refused, whether it says so or not`() async throws {
        try await serve { caller in
            let problem = try await caller.problem(.post, "/v1/documents", body: String(repeating: "x", count: 1001))
            #expect(problem.status == 413 && problem.code == "TOO_LARGE")
            #expect(try await caller.call(.post, "/v1/documents", body: String(repeating: "x", count: 1000)).status == .accepted)
            #expect(try BlobCount.files(below: test.blobFolder) == 1)
        }
    }

    @Test func `a method that a path does not have is answered with those it has`() async throws {
        try await serve { caller in
            let response = try await caller.call(.patch, "/v1/documents/doc-1/runs")
            #expect(response.status == .methodNotAllowed && response.headers[.allow] == "GET, HEAD, POST")
        }
    }

    @Test func `without a valid key nothing is told, not even whether a document exists`() async throws {
        try await serve { caller in
            _ = try await caller.call(.post, "/document/doc-1/upload", body: "x")
            var bodies: Set<String> = []
            for credentials in ["Bearer nope", "Bearer \(APIKey.make().text)", "Basic \(caller.key)", "Bearer"] {
                for path in ["/document/doc-1", "/document/doc-2"] {
                    let problem = try await caller.problem(.get, path, headers: [.authorization: credentials])
                    #expect(problem.status == 401)
                    bodies.insert(problem.code)
                }
            }
            #expect(bodies == ["UNAUTHORIZED"])
            #expect(try await caller.call(.get, "/document/doc-1", headers: [.authorization: "bearer \(caller.key)"]).status == .ok)
            #expect(try await caller.call(.get, "/document/doc-1", headers: [.authorization: "-", .apiKey: caller.key]).status == .ok)
        }
    }

    @Test func `another workspace's document answers exactly as none does`() async throws {
        let stranger = try await test.library.createKey(named: "stranger", for: test.store.stranger.workspace)
        try await serve { caller in
            let run = try await caller.status(.post, "/document/doc-1/upload", body: "x").runId
            let other = Caller(client: caller.client, key: stranger.text)
            let paths = [
                "", "/status", "/runs", "/runs/\(run)", "/events", "/export", "/pages", "/page/1", "/page/1/image", "/page/1/boxes",
                "/download",
            ]
            for rest in paths {
                var answers: [Problem] = []
                for id in ["doc-1", "doc-2"] {
                    var problem = try await other.problem(.get, "/document/\(id)\(rest)")
                    (problem.requestId, problem.instance) = ("", "")
                    answers.append(problem)
                }
                #expect(answers[0] == answers[1] && answers[0].status == 404, "\(rest)")
            }
        }
    }

    @Test func `the original is sent back whole or in part, as an attachment`() async throws {
        try await serve { caller in
            _ = try await caller.call(.post, "/document/doc-1/upload", body: "0123456789", headers: [.fileName: "a\"b.bin"])
            let whole = try await caller.call(.get, "/document/doc-1/download")
            #expect(String(buffer: whole.body) == "0123456789" && whole.headers[.acceptRanges] == "bytes")
            #expect(whole.headers[.contentDisposition] == "attachment; filename=\"a_b.bin\"; filename*=UTF-8''a%22b.bin")
            let part = try await caller.call(.get, "/document/doc-1/download", headers: [.range: "bytes=-3"])
            #expect(part.status == .partialContent && String(buffer: part.body) == "789" && part.headers[.contentRange] == "bytes 7-9/10")
            let none = try await caller.call(.get, "/document/doc-1/download", headers: [.range: "bytes=10-"])
            #expect(none.status == .rangeNotSatisfiable && none.headers[.contentRange] == "bytes */10")
            let head = try await caller.call(.head, "/document/doc-1/download")
            #expect(head.status == .ok && head.headers[.contentLength] == "10" && head.body.readableBytes == 0)
        }
    }

    @Test func `every answer carries the headers that keep a browser from being fooled`() async throws {
        try await serve { caller in
            for path in ["/livez", "/v1/documents", "/nowhere"] {
                let headers = try await caller.call(.get, path).headers
                #expect(
                    headers[.xContentTypeOptions] == "nosniff" && headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
                #expect(headers[.cacheControl] == "private, no-store" && headers[.requestID] != nil)
            }
        }
    }

    @Test func `health says whether uploads can be stored`() async throws {
        try await serve { caller in
            #expect(try await caller.client.execute(uri: "/livez", method: .get).status == .ok)
            #expect(try await caller.client.execute(uri: "/readyz", method: .get).status == .ok)
            try FileManager.default.removeItem(atPath: test.blobFolder)
            #expect(try await caller.client.execute(uri: "/readyz", method: .get).status != .ok)
            #expect(try await caller.client.execute(uri: "/livez", method: .get).status == .ok)
        }
    }
}

enum BlobCount {
    static func files(below path: String) throws -> Int {
        try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
        }.count
    }
}
