import ColophonCore
import NIOCore

/// One client's stream: a cursor into its workspace's feed, and what is left of its connection's pipeline.
///
/// Nothing is queued for it. While its connection takes nothing, it stays where it is; later it goes on from the ring, or from the table
/// when the ring has moved on. Used on its event loop alone.
final class FeedStream: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = NIOAny
    typealias OutboundOut = ByteBuffer

    private let admitted: Admitted
    var scope: WorkspaceScope { admitted.scope }
    var workspace: WorkspaceID { admitted.scope.workspace }
    private let hub: FeedHub
    private let loop: FeedLoop
    private let framing: StreamFraming
    private var context: ChannelHandlerContext?
    private var cursor: Int64
    /// The feed's head when the stream was admitted.
    private let head: Int64
    private var isReading = false
    private var isEnding = false
    private var isCounted = true
    /// Since when the connection takes nothing, and what lay before it then.
    private var blocked: (since: NIODeadline, bytes: Int)?
    private var keepaliveAt: NIODeadline
    private let endsAt: NIODeadline

    init(_ admission: StreamAdmission, hub: FeedHub, loop: FeedLoop) {
        (self.admitted, cursor, head) = (admission.admitted, admission.position, admission.head)
        (self.hub, self.loop, framing) = (hub, loop, admission.framing)
        let now = NIODeadline.now()
        // Streams that begin together should neither speak nor end together.
        keepaliveAt = now + hub.keepalive
        endsAt = now + .nanoseconds(Int64(Double(hub.life.nanoseconds) * Double.random(in: 0.75...1.25)))
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    /// Begins: the first bytes are the answer's head and what the client has missed.
    func start(with bytes: ByteBuffer) {
        guard let context else { return }
        // Before anything is written: a write that fails ends the stream at once.
        loop.add(self)
        hub.joined(scope, head: head)
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        context.read()
        if let ring = hub.ring(of: workspace) { advance(ring) }
        if hub.isStopping { end() }
    }

    /// Sends what the ring holds after the cursor.
    func advance(_ ring: FeedRing) {
        guard let context, !isReading, !isEnding, cursor < ring.head else { return }
        guard context.channel.isWritable else { return }
        guard let chunks = ring.chunks(after: cursor) else { return readTable() }
        // First of all: a flush may find the connection writable again, and come back here.
        let start = cursor
        cursor = ring.head
        for chunk in chunks.dropLast() {
            if let bytes = chunk.after(start, as: framing) { context.write(wrapOutboundOut(bytes), promise: nil) }
        }
        // Most often there is but one.
        if let bytes = chunks.last?.after(start, as: framing) {
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        } else {
            context.flush()
        }
    }

    /// Goes on from the table.
    private func readTable() {
        isReading = true
        let me = NIOLoopBound(self, eventLoop: loop.eventLoop)
        hub.read(after: cursor, in: scope) { [loop] result in
            loop.eventLoop.execute { me.value.caughtUp(result) }
        }
    }

    private func caughtUp(_ result: Result<FeedSlice, any Error>) {
        isReading = false
        // What cannot be read now is asked for again at the next change, or the next second.
        guard let context, !isEnding, let slice = try? result.get() else { return }
        var bytes = ByteBuffer()
        if !slice.feed.continues(cursor) {
            framing.write(FeedFrame.resync(slice.feed.refusal(of: cursor), slice.feed), into: &bytes)
            cursor = slice.feed.head
        } else {
            for change in slice.changes { framing.write(FeedFrame.change(change), into: &bytes) }
            // Where a damaged ledger has nothing before its head there is nothing to wait for.
            cursor = slice.changes.last?.id ?? slice.feed.head
        }
        if bytes.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(bytes), promise: nil) }
        if let ring = hub.ring(of: workspace) { advance(ring) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            blocked = nil
            if let ring = hub.ring(of: workspace) { advance(ring) }
        }
        context.fireChannelWritabilityChanged()
    }

    /// Called once a second.
    func tick(_ now: NIODeadline) {
        guard let context, !isEnding else { return }
        if now >= endsAt { return end() }
        if !context.channel.isWritable {
            // Nothing is written meanwhile, so what waits becomes less by what the client takes, however slowly.
            let waiting = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
            if let blocked, waiting >= blocked.bytes {
                if now - blocked.since > hub.patience { context.close(promise: nil) }
            } else {
                blocked = (now, waiting)
            }
            return
        }
        blocked = nil
        if let ring = hub.ring(of: workspace) {
            // A ring is seldom behind a stream for so long, unless the feed was set back: the table tells.
            if cursor > ring.head, !isReading { readTable() } else { advance(ring) }
        }
        if now >= keepaliveAt {
            keepaliveAt = now + hub.keepalive
            context.writeAndFlush(wrapOutboundOut(framing.keepalive), promise: nil)
        }
    }

    /// Ends the stream after what was written: the client comes back with its cursor.
    func end() {
        guard let context, !isEnding else { return }
        isEnding = true
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(framing.goodbye), promise: written)
        // Who does not take even that is not waited for.
        context.eventLoop.scheduleTask(in: .seconds(2)) { bound.value.close(promise: nil) }
    }

    /// What a client of a stream still sends means nothing; it is read so that its end is noticed.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func channelReadComplete(context: ChannelHandlerContext) { context.read() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: end()
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is StreamDoor.TakenOver { context.fireErrorCaught(error) } else { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave()
        self.context = nil
    }

    /// The framework takes its connection for over, and closes it; it has become this stream's.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) { promise?.succeed() }

    private func leave() {
        guard isCounted else { return }
        isCounted = false
        loop.remove(self)
        hub.left(admitted)
    }
}
