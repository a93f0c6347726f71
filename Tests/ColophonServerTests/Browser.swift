import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ColophonServer

/// A browser on one of our own pages, as far as requests tell.
struct Browser: Sendable {
    let client: any TestClientProtocol
    let cookieName: String

    /// Runs a body beside a server over a library.
    static func visit(
        _ test: TestLibrary, isSecure: Bool = false, limits: Limits? = nil, _ body: @Sendable (Browser) async throws -> Void
    ) async throws {
        var library = test.library
        if let limits {
            library = Library(
                store: library.store, blobs: library.blobs, limits: limits, recipe: library.recipe, logger: library.logger)
        }
        var routes = Routes(library: library, version: "test", isSecure: isSecure)
        let cookieName = routes.gatekeeper.cookie.name
        try await Application(router: routes.router()).test(.router) { try await body(Browser(client: $0, cookieName: cookieName)) }
    }

    func call(
        _ method: HTTPRequest.Method, _ path: String, as token: SessionToken?, body: String? = nil, headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        headers[.cookie] = token.map { "\(cookieName)=\($0.text)" }
        headers[.fetchSite] = "same-origin"
        return try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
    }

    func info(_ token: SessionToken) async throws -> SessionOut {
        let answer = try await call(.get, "/api/v1/session", as: token)
        return try JSONDecoder().decode(SessionOut.self, from: Data(answer.body.readableBytesView))
    }

    func documents(_ token: SessionToken) async throws -> [DocumentStatus] {
        let answer = try await call(.get, "/v1/documents", as: token)
        return try JSONDecoder().decode(DocumentList.self, from: Data(answer.body.readableBytesView)).documents
    }

    /// - Returns: The new session; nil when the key was refused.
    func signIn(_ key: String, as token: SessionToken?) async throws -> SessionToken? {
        let body = String(decoding: try JSONEncoder().encode(["key": key]), as: UTF8.self)
        let answer = try await call(.post, "/api/v1/session", as: token, body: body, headers: [.contentType: "application/json"])
        guard answer.status == .ok else {
            #expect(answer.headers[.setCookie] == nil)
            return nil
        }
        let cookie = try #require(answer.headers[.setCookie])
        return SessionToken(text: String(cookie.split(separator: ";")[0].dropFirst(cookieName.count + 1)))
    }
}
