import ColophonAPI
import ColophonClient
import Foundation
import Synchronization
import Testing

/// The sequence of changes against a server that says what a test makes it say.
@Suite(.timeLimit(.minutes(2))) struct WorkspaceChangesTests {
    private final class Counter: Sendable {
        let count = Mutex(0)
    }

    /// So that pauses take no time.
    private static func ready(_ position: Int, retry: Int = 1) -> String {
        "retry: \(retry)\nid: \(position)\nevent: ready\ndata: {\"lastId\":\"\(position)\"}\n\n"
    }

    private static func change(_ number: Int, _ document: String = "doc-a", deletes: Bool = false) -> String {
        let op = deletes ? "delete" : "upsert"
        return "id: \(number)\nevent: document.\(deletes ? "deleted" : "changed")\n"
            + "data: {\"documentId\":\"\(document)\",\"op\":\"\(op)\",\"id\":\"\(number)\"}\n\n"
    }

    private static func delta(_ numbers: [Int], hasMore: Bool = false) -> FeedServer.Answer {
        let changes = numbers.map { "{\"id\":\"\($0)\",\"documentId\":\"doc-a\",\"op\":\"upsert\"}" }.joined(separator: ",")
        return .respond(200, body: "{\"changes\":[\(changes)],\"nextSince\":\"\(numbers.last ?? 0)\",\"hasMore\":\(hasMore)}")
    }

    private static func list(_ documents: [String], at position: Int, next: String? = nil) -> FeedServer.Answer {
        let list = DocumentListOut(
            items: documents.map(ModelFeed.document),
            meta: .init(
                limit: 200, hasMore: next != nil, nextCursor: next, totalIncluded: false, totalCount: nil, changesCursor: "\(position)"))
        return .respond(200, body: (try? JSONEncoder().encode(list)).map { String(decoding: $0, as: UTF8.self) } ?? "")
    }

    private static func problem(_ status: Int, retryAfter: Int? = nil) -> FeedServer.Answer {
        let problem = Problem(type: "t", title: "T", status: status, detail: "No.", instance: "", requestId: "r", code: "C")
        let body = (try? JSONEncoder().encode(problem)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return .respond(status, headers: retryAfter.map { ["retry-after": "\($0)"] } ?? [:], body: body)
    }

    private static func upsert(_ number: Int64, _ document: String = "doc-a") -> WorkspaceChange {
        .upsert(documentId: document, position: ChangePosition(number))
    }

    private static func workspace(_ server: FeedServer) -> Workspace {
        ColophonClient(server: server.address, key: "k", timeout: .seconds(20)).workspace("w")
    }

    /// The first changes, and the server's answers to the requests for list, stream and delta, each by how many came before.
    private static func take(
        _ count: Int, since: ChangePosition?, stream: @escaping @Sendable (Int, String) -> FeedServer.Answer,
        delta: @escaping @Sendable (Int, String) -> FeedServer.Answer = { _, _ in .hangUp },
        list: @escaping @Sendable (Int, String) -> FeedServer.Answer = { _, _ in .hangUp }
    ) async throws -> (changes: [WorkspaceChange], requests: [String]) {
        let counts = Mutex<[String: Int]>([:])
        let server = try FeedServer { line, head, _ in
            let path = line.split(separator: " ").last.map(String.init) ?? ""
            let kind = path.contains("/stream") ? "stream" : path.contains("/delta") ? "delta" : "list"
            let index = counts.withLock { counts in
                counts[kind, default: 0] += 1
                return counts[kind, default: 1] - 1
            }
            return switch kind {
            case "stream": stream(index, head)
            case "delta": delta(index, path)
            default: list(index, path)
            }
        }
        var iterator = workspace(server).changes(since: since).makeAsyncIterator()
        var changes: [WorkspaceChange] = []
        while changes.count < count, let change = try await iterator.next() { changes.append(change) }
        return (changes, server.requests)
    }

    @Test func `list and stream join at the list's position`() async throws {
        let (changes, requests) = try await Self.take(
            4, since: nil,
            stream: { _, head in
                head.contains("last-event-id: 7") ? .hold(Self.ready(7) + Self.change(8) + Self.change(9, deletes: true)) : .hangUp
            },
            list: { _, path in
                path.contains("cursor=next") ? Self.list(["doc-c"], at: 9) : Self.list(["doc-a", "doc-b"], at: 7, next: "next")
            })
        let first = SnapshotPage(
            documents: ["doc-a", "doc-b"].map(ModelFeed.document), position: ChangePosition(7), isFirst: true, isLast: false)
        let last = SnapshotPage(documents: [ModelFeed.document("doc-c")], position: ChangePosition(7), isFirst: false, isLast: true)
        #expect(
            changes == [.snapshot(first), .snapshot(last), Self.upsert(8), .delete(documentId: "doc-a", position: ChangePosition(9))])
        #expect(
            requests[0].hasPrefix("GET /api/v1/workspaces/w/documents?limit=200&sort=%5B%7B%22desc%22%3Afalse%2C%22id%22%3A%22id%22%7D%5D ")
        )
        #expect(requests.allSatisfy { $0.contains("authorization: Bearer k") })
    }

    @Test func `a stream that is cut anywhere goes on where it was`() async throws {
        let whole = Self.ready(2) + Self.change(3) + Self.change(4)
        for cut in stride(from: 9, through: whole.utf8.count, by: 7) {
            let (changes, requests) = try await Self.take(
                4, since: ChangePosition(2),
                stream: { index, head in
                    if index == 0 { return .stream(String(decoding: Array(whole.utf8).prefix(cut), as: UTF8.self)) }
                    let place = (2...6).first { head.contains("last-event-id: \($0)") } ?? 2
                    return .hold(Self.ready(place) + (place + 1...6).map { Self.change($0) }.joined())
                },
                // Where the first one brought nothing, delta may stand in.
                delta: { _, path in Self.delta(path.contains("since=2") ? [3] : []) })
            #expect(changes == [3, 4, 5, 6].map { Self.upsert($0) }, "cut at \(cut)")
            #expect(requests[0].contains("last-event-id: 2"))
        }
    }

    @Test func `what the stream leaves out comes from delta, before what follows it`() async throws {
        let (changes, requests) = try await Self.take(
            6, since: ChangePosition(2),
            stream: { _, _ in .hold(Self.ready(2) + Self.change(3) + Self.change(6) + Self.change(6) + Self.change(7) + Self.change(8)) },
            delta: { _, path in path.contains("since=3") ? Self.delta([4, 5], hasMore: true) : Self.delta([6, 7, 8]) })
        #expect(changes == (3...8).map { Self.upsert($0) })
        #expect(requests.count == 3)
    }

    @Test func `where there is no stream the feed is polled, until there is one`() async throws {
        let (changes, requests) = try await Self.take(
            4, since: ChangePosition(2),
            stream: { index, _ in
                switch index {
                // A place on the way that says retry: 1 for the pauses that follow, and closes.
                case 0: .stream(Self.ready(2))
                case 1: Self.problem(503, retryAfter: 0)
                // What a proxy might answer.
                case 2: .respond(200, body: "<html>")
                default: .hold(Self.ready(5) + Self.change(6))
                }
            },
            delta: { _, path in
                let since = path.split(separator: "=")[1].split(separator: "&")[0]
                return Self.delta(since == "5" ? [] : [(Int(since) ?? 0) + 1])
            })
        #expect(changes == (3...6).map { Self.upsert($0) })
        #expect(requests.count { $0.contains("/stream") } == 4)
        #expect(requests.count { $0.contains("/delta") } >= 3)
    }

    @Test func `a position that is gone is said, and the documents are listed again`() async throws {
        let (changes, _) = try await Self.take(
            5, since: ChangePosition(2),
            stream: { index, _ in
                index == 0
                    ? .hold(
                        Self.ready(40)
                            + "event: documents.resync\ndata: {\"reason\":\"cursor_expired\",\"floor\":\"30\",\"head\":\"40\"}\n\n")
                    : .hold(Self.ready(40) + Self.change(43) + Self.change(44))
            },
            delta: { index, _ in index == 0 ? Self.problem(410) : .hangUp },
            list: { index, _ in Self.list(["doc-\(index)"], at: index == 0 ? 40 : 44) })
        func page(_ index: Int, _ position: Int64) -> WorkspaceChange {
            .snapshot(
                SnapshotPage(
                    documents: [ModelFeed.document("doc-\(index)")], position: ChangePosition(position), isFirst: true, isLast: true))
        }
        #expect(changes.prefix(4) == [.resync(.cursorExpired), page(0, 40), .resync(.cursorExpired), page(1, 44)])
    }

    @Test(arguments: [401, 403, 404])
    func `the server's no ends the sequence`(status: Int) async throws {
        let server = try FeedServer { _, _, _ in Self.problem(status) }
        for since in [nil, ChangePosition(3)] {
            var iterator = Self.workspace(server).changes(since: since).makeAsyncIterator()
            var refused: Int?
            do throws(ClientError) {
                _ = try await iterator.next()
            } catch {
                if case .refused(let problem) = error { refused = problem.status }
            }
            #expect(refused == status)
            #expect(try await iterator.next() == nil)
        }
    }

    @Test func `a stream that says nothing any more is opened anew`() async throws {
        let count = Mutex(0)
        let server = try FeedServer { line, _, _ in
            guard line.contains("/stream") else { return Self.delta([]) }
            let index = count.withLock { count in
                count += 1
                return count
            }
            return index == 1 ? .hold(Self.ready(2) + Self.change(3)) : .hold(Self.ready(3) + Self.change(4))
        }
        var sequence = Self.workspace(server).changes(since: ChangePosition(2))
        sequence.silence = .milliseconds(300)
        var iterator = sequence.makeAsyncIterator()
        #expect(try await iterator.next() == Self.upsert(3))
        #expect(try await iterator.next() == Self.upsert(4))
        #expect(server.requests.last { $0.contains("/stream") }?.contains("last-event-id: 3") == true)
    }

    @Test func `cancellation ends the sequence wherever it waits`() async throws {
        let stream = try FeedServer { _, _, _ in .hold(Self.ready(2) + Self.change(3)) }
        // Comes back in five minutes.
        let pause = try FeedServer { _, _, _ in Self.problem(503, retryAfter: 300) }
        for (server, first) in [(stream, 1), (pause, 0)] {
            let seen = Counter()
            let ended = try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    for try await _ in Self.workspace(server).changes(since: ChangePosition(2)) { seen.count.withLock { $0 += 1 } }
                    return true
                }
                while server.requests.isEmpty || seen.count.withLock({ $0 }) < first { try await Task.sleep(for: .milliseconds(5)) }
                group.cancelAll()
                return try await group.next() ?? false
            }
            #expect(ended && seen.count.withLock { $0 } == first)
        }
    }

    @Test func `a consumer that is slow holds the server back`() async throws {
        let server = try FeedServer { _, _, _ in
            .flood { round in
                let filler = ": " + String(repeating: "x", count: 60_000) + "\n\n"
                return (round == 0 ? Self.ready(0) : "") + filler + Self.change(round + 1)
            }
        }
        var iterator = Self.workspace(server).changes(since: ChangePosition(0)).makeAsyncIterator()
        for number in 1...3 as ClosedRange<Int64> { #expect(try await iterator.next() == Self.upsert(number)) }
        // Time for a server that nobody holds back to send gigabytes.
        try await Task.sleep(for: .seconds(1))
        // What the kernel holds for both ends of a connection, and little more.
        #expect(server.sentBytes < 16 << 20)
        for number in 4...20 as ClosedRange<Int64> {
            let change = try await iterator.next()
            try #require(change == Self.upsert(number))
        }
    }

    @Test func `the key's own workspace is asked for once`() async throws {
        let server = try FeedServer { line, _, _ in
            if line == "GET /api/v1/session" {
                let session = SessionOut(actor: "key:k", name: "k", signedIn: true, personalWorkspaceId: "own ws", workspaces: [])
                return .respond(200, body: (try? JSONEncoder().encode(session)).map { String(decoding: $0, as: UTF8.self) } ?? "")
            }
            return line.hasPrefix("GET /api/v1/workspaces/own%20ws/documents") ? Self.list([], at: 5) : .hangUp
        }
        let client = ColophonClient(server: server.address, key: "k")
        #expect(try await client.workspace().changePosition() == ChangePosition(5))
        #expect(try await client.workspace().documents().items.isEmpty)
        #expect(try await client.workspace().id() == "own ws")
        #expect(server.requests.count { $0.hasPrefix("GET /api/v1/session") } == 1)
    }

    @Test func `changes that are there together are given together`() async throws {
        let server = try FeedServer { _, _, _ in .hold(Self.ready(2) + (3...9).map { Self.change($0) }.joined()) }
        var iterator = Self.workspace(server).changes(since: ChangePosition(2)).makeAsyncIterator()
        var changes: [WorkspaceChange] = []
        while changes.count < 7, let next = try await iterator.next(upTo: 4) {
            #expect(!next.isEmpty && next.count <= 4)
            changes += next
        }
        #expect(changes == (3...9).map { Self.upsert($0) })
    }
}
