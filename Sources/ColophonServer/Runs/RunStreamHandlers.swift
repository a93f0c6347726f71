import ColophonAPI
import ColophonCore
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// What happened to a run: as a file, and as it happens.
struct RunStreamHandlers: Sendable {
    /// The most streams of runs that are open at once, and of those in one workspace: each asks the database again and again.
    static let streamsMax = 256
    static let streamsOfOneMax = 16

    let library: Library
    private let slots = StreamSlots(Self.streamsMax, ofOne: Self.streamsOfOneMax)

    init(library: Library) { self.library = library }

    func stream(_ request: Request, _ context: ServerContext) async throws -> Response {
        // A browser that reconnects says in the header how far it came; its address still has the old position.
        let text = try request.headers[.lastEventID] ?? request.single("cursor")
        let after = try text.map(Self.position) ?? 0
        let (scope, channel) = (try context.scope, context.channel)
        let run = try await library.run(context.runID, in: scope)
        let slot = try slots.take(for: scope.workspace)
        let stream = RunEventStream(library: library, run: run, scope: scope, channel: channel, after: after)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store, no-transform", .accelBuffering: "no",
                // The framework reads the connection to its end to notice that the client is gone; it cannot be used again.
                .connection: "close",
            ],
            body: ResponseBody { writer in
                // Not given back before the last byte.
                defer { withExtendedLifetime(slot) {} }
                try await request.body.consumeWithCancellationOnInboundClose { body in
                    // To its end first: the framework's copy of a body ends the process when it is let go before it was.
                    for try await _ in body {}
                    var stream = stream
                    try await stream.write(to: &writer)
                }
                try await writer.finish(nil)
            })
    }

    /// - Throws: `badRequest` unless it is a whole number from 0.
    private static func position(_ text: String) throws -> Int64 {
        guard let position = Int64(text), position >= 0, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw ColophonError(.badRequest, "Invalid event cursor.", field: "cursor", reason: "INVALID_CURSOR")
        }
        return position
    }

    func download(_ request: Request, _ context: ServerContext) async throws -> Response {
        let (scope, channel) = (try context.scope, context.channel)
        let run = try await library.run(context.runID, in: scope)
        let idle = TimeAmount.milliseconds(library.limits.idleTimeout.wholeMilliseconds)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/x-ndjson", .contentDisposition: Disposition.attachment.named("run-\(run.id)-events.ndjson"),
            ],
            body: ResponseBody { [library] writer in
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                var (after, hasMore) = (Int64(0), true)
                while hasMore {
                    let page = try await library.events(of: run.documentID, after: after, limit: library.limits.eventsMax, in: scope)
                    var lines = ByteBuffer()
                    for event in page.items where event.runID == run.id {
                        lines.writeBytes(try encoder.encode(EventList.Event(event)))
                        lines.writeString("\n")
                    }
                    let timer = channel.eventLoop.scheduleTask(in: idle) { channel.close(promise: nil) }
                    defer { timer.cancel() }
                    if lines.readableBytes > 0 { try await writer.write(lines) }
                    (after, hasMore) = (page.items.last?.seq ?? after, page.hasMore)
                }
                try await writer.finish(nil)
            })
    }
}
