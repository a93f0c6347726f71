import ColophonAPI
import ColophonCore
import FoundationEssentials
import Hummingbird
import NIOCore
import ServiceLifecycle

/// A run's events as they come, as server-sent events (HTML, section 9.2). It ends with the run, or after a while, and then the client
/// goes on from the last event it has.
struct RunEventStream: Sendable {
    /// How long one stream lasts.
    static let lifeMax: Duration = .seconds(900)
    private static let pollInterval: Duration = .milliseconds(500)
    private static let progressInterval: Duration = .seconds(1)
    private static let keepaliveInterval: Duration = .seconds(15)
    private static let pageSize = 200

    let library: Library
    let run: Run
    let scope: WorkspaceScope
    let channel: any Channel
    /// The last event that the client has, by its number in the document; 0 for none.
    var after: Int64

    /// - Throws: What the library throws, and the channel when its client is gone.
    mutating func write(to writer: inout any ResponseBodyWriter) async throws {
        let clock = library.machine.clock
        let end = clock.elapsed() + Self.lifeMax
        var sentAt = clock.elapsed()
        var progress: (value: RunProgress, at: Duration)?
        var hasToldEnd = false
        try await send(
            "retry: 3000\n" + frame("ready", Ready(runId: run.id.rawValue, lastId: after == 0 ? nil : String(after))), to: &writer)
        while clock.elapsed() < end && !Task.isShuttingDownGracefully {
            // Whoever may no longer see this is cut off within a second.
            guard try await mayStillRead() else { return }
            // The run before its events: whatever ended it, its last event is among them.
            guard let now = try await current() else { return try await finish("terminal_status", .cancelled, to: &writer) }
            let (events, hasMore) = try await newEvents()
            for event in events {
                try await send("id: \(event.seq)\n" + frame("message", EventList.Event(event)), to: &writer)
                hasToldEnd = hasToldEnd || [.complete, .failed, .cancelled].contains(event.type)
            }
            if !events.isEmpty { sentAt = clock.elapsed() }
            if hasMore { continue }
            if now.status.isTerminal { return try await finish(hasToldEnd ? "run_complete" : "terminal_status", now.status, to: &writer) }
            let reached = RunProgress(pagesCompleted: now.pagesDone, pagesTotal: now.pagesTotal, step: now.step.rawValue)
            if progress?.value != reached, clock.elapsed() - (progress?.at ?? .zero) >= Self.progressInterval || progress == nil {
                progress = (reached, clock.elapsed())
                sentAt = clock.elapsed()
                try await send(frame("progress", reached), to: &writer)
            }
            if clock.elapsed() - sentAt >= Self.keepaliveInterval {
                sentAt = clock.elapsed()
                try await send("event: keepalive\ndata: {}\n\n", to: &writer)
            }
            try await clock.sleep(for: Self.pollInterval)
        }
    }

    private func mayStillRead() async throws -> Bool {
        guard let grant = scope.grant else { return true }
        return try await library.stillValid([grant]).contains(grant)
    }

    /// The run as it is now; nil once its document was deleted, which cancels it.
    private func current() async throws -> Run? {
        do { return try await library.run(run.id, of: run.documentID, in: scope) } catch let error as ColophonError
            where error.code == .notFound
        {
            return nil
        }
    }

    /// The next events of this run, and whether its document has more; a whole page of those may hold none of the run's.
    private mutating func newEvents() async throws -> (events: [DocumentEvent], hasMore: Bool) {
        while true {
            let page = try await library.events(of: run.documentID, after: after, limit: Self.pageSize, in: scope)
            after = page.items.last?.seq ?? after
            let own = page.items.filter { $0.runID == run.id }
            if !own.isEmpty || !page.hasMore { return (own, page.hasMore) }
        }
    }

    private func finish(_ reason: String, _ status: RunStatus, to writer: inout any ResponseBodyWriter) async throws {
        let word = RunWords(status: status, step: run.step).lastRun ?? status.rawValue
        try await send(frame("end", RunEnd(reason: reason, status: word)), to: &writer)
    }

    private struct Ready: Encodable {
        var runId: String
        @Nullable var lastId: String?
    }

    private func frame(_ event: String, _ data: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return "event: \(event)\ndata: \(String(decoding: try encoder.encode(data), as: UTF8.self))\n\n"
    }

    /// A client that takes nothing for as long as a connection may be idle loses it.
    private func send(_ text: String, to writer: inout any ResponseBodyWriter) async throws {
        let timer = channel.eventLoop.scheduleTask(in: .milliseconds(library.limits.idleTimeout.wholeMilliseconds)) { [channel] in
            channel.close(promise: nil)
        }
        defer { timer.cancel() }
        try await writer.write(ByteBuffer(string: text))
    }
}
