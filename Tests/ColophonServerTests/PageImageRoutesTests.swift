import ColophonAPI
import ColophonCore
import ColophonTestSupport
import DoclingDocument
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ColophonServer

/// A page's image and what lies where on it, over a renderer that answers with what it was asked for.
@Suite struct PageImageRoutesTests {
    struct EchoRenderer: PageRenderer {
        func render(_ drawing: PageDrawing, descriptor: Int32) async throws -> [UInt8] {
            let (number, width) = (drawing.pageNumber, drawing.width)
            var bytes = [UInt8](repeating: 0, count: 100)
            let count = read(descriptor, &bytes, bytes.count)
            let source = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
            if source.contains("harmful") {
                throw ColophonError(.unavailable, "Page \(number) could not be drawn.", retryAfterSeconds: 60, cause: RunFailure(.lost))
            }
            let part = drawing.region.map { " \($0.left),\($0.top),\($0.right),\($0.bottom)" } ?? ""
            return Array("\(number) \(width)\(part) \(source)".utf8)
        }
    }

    let test: TestLibrary

    init() async throws { test = try await TestLibrary(renderer: EchoRenderer()) }

    private func serve(_ library: Library? = nil, _ body: @Sendable (RoutesTests.Caller) async throws -> Void) async throws {
        var routes = Routes(library: library ?? test.library, version: "test")
        try await Application(router: routes.router()).test(.router) { try await body(.init(client: $0, key: test.key.text)) }
    }

    private static func document() -> DoclingDocument {
        var document = DoclingDocument(name: "x")
        document.addPage(1, size: PageSize(width: 600, height: 800))
        document.addPage(2, size: PageSize(width: 600, height: 800))
        let box = BoundingBox(left: 72.004, top: 700, right: 300, bottom: 680, origin: .bottomLeft)
        document.addHeading(
            "Lantern \(String(repeating: "x", count: 300))", level: 1,
            prov: [Provenance(pageNumber: 1, bbox: box, charSpan: CharSpan(0, 9))])
        document.addText("Elsewhere", prov: [Provenance(pageNumber: 2, bbox: box, charSpan: CharSpan(0, 9))])
        return document
    }

    /// Uploads to an id and publishes a result of two pages for it.
    private func completed(
        _ caller: RoutesTests.Caller, _ id: String = "doc-1", _ body: String = "%PDF-1", headers: HTTPFields = [.fileName: "Ledger.pdf"]
    ) async throws -> DocumentStatus {
        let status = try await caller.status(.post, "/document/\(id)/upload", body: body, headers: headers)
        let job = try #require(try await test.store.claim().first)
        var artifacts: [Artifact] = []
        for (kind, bytes) in [
            (.structure, try Self.document().jsonBytes()), (.pages, try PageRecord.lines(of: Self.document())),
        ] as [(ArtifactKind, [UInt8])] {
            let receipt = try await test.library.blobs.put(.result(kind, of: job.claim), bytes: bytes)
            artifacts.append(Artifact(kind: kind, blob: receipt.key, sha256: receipt.sha256, bytes: receipt.bytes))
        }
        try await test.store.store.complete(job.claim, with: RunResult(artifacts: artifacts, pages: 2, items: 2))
        return status
    }

