import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing

@testable import ColophonServer

/// Who asks for too much is told to wait, and nobody else is.
@Suite struct RateLimitTests {
    /// A clock that is moved by hand.
    final class HandClock: SteadyClock {
        private let time = Mutex(Duration.seconds(1000))
        func elapsed() -> Duration { time.withLock { $0 } }
        func sleep(for duration: Duration) async throws {}
        func advance(by step: Duration) { time.withLock { $0 += step } }
    }

    let test: TestLibrary
    let clock = HandClock()

    init() async throws {
        var limits = Limits()
        limits.unitsPerMinute = 50
        limits.uploadsAtOnceMax = 2
        test = try await TestLibrary(limits: limits)
    }

    private func serve(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        var machine = Machine.real
        machine.clock = clock
        var routes = Routes(library: test.library.on(machine), version: "test")
        try await Application(router: routes.router()).test(.router) { try await body($0) }
    }

    private var byKey: HTTPFields { [.authorization: "Bearer \(test.key.text)"] }

    /// How many times a request is served before it is refused.
    private func served(_ client: any TestClientProtocol, _ headers: HTTPFields, path: String = "/document/doc-none") async throws -> Int {
        for count in 0..<1000 {
            let answer = try await client.execute(uri: path, method: .get, headers: headers)
            if answer.status == .tooManyRequests {
                #expect(answer.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 0 && answer.headers[.rateLimit] != nil)
                #expect(String(buffer: answer.body).contains("\"type\":\"rate_limited\""))
                return count
            }
        }
        return 1000
    }

    @Test func `a key spends its own, and has it again after a minute`() async throws {
        let other = try await test.library.createKey(named: "other", for: test.store.scope.workspace)
        try await serve { client in
            let first = try await client.execute(uri: "/v1/documents", method: .get, headers: byKey)
            #expect(first.headers[.rateLimit] == "50" && first.headers[.rateRemaining] == "48" && first.headers[.rateReset] == "3")
            #expect(try await served(client, byKey) == 48)
            #expect(try await served(client, [.apiKey: other.text]) == 50)
            clock.advance(by: .seconds(6))
            #expect(try await served(client, byKey) == 5)
            clock.advance(by: .seconds(3600))
            #expect(try await served(client, byKey) == 50)
            #expect(try await served(client, [:], path: "/livez") == 1000)
        }
    }

    @Test func `an anonymous session has a fifth, and those that are not stored share their address's`() async throws {
        let stored = SessionToken.make()
        try await test.store.store.establish(NewSession(stored), keeping: .anonymous)
        try await serve { client in
            func cookie(_ token: SessionToken) -> HTTPFields { [.cookie: "colophon_session=\(token.text)"] }
            #expect(try await served(client, cookie(stored)) == 10)
            #expect(try await served(client, cookie(SessionToken.make())) == 10)
            #expect(try await served(client, cookie(SessionToken.make())) == 0)
            let signedIn = try await test.library.signIn(key: test.key.text, replacing: nil)
            #expect(try await served(client, cookie(signedIn)) == 50)
            #expect(try await served(client, byKey) == 50)
        }
    }

    @Test func `who has no credential, or guesses at one, spends what the address has`() async throws {
        try await serve { client in
            let without = try await served(client, [:])
            let guessing = try await served(client, [.apiKey: APIKey.make().text])
            let good = try await served(client, byKey)
            #expect((without, guessing, good) == (5, 0, 50))
        }
    }

    @Test func `an address may try to sign in ten times a minute`() async throws {
        try await serve { client in
            var codes: [Int] = []
            for _ in 0..<11 {
                let answer = try await client.execute(
                    uri: "/api/v1/session", method: .post, headers: [.fetchSite: "same-origin", .contentType: "application/json"],
                    body: ByteBuffer(string: "{\"key\":\"\(APIKey.make().text)\"}"))
                codes.append(answer.status.code)
                // What the address may spend in all comes back by five a minute here.
                clock.advance(by: .milliseconds(codes.count < 5 ? 0 : 1))
            }
            #expect(codes == Array(repeating: 401, count: 5) + Array(repeating: 429, count: 6))
        }
        let allowances = Allowances(perMinute: 0, clock: clock)
        for _ in 0..<10 { try allowances.spendSignIn(at: ClientAddress(nil), headers: nil) }
        #expect(throws: ColophonError.self) { try allowances.spendSignIn(at: ClientAddress(nil), headers: nil) }
        clock.advance(by: .seconds(6))
        try allowances.spendSignIn(at: ClientAddress(nil), headers: nil)
        #expect(throws: ColophonError.self) { try allowances.spendSignIn(at: ClientAddress(nil), headers: nil) }
    }

    @Test func `an upload costs by its size`() async throws {
        try await serve { client in
            let body = ByteBuffer(repeating: 0x41, count: 3 << 20)
            let answer = try await client.execute(uri: "/v1/documents", method: .post, headers: byKey, body: body)
            #expect(answer.status == .accepted && answer.headers[.rateRemaining] == "37")
        }
    }

    @Test func `more uploads at once than a workspace may have are refused, and the place is free again afterwards`() async throws {
        let slots = UploadSlots(max: 2)
        let (here, there) = (test.store.scope.workspace, test.store.stranger.workspace)
        try await slots.with(here) {
            try await slots.with(here) {
                let error = await #expect(throws: ColophonError.self) { try await slots.with(here) {} }
                #expect(error?.code == .rateLimited && error?.reason == "TOO_MANY_UPLOADS")
                try await slots.with(there) {}
            }
            try await slots.with(here) {}
        }
        await #expect(throws: CancellationError.self) { try await slots.with(here) { throw CancellationError() } }
        try await slots.with(here) { try await slots.with(here) {} }
    }

    @Test func `no log line holds a credential`() async throws {
        let lines = LogLines()
        let session = SessionToken.make()
        var library = test.library
        library = Library(
            store: library.store, blobs: library.blobs, limits: library.limits, recipe: library.recipe,
            logger: Logger(label: "test") { _ in lines.handler })
        var routes = Routes(library: library, version: "test")
        let logger = Logger(label: "test") { _ in lines.handler }
        try await Application(router: routes.router(), logger: logger).test(.router) { client in
            let wrong = APIKey.make()
            for headers in [byKey, [.apiKey: wrong.text], [.cookie: "colophon_session=\(session.text)"]] as [HTTPFields] {
                for (method, path) in [(.get, "/v1/documents"), (.post, "/v1/documents"), (.get, "/nowhere")]
                    as [(HTTPRequest.Method, String)]
                {
                    _ = try await client.execute(
                        uri: path, method: method, headers: headers + [.fetchSite: "same-origin"], body: ByteBuffer(string: "x"))
                }
            }
            logger.error(
                "\(test.key) \(wrong) \(session) \(Credential.key(wrong.text)) \(String(reflecting: session)) \(String(reflecting: wrong))")
            logger.error("\([Credential.session(session.text)])")
            for secret in [test.key.text, wrong.text, session.text] {
                let tail = String(secret.suffix(43))
                #expect(!lines.all.isEmpty && !lines.all.contains { $0.contains(tail) })
            }
        }
    }
}

/// What was logged, at every level.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    var handler: Handler { Handler(lines: self) }

    fileprivate func add(_ line: String) { lines.withLock { $0.append(line) } }

    struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) { lines.add("\(event.message) \(event.metadata ?? [:]) \(metadata)") }
    }
}
