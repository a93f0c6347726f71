import ColophonAPI
import ColophonCore
import ColophonTestSupport
import DoclingDocument
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ColophonServer

/// A workspace behind its routes; nothing processes by itself.
struct WorkspaceBench: Sendable {
    let test: TestLibrary

    init(limits: Limits = Limits()) async throws { test = try await TestLibrary(limits: limits) }

    func serve(_ setup: TestingSetup = .router, _ body: @Sendable (Caller) async throws -> Void) async throws {
        var routes = Routes(library: test.library, version: "test")
        let caller = (key: test.key.text, workspace: test.store.scope.workspace)
        try await Application(router: routes.router()).test(setup) { client in
            try await body(Caller(client: client, key: caller.key, workspace: caller.workspace))
        }
    }

    /// Completes the oldest run that waits, with a structure of one page.
    func completeNext() async throws {
        let job = try #require(try await test.store.claim().first)
        var artifacts: [Artifact] = []
        for kind in ArtifactKind.allCases {
            let bytes = kind == .structure ? try Self.structure.jsonBytes() : kind == .pages ? [] : Array("as \(kind)".utf8)
            let receipt = try await test.library.blobs.put(.result(kind, of: job.claim), bytes: bytes)
            artifacts.append(Artifact(kind: kind, blob: receipt.key, sha256: receipt.sha256, bytes: receipt.bytes))
        }
        try await test.store.store.complete(job.claim, with: RunResult(artifacts: artifacts, pages: 1, items: 3))
    }

    func failNext() async throws {
        let job = try #require(try await test.store.claim().first)
        _ = try await test.store.store.fail(
            job.claim, with: RunFailure(.parseFailed, "It cannot be read."), policy: RetryPolicy(), retryDelay: .zero)
    }

    static var structure: DoclingDocument {
        var document = DoclingDocument(name: "sample")
        document.pages[1] = DocumentPage(number: 1, size: PageSize(width: 612, height: 792))
        document.texts = [
            TextItem(selfRef: "#/texts/0", label: .title, text: "Title"), TextItem(selfRef: "#/texts/1", label: .pageFooter, text: "1"),
            TextItem(selfRef: "#/texts/2", label: .text, text: "unreached"),
        ]
        document.tables = [
            TableItem(
                selfRef: "#/tables/0",
                data: TableData(
                    cells: [TableCell("c", row: 1, column: 0), TableCell("a", row: 0, column: 0), TableCell("b", row: 0, column: 1)],
                    rowCount: 2, columnCount: 2))
        ]
        document.pictures = [PictureItem(selfRef: "#/pictures/0")]
        // A loop and a reference to nothing, as hostile structures have them.
        document.body.children = ["#/texts/0", "#/tables/0", "#/texts/0", "#/texts/99", "#/pictures/0", "#/texts/1", "#/nothing"].map {
            Reference($0)
        }
        return document
    }

    struct Caller: Sendable {
        let client: any TestClientProtocol
        let key: String
        let workspace: WorkspaceID
        var prefix = "/api/v1/workspaces"

        var base: String { "\(prefix)/\(workspace)" }

        /// - Parameter path: Below the workspace.
        func call(
            _ method: HTTPRequest.Method, _ path: String, json: String? = nil, body: [UInt8]? = nil, headers: HTTPFields = [:]
        ) async throws -> TestResponse {
            var headers = headers
            headers[.authorization] = "Bearer \(key)"
            if json != nil && headers[.contentType] == nil { headers[.contentType] = "application/json" }
            let bytes = body ?? json.map { Array($0.utf8) }
            return try await client.execute(uri: base + path, method: method, headers: headers, body: bytes.map { ByteBuffer(bytes: $0) })
        }

        func get<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) async throws -> Value {
            try await Self.decode(call(.get, path), .ok)
        }

        func send<Value: Decodable>(
            _ method: HTTPRequest.Method, _ path: String, _ json: String? = nil, status: HTTPResponse.Status = .ok,
            as type: Value.Type = Value.self
        ) async throws -> Value {
            try await Self.decode(call(method, path, json: json), status)
        }

        static func decode<Value: Decodable>(_ response: TestResponse, _ status: HTTPResponse.Status) throws -> Value {
            #expect(response.status == status, "\(String(buffer: response.body))")
            return try JSONDecoder().decode(Value.self, from: Data(response.body.readableBytesView))
        }

        func problem(
            _ method: HTTPRequest.Method, _ path: String, json: String? = nil, body: [UInt8]? = nil, headers: HTTPFields = [:]
        ) async throws -> Problem {
            let response = try await call(method, path, json: json, body: body, headers: headers)
            #expect(response.headers[.contentType] == "application/problem+json", "\(method) \(path): \(String(buffer: response.body))")
            let problem = try JSONDecoder().decode(Problem.self, from: Data(response.body.readableBytesView))
            #expect(problem.status == response.status.code && response.headers[.xContentTypeOptions] == "nosniff")
            return problem
        }

        func post(_ form: Form, to path: String = "/documents") async throws -> TestResponse {
            try await call(.post, path, body: form.bytes, headers: [.contentType: form.contentType])
        }

        func refusal(_ form: Form, to path: String = "/documents") async throws -> Problem {
            try await problem(.post, path, body: form.bytes, headers: [.contentType: form.contentType])
        }

        @discardableResult
        func upload(_ name: String, _ text: String = "some text", fields: [String: String] = [:]) async throws -> DocumentOut {
            let parts = [Form.Part("file", fileName: name, contentType: "text/plain", text)] + fields.map { Form.Part($0.key, $0.value) }
            return try Self.decode(try await post(Form(parts: parts)), .created)
        }
    }
}

extension String {
    /// As a value in a query.
    var encoded: String { PercentEncoding.encode(self) }
}