    @Test func `a page's image is shown, on both prefixes alike`() async throws {
        try await serve { caller in
            let status = try await completed(caller)
            for prefix in ["/document", "/v1/documents"] {
                let response = try await caller.call(.get, "\(prefix)/doc-1/page/2/image")
                #expect(response.status == .ok && String(buffer: response.body) == "2 1000 %PDF-1")
                #expect(response.headers[.contentType] == "image/png" && response.headers[HTTPField.Name("X-Run-Id")!] == status.runId)
                #expect(
                    response.headers[.contentDisposition] == "inline; filename=\"Ledger-page-2.png\"; filename*=UTF-8''Ledger-page-2.png")
                #expect(response.headers[.cacheControl] == "private, no-store" && response.headers[.xContentTypeOptions] == "nosniff")
            }
            let pinned = try await caller.call(.get, "/document/doc-1/page/1/image?width=64&run=\(status.runId)")
            #expect(String(buffer: pinned.body) == "1 64 %PDF-1")
            #expect(pinned.headers[.cacheControl] == "private, max-age=3600" && pinned.headers[.vary] == "Authorization, X-Api-Key, Cookie")
            let part = try await caller.call(.get, "/document/doc-1/page/1/image?box=10,20.5,1e9,60")
            let body = String(buffer: part.body)
            // What reaches beyond the page ends with it.
            #expect(body.hasPrefix("1 1000 10.0,20.5,") && body.hasSuffix(",60.0 %PDF-1") && !body.contains("1000000"))
            let head = try await caller.call(.head, "/document/doc-1/page/1/image")
            #expect(head.status == .ok && head.headers[.contentLength] == "13" && head.body.readableBytes == 0)
        }
    }

    @Test func `pages are there under the names of files too`() async throws {
        try await serve { caller in
            let status = try await completed(caller)
            let image = try await caller.call(.get, "/v1/documents/doc-1/pg_2.png?width=64")
            #expect(String(buffer: image.body) == "2 64 %PDF-1" && image.headers[.contentType] == "image/png")
            let markdown = try await caller.call(.get, "/v1/documents/doc-1/pg_1.md?run=\(status.runId)")
            #expect(markdown.status == .ok && markdown.headers[.contentType] == "text/markdown; charset=utf-8")
            #expect(markdown.headers[.contentDisposition]?.contains("Ledger-page-1.md") == true)
            let json = try await caller.call(.get, "/v1/documents/doc-1/pg_1.json")
            #expect(String(buffer: json.body).contains("\"pageNumber\":1"))
            for name in ["pg_3.png", "pg_3.md", "pg_0.json"] {
                #expect(try await caller.problem(.get, "/v1/documents/doc-1/\(name)").code == "PAGE_NOT_FOUND", "\(name)")
            }
            for name in ["pg_1", "pg_.md", "pg_1.exe", "pg_1.md.md", "pg_x.png", "pg_"] {
                #expect(try await caller.problem(.get, "/v1/documents/doc-1/\(name)").status == 404, "\(name)")
            }
            let problem = try await caller.call(.post, "/v1/documents/doc-1/pg_1.md")
            #expect(problem.status == .methodNotAllowed && problem.headers[.allow] == "GET, HEAD")
        }
    }

    @Test func `an image is of the bytes that its run read, not of newer ones`() async throws {
        try await serve { caller in
            let first = try await completed(caller, "doc-1", "%PDF-first")
            let second = try await completed(caller, "doc-1", "%PDF-second")
            func image(_ query: String) async throws -> String {
                String(buffer: try await caller.call(.get, "/document/doc-1/page/1/image\(query)").body)
            }
            #expect(try await image("?run=\(first.runId)") == "1 1000 %PDF-first")
            #expect(try await image("?run=\(second.runId)") == "1 1000 %PDF-second")
            #expect(try await image("") == "1 1000 %PDF-second")
            _ = try await caller.call(.post, "/document/doc-1/upload", body: "%PDF-third")
            #expect(try await image("") == "1 1000 %PDF-second")
        }
    }

    @Test(
        arguments: [
            ("image?width=63", 422, "INVALID_REQUEST"), ("image?width=2401", 422, "INVALID_REQUEST"),
            ("image?width=-1", 422, "INVALID_REQUEST"), ("image?width=wide", 422, "INVALID_REQUEST"),
            ("image?width=64&width=65", 422, "INVALID_REQUEST"), ("image?run=nope", 404, "RUN_NOT_FOUND"),
            ("boxes?run=nope", 404, "RUN_NOT_FOUND"), ("image?box=1,2,3", 422, "INVALID_REQUEST"),
            ("image?box=1,2,3,4,5", 422, "INVALID_REQUEST"), ("image?box=9,2,3,4", 422, "INVALID_REQUEST"),
            ("image?box=a,2,3,4", 422, "INVALID_REQUEST"), ("image?box=nan,2,30,40", 422, "INVALID_REQUEST"),
            ("image?box=-50,-50,-10,-10", 422, "INVALID_REQUEST"), ("image?box=10,10,11,11", 422, "INVALID_REQUEST"),
        ] as [(String, Int, String)])
    func `what cannot be asked is refused by name`(rest: String, status: Int, code: String) async throws {
        try await serve { caller in
            _ = try await completed(caller)
            let problem = try await caller.problem(.get, "/document/doc-1/page/1/\(rest)")
            #expect(problem.status == status && problem.code == code)
        }
    }

    @Test func `pages that are not there, and runs that are not complete, say so`() async throws {
        try await serve { caller in
            _ = try await completed(caller)
            let waiting = try await caller.status(.post, "/document/doc-1/reparse")
            for what in ["image", "boxes"] {
                for number in ["0", "3", "-1", "\(Int.max)"] {
                    #expect(try await caller.problem(.get, "/document/doc-1/page/\(number)/\(what)").code == "PAGE_NOT_FOUND", "\(number)")
                }
                let pinned = try await caller.problem(.get, "/document/doc-1/page/1/\(what)?run=\(waiting.runId)")
                #expect(pinned.status == 409 && pinned.code == "NOT_READY")
                #expect(try await caller.problem(.get, "/document/doc-none/page/1/\(what)").code == "DOCUMENT_NOT_FOUND")
            }
        }
    }

    @Test func `a file that is no PDF has boxes and no images`() async throws {
        try await serve { caller in
            _ = try await completed(caller, "doc-1", "plain words", headers: [.contentType: "text/plain"])
            let problem = try await caller.problem(.get, "/document/doc-1/page/1/image")
            #expect(problem.status == 404 && problem.code == "NOT_FOUND")
            #expect(try await caller.call(.get, "/document/doc-1/page/1/boxes").status == .ok)
        }
    }

    @Test func `bytes that are gone say EXPIRED, whether by plan or not`() async throws {
        try await serve { caller in
            let status = try await completed(caller)
            let detail = try await test.library.document(DocumentID(rawValue: status.documentId), in: test.store.scope)
            try await test.library.blobs.delete(detail.version.blob)
            let problem = try await caller.problem(.get, "/document/doc-1/page/1/image")
            #expect(problem.status == 404 && problem.code == "EXPIRED")
        }
        try await test.library.setRetention(RetentionPolicy(sources: .seconds(10)), of: test.store.scope.workspace)
        try await serve { caller in
            _ = try await completed(caller, "doc-2", "%PDF-2")
            test.store.clock.advance(by: .seconds(20))
            for kind in RetainedKind.allCases { _ = try await test.store.store.expire(kind, limit: 100) }
            let problem = try await caller.problem(.get, "/document/doc-2/page/1/image")
            #expect(problem.status == 404 && problem.code == "EXPIRED")
            #expect(try await caller.call(.get, "/document/doc-2/page/1/boxes").status == .ok)
        }
    }

    @Test func `a page that cannot be drawn, and a server that draws none, are unavailable`() async throws {
        try await serve { caller in
            _ = try await completed(caller, "doc-1", "%PDF-harmful")
            let response = try await caller.call(.get, "/document/doc-1/page/1/image")
            #expect(response.status == .serviceUnavailable && response.headers[.retryAfter] == "60")
            #expect(try await caller.problem(.get, "/document/doc-1/page/1/image").code == "UNAVAILABLE")
        }
        let blind = Library(
            store: test.library.store, blobs: test.library.blobs, limits: test.library.limits, recipe: OpenStore.recipe,
            logger: test.library.logger)
        try await serve(blind) { caller in
            let problem = try await caller.problem(.get, "/document/doc-1/page/1/image")
            #expect(problem.status == 503 && problem.code == "UNAVAILABLE")
            #expect(try await caller.call(.get, "/document/doc-1/page/1/boxes").status == .ok)
        }
    }

    @Test func `boxes are told in points from the top left corner`() async throws {
        try await serve { caller in
            let status = try await completed(caller)
            for prefix in ["/document", "/v1/documents"] {
                let response = try await caller.call(.get, "\(prefix)/doc-1/page/1/boxes?run=\(status.runId)")
                let list = try JSONDecoder().decode(PageBoxList.self, from: Data(response.body.readableBytesView))
                let text = "Lantern \(String(repeating: "x", count: 192))"
                let box = PageBoxList.Box(label: "section_header", text: text, ref: "#/texts/0", l: 72, t: 100, r: 300, b: 120)
                #expect(
                    list
                        == PageBoxList(
                            documentId: "doc-1", runId: status.runId, pageNumber: 1, width: 600, height: 800, boxes: [box]))
            }
        }
    }
}
