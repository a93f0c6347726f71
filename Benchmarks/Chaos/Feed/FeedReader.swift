import ColophonSamples
import ColophonStreams
import Foundation
import Synchronization

/// A client that follows a workspace's feed over connections that break: by the stream and by pages of changes, in turns that dice decide.
final class FeedReader: Sendable {
    struct Record {
        /// Where it began to follow; nil until a server has said so.
        var start: Int64?
        var entries: [FeedEntry] = []
        /// What no server may send.
        var faults: [String] = []
        var streams = 0
        var pages = 0
        /// Connections that broke, or that there were none to make.
        var breaks = 0
        var refusals = 0
        var isDone = false

        var position: Int64? { entries.last?.id ?? start }

        mutating func note(_ fault: String) { if faults.count < 5 { faults.append(fault) } }
    }

    private struct State {
        var record = Record()
        /// The last change that there will be.
        var target: Int64?
        var isStopped = false
    }

    let workspace: FeedWorld.Workspace
    private let port: UInt16
    private let seed: UInt64
    private let state = Mutex(State())

    init(workspace: FeedWorld.Workspace, port: UInt16, seed: UInt64, startsAtHead: Bool) {
        (self.workspace, self.port, self.seed) = (workspace, port, seed)
        if !startsAtHead { state.withLock { $0.record.start = workspace.head } }
    }

    var record: Record { state.withLock { $0.record } }
    var isDone: Bool { state.withLock { $0.record.isDone } }

    /// Tells it where the feed ends, so that it can end there.
    func finish(at target: Int64) { state.withLock { $0.target = target } }

    func stop() { state.withLock { $0.isStopped = true } }

    /// Follows the feed on this thread until it is told to end.
    func run() {
        var dice = SplitMix64(seed: seed)
        while !state.withLock({ $0.isStopped }) {
            let (position, target) = state.withLock { ($0.record.position, $0.target) }
            if let target, let position, position >= target {
                // Whatever comes after the end comes twice.
                FeedConnection(self, lifetime: .milliseconds(1500), bytesMax: .max, &dice).stream(from: position)
                return state.withLock { $0.record.isDone = true }
            }
            let bytesMax = 1 << (4 + dice.next() % 17) + Int(dice.next() % 64)
            let connection = FeedConnection(self, lifetime: .milliseconds(Int(50 + dice.next() % 4000)), bytesMax: bytesMax, &dice)
            if let position, dice.next() % 3 == 0 {
                connection.pages(1 + Int(dice.next() % 5), since: position)
            } else {
                connection.stream(from: position)
            }
        }
    }

    fileprivate var shouldEnd: Bool {
        state.withLock { $0.isStopped || ($0.target != nil && ($0.record.position ?? -1) >= $0.target ?? .max) }
    }

    fileprivate var request: (port: UInt16, path: String, headers: String) {
        (
            port, "/api/v1/workspaces/\(workspace.id)/documents",
            "Host: 127.0.0.1\r\nAuthorization: Bearer \(workspace.key)\r\n"
        )
    }

    fileprivate func change(_ body: (inout Record) -> Void) { state.withLock { body(&$0.record) } }
}

/// One connection of a reader's.
private struct FeedConnection {
    let reader: FeedReader
    let end: ContinuousClock.Instant
    /// After how many bytes the reader hangs up.
    let bytesMax: Int
    /// Decides how positions are said, and how long pages are.
    let choice: UInt64

    init(_ reader: FeedReader, lifetime: Duration, bytesMax: Int, _ dice: inout SplitMix64) {
        (self.reader, self.bytesMax) = (reader, bytesMax)
        end = .now + lifetime
        choice = dice.next()
    }

    func stream(from position: Int64?) {
        let bogus = choice % 8 == 0 ? "?cursor=1" : ""
        // The header wins over the query.
        let (query, header) =
            if let position {
                choice % 2 == 0 ? ("?cursor=\(position)", "") : (bogus, "Last-Event-ID: \(position)\r\n")
            } else { ("", "") }
        reader.change { $0.streams += 1 }
        var frames = FrameReader()
        var isFirst = true
        exchange("/stream\(query)", header + "Accept: text/event-stream\r\n", type: "text/event-stream") { bytes in
            for frame in try frames.read(bytes) {
                reader.change { $0.take(frame, isFirst: isFirst) }
                isFirst = false
            }
            return false
        }
    }

