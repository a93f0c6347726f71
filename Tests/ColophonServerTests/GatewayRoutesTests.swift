import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ColophonServer

/// `POST /process` as callers know it.
@Suite struct GatewayRoutesTests {
    /// Tells what it was asked for.
    private struct Echo: DirectProcessing {
        let mappings = [MappingSummary(name: "m_v1", title: "T", summary: "s")]
        var failure: RunFailure?

        func structure(of source: ExtractionSource) async throws -> [UInt8] {
            if let failure { throw failure }
            return Array("{\"name\":\"\(source.name)\",\"bytes\":\(try bytes(source.descriptor))}".utf8)
        }

        func map(_ source: ExtractionSource, with choice: MappingChoice) async throws -> DirectMapping {
            if let failure { throw failure }
            return .xml(Array("<pdf mapping='\(choice.name)' pretty='\(choice.isPretty)' bytes='\(try bytes(source.descriptor))'/>".utf8))
        }

        func map(structure: @escaping @Sendable () throws -> [UInt8], with choice: MappingChoice) async throws -> DirectMapping {
            .refused([
                .init(code: "FIELD_MISSING", field: "buyer", message: "There is no buyer."),
                .init(code: "TOTAL", field: nil, message: "Totals do not add up."),
            ])
        }

        private func bytes(_ descriptor: Int32) throws -> Int {
            try #require(FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).readToEnd()?.count)
        }
    }

    private func serve(
        _ processing: some DirectProcessing = Echo(), token: String? = nil, _ body: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let routes = GatewayRoutes(processing: processing, settings: RunSettings(), token: token)
        try await Application(router: routes.router()).test(.router) { try await body($0) }
    }

    private func form(_ file: String?, _ fields: [(String, String)] = []) -> ByteBuffer {
        var parts = fields.map { "--b\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }
        if let file { parts.append("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.pdf\"\r\n\r\n\(file)\r\n") }
        return ByteBuffer(string: parts.joined() + "--b--\r\n")
    }

    private func process(
        _ client: any TestClientProtocol, accept: String?, _ body: ByteBuffer, token: String? = nil
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.contentType: "multipart/form-data; boundary=b"]
        if let accept { headers[.accept] = accept }
        if let token { headers[.authorization] = "Bearer \(token)" }
        return try await client.execute(uri: "/process", method: .post, headers: headers, body: body)
    }

    private static let stage = HTTPField.Name("X-Stage")!

    @Test func `a PDF becomes JSON or XML, and the answer says by which stages`() async throws {
        try await serve { client in
            let json = try await process(client, accept: "application/json", form("%PDF-1 abc"))
            #expect(json.status == .ok && json.headers[Self.stage] == "pdf2json" && json.headers[.contentType] == "application/json")
            #expect(String(buffer: json.body) == "{\"name\":\"in.pdf\",\"bytes\":10}")
            let xml = try await process(
                client, accept: "application/xml", form("%PDF-1 abc", [("mapping", "m_v1"), ("pretty", "1"), ("template", "any")]))
            #expect(xml.status == .ok && xml.headers[Self.stage] == "pdf2json,json2xml" && xml.headers[.contentType] == "application/xml")
            #expect(String(buffer: xml.body) == "<pdf mapping='m_v1' pretty='true' bytes='10'/>")
            #expect(try await client.execute(uri: "/health", method: .get).status == .ok)
        }
    }

    @Test(
        arguments: [
            (nil, "%PDF-1", [], 406, "NOT_ACCEPTABLE"), ("*/*", "%PDF-1", [], 406, "NOT_ACCEPTABLE"),
            ("application/xml, application/json", "%PDF-1", [], 406, "NOT_ACCEPTABLE"),
            ("application/json", "{\"a\":1}", [], 406, "NOT_ACCEPTABLE"),
            ("application/xml", "%PDF-1", [], 400, "INVALID_MAPPING"),
            ("application/xml", "%PDF-1", [("mapping", "other_v1")], 400, "INVALID_MAPPING"),
            ("application/json", "%PDF-1", [("mapping", "other_v1")], 400, "INVALID_MAPPING"),
            ("application/json", "%PDF-1", [("pretty", "2")], 400, "INVALID_REQUEST"),
            ("application/json", "hello", [], 415, "UNSUPPORTED_FORMAT"),
            ("application/json", "PK\u{3}\u{4}", [], 415, "UNSUPPORTED_FORMAT"),
            ("application/json", "", [], 400, "EMPTY_DOCUMENT"), ("application/json", nil, [], 400, "INVALID_REQUEST"),
            ("application/json", "%PDF-1", [("colour", "red")], 400, "extra_forbidden"),
        ] as [(String?, String?, [(String, String)], Int, String)])
    func `what cannot be done is refused with its status`(
        accept: String?, file: String?, fields: [(String, String)], status: Int, code: String
    ) async throws {
        try await serve { client in
            let response = try await process(client, accept: accept, form(file, fields))
            let problem = try JSONDecoder().decode(Problem.self, from: Data(response.body.readableBytesView))
            #expect(response.status.code == status && problem.code == code, "\(problem)")
        }
    }

    @Test func `one byte more than is taken is refused while it comes`() async throws {
        let handlers = GatewayHandlers(processing: Echo(), settings: RunSettings(), bytesMax: 1000)
        let router = Router(context: ServerContext.self)
        router.add(middleware: AnswerMiddleware(routes: RouteBook()))
        router.post("/process", use: handlers.process)
        try await Application(router: router).test(.router) { client in
            for (count, status) in [(1000, 200), (1001, 413)] {
                let file = "%PDF-" + String(repeating: "x", count: count - 5)
                let response = try await process(client, accept: "application/json", form(file))
                #expect(response.status.code == status)
            }
        }
    }

    @Test func `all that is wrong with a document is told at once`() async throws {
        try await serve { client in
            let response = try await process(client, accept: "application/xml", form(" {\"a\":\"%PDF-1.4\"}", [("mapping", "m_v1")]))
            let problem = try JSONDecoder().decode(Problem.self, from: Data(response.body.readableBytesView))
            #expect(response.status.code == 422 && problem.code == "VALIDATION_ERROR" && response.headers[Self.stage] == "json2xml")
            #expect(problem.errors.map(\.path) == ["buyer", "file"] && problem.errors.map(\.code) == ["FIELD_MISSING", "TOTAL"])
            #expect(problem.message == "There is no buyer. Totals do not add up.")
        }
    }

    @Test func `a document that cannot be read is its sender's fault, a reader that died is not`() async throws {
        for (code, status) in [(RunFailure.Code.parseFailed, 422), (.timeoutParse, 422), (.lost, 502), (.unknown, 502)] {
            try await serve(Echo(failure: RunFailure(code))) { client in
                let response = try await process(client, accept: "application/json", form("%PDF-1"))
                let problem = try JSONDecoder().decode(Problem.self, from: Data(response.body.readableBytesView))
                #expect(response.status.code == status && problem.code == code.rawValue)
            }
        }
    }

    @Test func `where a token is set only who has it may call`() async throws {
        try await serve(token: "s3cret") { client in
            let calls: [(token: String?, status: Int)] = [(nil, 401), ("other", 401), ("s3cret", 200)]
            for (token, status) in calls {
                let response = try await process(client, accept: "application/json", form("%PDF-1"), token: token)
                #expect(response.status.code == status)
            }
            let (list, health) = (
                try await client.execute(uri: "/mappings", method: .get), try await client.execute(uri: "/health", method: .get)
            )
            #expect(list.status == .unauthorized && health.status == .ok)
        }
    }
}
