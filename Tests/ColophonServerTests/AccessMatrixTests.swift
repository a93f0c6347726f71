import ColophonCore
import ColophonTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ColophonServer

/// Every route, every place where it takes an id, everybody who must not come in: refused, and in no way that tells whether there is something.
@Suite(.serialized) struct AccessMatrixTests {
    private func walk(_ body: @Sendable (AccessMatrix, Route, RouteExample) async throws -> Void) async throws {
        var limits = Limits()
        limits.unitsPerMinute = 0
        let test = try await TestLibrary(limits: limits)
        var routes = Routes(library: test.library, version: "test")
        let all = routes.all
        try await Application(router: routes.router()).test(.router) { client in
            let matrix = try await AccessMatrix(test, client)
            for route in all {
                guard let example = AccessTable.example(route.method.rawValue, route.path) else { continue }
                try await body(matrix, route, example)
            }
        }
    }

    private func isOpen(_ route: Route) -> Bool { if case .nothing = route.asks { true } else { false } }

    @Test func `every route has its line in the table, and only those are open that are said to be`() async throws {
        let test = try await TestLibrary()
        for route in Routes(library: test.library, version: "test").all {
            let line = "\(route.method) \(route.path)"
            let example = try #require(AccessTable.example(route.method.rawValue, route.path), "\(line) has no line in AccessTable")
            #expect(AccessMatrix.places(route, example) != nil, "\(line) has a parameter that AccessTable does not know")
            #expect(isOpen(route) == example.isOpen, "\(line)")
            // A route that changes something asks for more than to read.
            if case .workspace(let needed) = route.asks, route.method != .get, !example.onlyReads {
                #expect(needed >= .write, "\(line)")
            }
        }
    }

    @Test func `the examples work for who may use them`() async throws {
        try await walk { matrix, route, example in
            if isOpen(route) || example.needsMore { return }
            if case .identity = route.asks, route.method != .get { return }
            let answer = try await matrix.call(route, example, as: .owner, [try await matrix.makeIds(for: .owner)])
            let isFine = example.status.map { $0 == answer.status } ?? (200..<300).contains(answer.status)
            #expect(isFine, "\(route.method) \(route.path): \(answer)")
            let policy = [
                ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("cross-origin-resource-policy", "same-origin"),
            ]
            for (name, value) in policy { #expect(answer.headers[name] == value, "\(route.method) \(route.path): \(name)") }
            for name in ["content-security-policy", "cache-control"] {
                #expect(answer.headers[name] != nil, "\(route.method) \(route.path): \(name)")
            }
        }
    }

    @Test func `without a good credential nobody comes in, and all are answered alike`() async throws {
        try await walk { matrix, route, example in
            if isOpen(route) { return }
            let ours = try await matrix.makeIds(for: .owner)
            let nobody = try await matrix.call(route, example, as: .nobody, [.unknown()])
            #expect(nobody.status == 401, "\(route.method) \(route.path): \(nobody)")
            for who in [AccessMatrix.Who.nobody, .revokedKey, .expiredKey, .forgedSession] {
                for ids in [ours, .unknown()] {
                    #expect(try await matrix.call(route, example, as: who, [ids]) == nobody, "\(who) \(route.method) \(route.path)")
                }
            }
        }
    }

    @Test func `who may only read changes nothing, and is told so before any id is looked at`() async throws {
        try await walk { matrix, route, example in
            guard case .workspace(let needed) = route.asks, needed > .read else { return }
            let ours = try await matrix.makeIds(for: .owner)
            var unknown = AccessMatrix.Ids.unknown()
            unknown.workspace = ours.workspace
            for who in [AccessMatrix.Who.readKey, .viewerKey] {
                let answers = [
                    try await matrix.call(route, example, as: who, [ours]), try await matrix.call(route, example, as: who, [unknown]),
                ]
                #expect(answers[0].status == 403 && answers[0] == answers[1], "\(who) \(route.method) \(route.path): \(answers)")
            }
        }
    }

    @Test(arguments: [AccessMatrix.Who.stranger, .strangersSession])
    func `another's id is answered as one that nobody has, in every place`(who: AccessMatrix.Who) async throws {
        try await walk { matrix, route, example in
            let places = AccessMatrix.places(route, example) ?? []
            for place in places.indices {
                // What is there in one place is another's, or nobody's; in the others it is the caller's own.
                var answers: [AccessMatrix.Answer] = []
                let ours = try await matrix.makeIds(for: .owner)
                let own = Array(repeating: try await matrix.makeIds(for: who), count: places.count)
                for foreign in [ours, .unknown()] {
                    var ids = own
                    ids[place] = foreign
                    answers.append(try await matrix.call(route, example, as: who, ids))
                }
                let line = "\(who) \(route.method) \(route.path), \(places[place]): \(answers)"
                #expect(answers[0] == answers[1], "\(line)")
                let isRefused = (400..<500).contains(answers[0].status)
                #expect(isRefused || (example.takesUnknown && places[place] != "workspace" && answers[0].status < 300), "\(line)")
                if places[place] == "workspace" { #expect(answers[0].status == 404, "\(line)") }
                try await expectUntouched(matrix, ours, line)
            }
            // All of it another's at once.
            if !places.isEmpty {
                let ours = try await matrix.makeIds(for: .owner)
                let answers = [
                    try await matrix.call(route, example, as: who, [ours]), try await matrix.call(route, example, as: who, [.unknown()]),
                ]
                #expect(answers[0] == answers[1], "\(who) \(route.method) \(route.path): \(answers)")
                try await expectUntouched(matrix, ours, "\(route.method) \(route.path)")
            }
        }
    }

    /// The document has the two runs that it was made with, and nothing has been done to it.
    private func expectUntouched(_ matrix: AccessMatrix, _ ids: AccessMatrix.Ids, _ line: String) async throws {
        let scope = matrix.test.store.scope
        let id = DocumentID(rawValue: ids.document)
        let events = try await matrix.test.library.events(of: id, after: 0, limit: nil, in: scope).items
        #expect(!events.contains { $0.actor.hasPrefix("key:") || $0.actor.hasPrefix("session:") }, "\(line): \(events)")
        #expect(try await matrix.test.library.runs(of: id, limit: nil, before: nil, in: scope).items.map(\.number) == [2, 1], "\(line)")
    }
}
