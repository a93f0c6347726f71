import ColophonCore
import ColophonTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ColophonServer

/// What every answer carries so that a browser is not fooled by it, errors included.
@Suite struct HeaderPolicyTests {
    private func check(_ answer: TestResponse, _ line: String) {
        let headers = answer.headers
        #expect(headers[.xContentTypeOptions] == "nosniff", "\(line)")
        #expect(headers[.referrerPolicy] == "no-referrer" && headers[.resourcePolicy] == "same-origin", "\(line)")
        #expect(headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true, "\(line)")
        #expect(headers[.cacheControl] != nil && headers[.requestID]?.isEmpty == false, "\(line)")
    }

    @Test func `every route's answer carries the headers, to who may come in and to who may not`() async throws {
        var limits = Limits()
        limits.unitsPerMinute = 0
        let test = try await TestLibrary(limits: limits)
        var routes = Routes(library: test.library, version: "test")
        let all = routes.all
        try await Application(router: routes.router()).test(.router) { client in
            for route in all {
                let path = route.path.replacing(":id", with: "doc-none").replacing(":w", with: test.store.scope.workspace.rawValue)
                for headers in [[:], [.authorization: "Bearer \(test.key.text)"]] as [HTTPFields] {
                    let answer = try await client.execute(uri: path, method: route.method, headers: headers)
                    check(answer, "\(route.method) \(route.path) \(answer.status)")
                }
            }
        }
    }

    @Test func `every kind of error carries them`() async throws {
        var limits = Limits()
        limits.unitsPerMinute = 20
        let test = try await TestLibrary(limits: limits)
        let reader = try await test.library.createKey(named: "r", for: test.store.scope.workspace, scope: .read)
        var routes = Routes(library: test.library, version: "test")
        try await Application(router: routes.router()).test(.router) { client in
            let cases: [(Int, HTTPRequest.Method, String, APIKey?)] = [
                (404, .get, "/nowhere", nil), (405, .put, "/livez", nil), (401, .get, "/v1/documents", nil),
                (403, .post, "/v1/documents", reader),
                (404, .get, "/document/doc-none", test.key), (422, .get, "/v1/documents?limit=0", test.key),
            ]
            for (status, method, path, key) in cases {
                let headers: HTTPFields = key.map { [.authorization: "Bearer \($0.text)"] } ?? [:]
                let answer = try await client.execute(uri: path, method: method, headers: headers)
                #expect(answer.status.code == status, "\(path)")
                check(answer, "\(status) \(path)")
            }
            var last: TestResponse?
            for _ in 0..<30 {
                last = try await client.execute(uri: "/v1/documents", method: .get, headers: [.authorization: "Bearer \(test.key.text)"])
            }
            let answer = try #require(last)
            #expect(answer.status == .tooManyRequests)
            check(answer, "429")
        }
    }
}
