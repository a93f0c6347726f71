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

    var shouldEnd: Bool {
        state.withLock { $0.isStopped || ($0.target != nil && ($0.record.position ?? -1) >= $0.target ?? .max) }
    }

    var request: (port: UInt16, path: String, headers: String) {
        (
            port, "/api/v1/workspaces/\(workspace.id)/documents",
            "Host: 127.0.0.1\r\nAuthorization: Bearer \(workspace.key)\r\n"
        )
    }

    func change(_ body: (inout Record) -> Void) { state.withLock { body(&$0.record) } }
}

extension FeedReader.Record {
    mutating func take(_ frame: WireFrame, isFirst: Bool) {
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
    func takePage(_ body: [UInt8], since: Int64, limit: Int) -> Bool {
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