    func pages(_ count: Int, since position: Int64) {
        var since = position
        for page in 0..<count {
            let limit = 1 + Int((choice >> 8) &+ UInt64(page) &* 7919) % 2000
            var body: [UInt8] = []
            let isWhole = exchange("/delta?since=\(since)&limit=\(limit)", "", type: "application/json") { bytes in
                body += bytes
                return true
            }
            guard isWhole, reader.takePage(body, since: since, limit: limit), let next = reader.record.position else { return }
            let isLast = next == since
            since = next
            if isLast { return }
        }
    }

    /// Asks, and gives the body's bytes to `take` until the answer, the time or the bytes that the reader wants are at their end.
    ///
    /// - Parameter take: Returns whether the answer's end matters.
    /// - Returns: Whether the whole answer came.
    @discardableResult
    private func exchange(_ path: String, _ headers: String, type: String, _ take: ([UInt8]) throws -> Bool) -> Bool {
        let request = reader.request
        do {
            let socket = try LoopbackSocket(port: request.port)
            if choice % 3 == 0 { socket.resetWhenClosed() }
            try socket.send("GET \(request.path)\(path) HTTP/1.1\r\n\(request.headers)\(headers)\r\n")
            var answer = AnswerReader()
            var left = bytesMax
            while left > 0, .now < end, !reader.shouldEnd || bytesMax == .max {
                switch socket.receive(most: min(left, 65_536), timeout: .milliseconds(100)) {
                case .nothing: continue
                case .end:
                    reader.change { $0.breaks += 1 }
                    return false
                case .bytes(let bytes):
                    left -= bytes.count
                    let body = try answer.read(bytes)
                    guard try isFine(answer, type: type) else { return false }
                    if try take(body), answer.isComplete { return true }
                }
            }
        } catch let fault as WireFault {
            reader.change { $0.note(fault.description) }
        } catch {
            reader.change { $0.breaks += 1 }
            usleep(50_000)
        }
        return false
    }

    private func isFine(_ answer: AnswerReader, type: String) throws -> Bool {
        guard let status = answer.status, answer.headers["content-type"] != nil else { return true }
        if status == 503 {
            reader.change { $0.refusals += 1 }
            usleep(100_000)
            return false
        }
        guard status == 200, answer.headers["content-type"]?.hasPrefix(type) == true else {
            throw WireFault("status \(status) with \(answer.headers)", at: [])
        }
        return true
    }
}

extension FeedReader.Record {
    fileprivate mutating func take(_ frame: WireFrame, isFirst: Bool) {
        switch frame {
        case .ready(let position, let lastID):
            if !isFirst { note("ready comes again") }
            if start == nil { start = position }
            if position != self.position { note("the stream goes on from \(position ?? -1), not from \(self.position ?? -1)") }
            if let position, (lastID ?? 0) < position { note("the head \(lastID ?? 0) lies before the position \(position)") }
        case .change(let change):
            if isFirst { note("no ready comes first") }
            if let position, change.id != position + 1 { note("the stream has \(change.id) after \(position)") }
            entries.append(FeedEntry(id: change.id, document: change.document, isDelete: change.isDelete))
        case .keepalive: if isFirst { note("no ready comes first") }
        case .resync: note("the stream wants a new list: \(frame)")
        }
    }
}

extension FeedReader {
    private struct Page: Decodable {
        struct Entry: Decodable {
            var id: String
            var documentId: String
            var op: String
        }

        var changes: [Entry]
        var nextSince: String
        var hasMore: Bool
    }

    /// - Returns: Whether it could be read.
    fileprivate func takePage(_ body: [UInt8], since: Int64, limit: Int) -> Bool {
        guard let page = try? JSONDecoder().decode(Page.self, from: Data(body)) else {
            change { $0.note("no page of changes: \(String(decoding: body.prefix(200), as: UTF8.self))") }
            return false
        }
        change { record in
            record.pages += 1
            for entry in page.changes {
                let id = Int64(entry.id) ?? -1
                if let position = record.position, id != position + 1 { record.note("a page has \(id) after \(position)") }
                record.entries.append(FeedEntry(id: id, document: entry.documentId, isDelete: entry.op == "delete"))
            }
            if page.nextSince != "\(page.changes.last.flatMap { Int64($0.id) } ?? since)" {
                record.note("a page that ends at \(page.changes.last?.id ?? "\(since)") goes on from \(page.nextSince)")
            }
            if page.changes.count > limit { record.note("a page has \(page.changes.count) changes, \(limit) were asked for") }
            if page.hasMore && page.changes.isEmpty { record.note("an empty page says that there is more") }
        }
        return true
    }
}
