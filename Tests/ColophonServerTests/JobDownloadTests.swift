import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOEmbedded
import Testing

@testable import ColophonServer

/// XML by link, many files at once, and what is counted.
@Suite struct JobDownloadTests {
    let test: TestLibrary

    init() async throws { test = try await TestLibrary() }

    private static let form: HTTPFields = [.contentType: "multipart/form-data; boundary=b"]
    private static let json: HTTPFields = [.contentType: "application/json"]

    private func serve(_ body: @Sendable (RoutesTests.Caller) async throws -> Void) async throws {
        let offered = [MappingSummary(name: "m_v1", title: "T", summary: "s")]
        var routes = Routes(library: test.library.offering(offered, usual: "m_v1"), version: "test")
        try await Application(router: routes.router()).test(.router) { try await body(.init(client: $0, key: test.key.text)) }
    }

    private func decoded<Value: Decodable>(_ response: TestResponse, as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(response.body.readableBytesView))
    }

    /// - Returns: The job's id.
    private func upload(_ caller: RoutesTests.Caller, _ name: String = "in.pdf", _ content: String = "1") async throws -> String {
        let body =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n%PDF-\(content)\r\n--b--\r\n"
        let made: UploadedJob = try decoded(try await caller.call(.post, "/api/upload", body: body, headers: Self.form))
        return made.job.id
    }

    private func complete(xml: String = "<a/>") async throws {
        let job = try #require(try await test.store.claim().first)
        var artifacts: [Artifact] = []
        for kind in ArtifactKind.allCases {
            let receipt = try await test.library.blobs.put(
                .result(kind, of: job.claim), bytes: Array(kind == .mapped ? xml.utf8 : "x".utf8))
            artifacts.append(Artifact(kind: kind, blob: receipt.key, sha256: receipt.sha256, bytes: receipt.bytes))
        }
        try await test.store.store.complete(job.claim, with: RunResult(artifacts: artifacts, pages: 1, items: 1))
    }

    private func link(_ caller: RoutesTests.Caller, _ id: String, seconds: Int? = nil) async throws -> JobLink {
        let response = try await caller.call(
            .post, "/api/jobs/\(id)/download-token", body: seconds.map { "{\"expires_in\":\($0)}" } ?? "{}", headers: Self.json)
        #expect(response.status == .created)
        return try decoded(response)
    }

    /// As somebody without any credential.
    private func fetch(_ caller: RoutesTests.Caller, _ path: String) async throws -> TestResponse {
        try await caller.client.execute(uri: path, method: .get)
    }

    private func events(_ caller: RoutesTests.Caller, _ id: String) async throws -> [JobEventList.Event] {
        let list: JobEventList = try decoded(try await caller.call(.get, "/api/jobs/\(id)/events"))
        return list.events
    }

    @Test func `a link opens one download, until it ends`() async throws {
        try await serve { caller in
            let (id, other) = (try await upload(caller), try await upload(caller, "b.pdf", "2"))
            for _ in 0..<2 { try await complete() }
            let link = try await link(caller, id, seconds: 60)
            #expect(link.expiresAt == (test.store.clock.now() + .seconds(60)).text && link.url.hasSuffix("?token=\(link.token)"))
            let answer = try await fetch(caller, link.url)
            #expect(answer.status == .ok && String(buffer: answer.body) == "<a/>")
            #expect(answer.headers[.contentDisposition]?.contains("in.xml") == true)
            // It opens nothing else.
            for path in ["/api/jobs/\(other)/download", "/api/jobs/\(id)", "/api/jobs/\(id)/events", "/api/jobs"] {
                let refused = try await fetch(caller, "\(path)?token=\(link.token)")
                #expect([401, 403].contains(refused.status.code), "\(path)")
            }
            let counted: JobOut = try decoded(try await caller.call(.get, "/api/jobs/\(id)"))
            #expect(counted.downloadCount == 1 && counted.firstDownloadedAt == test.store.clock.now().text)
            #expect(try await events(caller, id).last.map { $0.eventType == "downloaded" && $0.actor.hasPrefix("link:key:") } == true)
            test.store.clock.advance(by: .seconds(60))
            let late: Problem = try decoded(try await fetch(caller, link.url))
            #expect(late.status == 403 && late.code == "TOKEN_EXPIRED")
        }
    }

    @Test func `a forged link opens nothing, nor one of a key that is revoked`() async throws {
        try await serve { caller in
            let id = try await upload(caller)
            try await complete()
            let link = try await link(caller, id)
            let (claims, signature) = (link.token.split(separator: ".")[0], link.token.split(separator: ".")[1])
            let text = String(decoding: try #require(Base64URL.decode(String(claims))), as: UTF8.self)
            let later = text.split(separator: "\n").dropLast().joined(separator: "\n") + "\n9999999999999"
            let forged = [
                "", "x", ".", "\(claims).", ".\(signature)", "\(claims).\(signature)x",
                "\(claims).\(signature.reversed().map(String.init).joined())",
                "\(Base64URL.encode(later.utf8)).\(signature)", "\(claims).\(signature).\(signature)", String(repeating: "A", count: 2000),
                "\(Base64URL.encode(text.replacing("key:", with: "session:").utf8)).\(signature)",
            ]
            for token in forged {
                let problem: Problem = try decoded(try await fetch(caller, "/api/jobs/\(id)/download?token=\(token)"))
                #expect(problem.status == 403 && problem.code == "FORBIDDEN", "\(token)")
            }
            #expect(try await fetch(caller, link.url).status == .ok)
            try await test.store.store.revokeKey(test.key.id)
            #expect(try await fetch(caller, link.url).status == .forbidden)
        }
    }

    @Test func `links last as long as is asked, within bounds, and what is gone is gone by link too`() async throws {
        try await serve { caller in
            let id = try await upload(caller)
            try await complete()
            for body in ["{\"expires_in\":0}", "{\"expires_in\":604801}", "{\"expires_in\":\"1\"}", "{\"x\":1}"] {
                #expect(try await caller.problem(.post, "/api/jobs/\(id)/download-token", body: body, headers: Self.json).status == 422)
            }
            let link = try await link(caller, id)
            try await test.library.setRetention(
                RetentionPolicy(sources: nil, results: .seconds(10), afterDownload: nil), of: test.store.scope.workspace)
            test.store.clock.advance(by: .seconds(10))
            for kind in RetainedKind.allCases { _ = try await test.store.store.expire(kind, limit: 100) }
            let problem: Problem = try decoded(try await fetch(caller, link.url))
            #expect(problem.status == 404 && problem.code == "EXPIRED")
            let job: JobOut = try decoded(try await caller.call(.get, "/api/jobs/\(id)"))
            #expect(!job.canDownload && job.status == "complete")
        }
    }

    @Test func `two downloads at once are both whole and both counted, one broken off is not`() async throws {
        try await serve { caller in
            let id = try await upload(caller)
            try await complete(xml: String(repeating: "<a/>", count: 50_000))
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<2 {
                    group.addTask { try await caller.call(.get, "/api/jobs/\(id)/download").body.readableBytes }
                }
                for try await bytes in group { #expect(bytes == 200_000) }
            }
            let run = try await test.library.run(RunID(rawValue: id), in: test.store.scope)
            #expect(run.downloadCount == 2)
            let found = try await test.library.resolved(.mapped, of: run, in: test.store.scope)
            let answer = JobHandlers(library: test.library, streams: RunStreamHandlers(library: test.library))
                .zip([("in.xml", found)], test.store.scope, EmbeddedChannel())
            try? await answer.body.write(RetentionRoutesTests.BreakingWriter(goodWrites: 1))
            #expect(try await test.library.run(RunID(rawValue: id), in: test.store.scope).downloadCount == 2)
            try await answer.body.write(RetentionRoutesTests.BreakingWriter(goodWrites: .max))
            #expect(try await test.library.run(RunID(rawValue: id), in: test.store.scope).downloadCount == 3)
        }
    }

    @Test func `many jobs are one ZIP file, each name in it once`() async throws {
        try await serve { caller in
            var ids: [String] = []
            for (index, name) in ["a.pdf", "A.PDF", "a.pdf", "..%2F..%2Fetc%2Fpasswd.pdf", "Übersicht.pdf", "b/c:d.pdf", ".pdf"]
                .enumerated()
            {
                ids.append(try await upload(caller, name, "\(index)"))
                try await complete(xml: "<a>\(index)é</a>")
            }
            let body = "{\"job_ids\":[\(ids.map { "\"\($0)\"" }.joined(separator: ","))]}"
            let answer = try await caller.call(.post, "/api/jobs/bulk-download", body: body, headers: Self.json)
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/zip")
            #expect(answer.headers[.contentLength] == "\(answer.body.readableBytes)")
            let files = try await ZipListing(Array(answer.body.readableBytesView)).files
            #expect(files.map(\.text) == (0..<7).map { "<a>\($0)é</a>" })
            #expect(Set(files.map { $0.name.lowercased() }).count == 7 && files.allSatisfy { !$0.name.contains("/") }, "\(files)")
            #expect(files.prefix(3).map(\.name) == ["a.xml", "A (2).xml", "a (3).xml"] && files[4].name == "Übersicht.xml")
            for id in ids {
                #expect(try await events(caller, id).last?.eventType == "downloaded")
            }
        }
    }

    @Test func `a ZIP file of what is not mine, not ready or too much is none`() async throws {
        try await serve { caller in
            let id = try await upload(caller)
            func problem(_ body: String) async throws -> Problem {
                try await caller.problem(.post, "/api/jobs/bulk-download", body: body, headers: Self.json)
            }
            let early = try await problem("{\"job_ids\":[\"\(id)\"]}")
            #expect(early.status == 409 && early.code == "NOT_READY" && early.errors.first?.path == "job_ids.0")
            try await complete()
            let foreign = try await problem("{\"job_ids\":[\"\(id)\",\"01a205c8-899f-7994-9f93-4a7b9fcfa90f\"]}")
            #expect(foreign.status == 403 && foreign.code == "FORBIDDEN")
            let many = (0...200).map { "\"\($0)\"" }.joined(separator: ",")
            for body in [
                "{\"job_ids\":[]}", "{}", "{\"job_ids\":\"\(id)\"}", "{\"job_ids\":[\"\(id)\",\"\(id)\"]}", "{\"job_ids\":[\(many)]}",
            ] {
                #expect(try await problem(body).status == 422, "\(body)")
            }
        }
    }

    @Test func `a job's events are its own, page by page`() async throws {
        try await serve { caller in
            let id = try await upload(caller)
            try await complete()
            let first: JobEventList = try decoded(try await caller.call(.get, "/api/jobs/\(id)/events?limit=2"))
            #expect(first.hasMore && first.events.map(\.eventType) == ["queued"])
            let rest: JobEventList = try decoded(try await caller.call(.get, "/api/jobs/\(id)/events?after=\(first.nextAfter)"))
            #expect(!rest.hasMore && rest.events.map(\.eventType) == ["processing", "complete"])
            #expect(try await caller.problem(.get, "/api/jobs/01a205c8-899f-7994-9f93-4a7b9fcfa90f/events").status == 403)
        }
    }
}
