import ColophonCore
import ColophonTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ColophonServer

/// Who may use a browser's cookie: every combination of what a browser says about a request.
@Suite struct CrossSiteTests {
    struct Case: CustomStringConvertible {
        var method: HTTPRequest.Method
        var contentType: String?
        var origin: String?
        var site: String?
        var mode: String?

        var description: String { "\(method) \(contentType ?? "-") \(origin ?? "-") \(site ?? "-") \(mode ?? "-")" }

        /// A path that answers to the method, and is of a document that is not there.
        var path: String { method == .post ? "/document/doc-none/cancel" : "/document/doc-none" }

        var headers: HTTPFields {
            var headers: HTTPFields = [:]
            headers[.contentType] = contentType
            headers[.origin] = origin
            headers[.fetchSite] = site
            headers[.fetchMode] = mode
            return headers
        }

        static let all: [Case] = [.get, .head, .post, .delete].flatMap { method in
            [nil, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/json"].flatMap {
                type in
                [
                    nil, "http://localhost", "https://localhost", "https://LOCALHOST", "http://localhost:81", "https://evil.example",
                    "null",
                    "https://localhost.evil.example",
                ].flatMap { origin in
                    [nil, "same-origin", "none", "same-site", "cross-site", "nonsense"].flatMap { site in
                        [nil, "navigate", "cors", "no-cors"].map {
                            Case(method: method, contentType: type, origin: origin, site: site, mode: $0)
                        }
                    }
                }
            }
        }
    }

    /// Written down another way than the code says it.
    private func mayPass(_ one: Case) -> Bool {
        switch (one.method, one.site) {
        case (.get, "cross-site"), (.head, "cross-site"): one.mode == "navigate"
        case (.get, _), (.head, _): true
        case (_, "same-origin"), (_, "none"): true
        case (_, nil): one.origin?.lowercased() == "http://localhost" || one.origin?.lowercased() == "https://localhost"
        default: false
        }
    }

    private func serve(_ body: @Sendable (any TestClientProtocol, APIKey) async throws -> Void) async throws {
        var limits = Limits()
        limits.unitsPerMinute = 0
        let test = try await TestLibrary(limits: limits)
        var routes = Routes(library: test.library, version: "test")
        try await Application(router: routes.router()).test(.router) { try await body($0, test.key) }
    }

    @Test func `a cookie counts only for our own pages, whatever a stranger's page sends`() async throws {
        let cookie = "colophon_session=\(SessionToken.make().text)"
        try await serve { client, _ in
            var refused = 0
            for one in Case.all {
                var headers = one.headers
                headers[.cookie] = cookie
                let answer = try await client.execute(uri: one.path, method: one.method, headers: headers)
                // Who is let through is told that there is no such document.
                #expect(answer.status == (mayPass(one) ? .notFound : .forbidden), "\(one)")
                if answer.status == .forbidden { refused += 1 }
                if one.method != .head, answer.status == .forbidden {
                    #expect(String(buffer: answer.body).contains("CSRF_REFUSED"), "\(one)")
                }
            }
            #expect(refused > 400)
        }
    }

    @Test func `a key is not asked where it comes from, and decides where a cookie comes along`() async throws {
        let cookie = "colophon_session=\(SessionToken.make().text)"
        try await serve { client, key in
            for one in Case.all where one.contentType == nil {
                var headers = one.headers
                headers[.cookie] = cookie
                headers[.authorization] = "Api-Key \(key.text)"
                let good = try await client.execute(uri: one.path, method: one.method, headers: headers)
                headers[.authorization] = "Bearer \(APIKey.make().text)"
                let bad = try await client.execute(uri: one.path, method: one.method, headers: headers)
                #expect(good.status == .notFound && bad.status == .unauthorized, "\(one)")
            }
        }
    }

    @Test func `a stranger's frame is no navigation, and signing in is refused to its pages`() async throws {
        try await serve { client, key in
            let headers: HTTPFields = [
                .cookie: "colophon_session=\(SessionToken.make().text)", .fetchSite: "cross-site", .fetchMode: "navigate",
                .fetchDest: "iframe",
            ]
            #expect(try await client.execute(uri: "/v1/documents", method: .get, headers: headers).status == .forbidden)
            let body = ByteBuffer(string: "{\"key\":\"\(key.text)\"}")
            for origin in [[.fetchSite: "cross-site"], [.origin: "https://evil.example"], [:]] as [HTTPFields] {
                let answer = try await client.execute(
                    uri: "/api/v1/session", method: .post, headers: origin + [.contentType: "application/json"], body: body)
                #expect(answer.status == .forbidden && answer.headers[.setCookie] == nil, "\(origin)")
            }
        }
    }
}

func + (left: HTTPFields, right: HTTPFields) -> HTTPFields {
    var all = left
    for field in right { all[field.name] = field.value }
    return all
}
