import ColophonAPI
import ColophonCore
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Stands in every connection before the framework, lets all requests pass but those for a stream of changes, and turns the connection of an
/// admitted one into a `FeedStream`: without the framework's task, iterators and coders a stream costs a fifth of what it would.
///
/// Answers go out in the order of their requests (RFC 9112, section 9.3.2), and nothing else sees to that here: a request for a stream waits
/// until the framework has answered those before it, and what follows it waits for its answer.
final class StreamDoor: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Tells the framework that its connection is no longer its own.
    struct TakenOver: Error {}

    /// What may wait behind a request for a stream, in parts and in their bytes; a client that sends more is not waited for.
    private static let waitingMax = 256
    private static let waitingBytesMax = 64 << 10

    private let hub: FeedHub
    private let version = VersionNote()
    private var asked: StreamRequest?
    private var isAdmitting = false
    /// Requests that the framework has not answered yet.
    private var unanswered = 0
    private var waiting: [HTTPRequestPart] = []
    private var waitingBytes = 0

    init(_ hub: FeedHub) { self.hub = hub }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        guard let codec = try? pipeline.handler(type: HTTP1ToHTTPServerCodec.self) else { return }
        try? pipeline.addHandler(version, position: .before(codec))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if isAdmitting || !waiting.isEmpty || mustWait(part, context) {
            waitingBytes += Self.bytes(of: part)
            guard waiting.count < Self.waitingMax, waitingBytes <= Self.waitingBytesMax else { return context.close(promise: nil) }
            waiting.append(part)
        } else {
            take(part, context)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isEnd = if case .end = unwrapOutboundIn(data) { true } else { false }
        context.write(data, promise: promise)
        if isEnd {
            unanswered = max(0, unanswered - 1)
            takeWaiting(context)
        }
    }

    private static func bytes(of part: HTTPRequestPart) -> Int {
        switch part {
        case .head(let head):
            (head.path?.utf8.count ?? 0) + head.headerFields.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count }
        case .body(let bytes): bytes.readableBytes
        case .end: 0
        }
    }

    private func mustWait(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) -> Bool {
        guard unanswered > 0, case .head(let head) = part else { return false }
        return streamRequest(head, context) != nil
    }

    private func streamRequest(_ head: HTTPRequest, _ context: ChannelHandlerContext) -> StreamRequest? {
        StreamRequest(head, framing: version.framing, remoteAddress: context.channel.remoteAddress)
    }

    private func takeWaiting(_ context: ChannelHandlerContext) {
        while !isAdmitting, let part = waiting.first, !mustWait(part, context) {
            waiting.removeFirst()
            waitingBytes -= Self.bytes(of: part)
            take(part, context)
        }
    }

    private func take(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head):
            asked = streamRequest(head, context)
            if asked != nil { return }
            unanswered += 1
        case .body: if asked != nil { return }
        case .end: if let asked { return admit(asked, context) }
        }
        context.fireChannelRead(wrapInboundOut(part))
    }

    private func admit(_ request: StreamRequest, _ context: ChannelHandlerContext) {
        isAdmitting = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let eventLoop = context.eventLoop
        hub.admit(request) { answer in
            eventLoop.execute {
                let (door, context) = bound.value
                door.asked = nil
                guard context.channel.isActive else {
                    if case .success(let admission) = answer { door.hub.gaveUp(admission.admitted) }
                    return
                }
                switch answer {
                case .success(let admission): door.open(admission, context: context)
                case .failure(let refusal):
                    door.refuse(request, refusal, context: context)
                    door.isAdmitting = false
                    door.takeWaiting(context)
                }
            }
        }
    }

    private func open(_ admission: StreamAdmission, context: ChannelHandlerContext) {
        let stream = FeedStream(admission, hub: hub, loop: hub.loop(of: context.eventLoop))
        let pipeline = context.pipeline.syncOperations
        do {
            try pipeline.addHandler(stream, position: .after(self))
        } catch {
            hub.gaveUp(admission.admitted)
            context.close(promise: nil)
            return
        }
        context.fireErrorCaught(TakenOver())
        // Bytes go to the socket as they are: the stream frames its answer itself.
        func remove<Handler: RemovableChannelHandler>(_ type: Handler.Type) {
            if let found = try? pipeline.context(handlerType: type) { pipeline.removeHandler(context: found, promise: nil) }
        }
        remove(HTTPConnectionStateHandler.self)
        remove(VersionNote.self)
        remove(HTTP1ToHTTPServerCodec.self)
        remove(ByteToMessageHandler<HTTPRequestDecoder>.self)
        remove(HTTPResponseEncoder.self)
        pipeline.removeHandler(context: context, promise: nil)
        stream.start(with: admission.bytes)
    }

    private func refuse(_ request: StreamRequest, _ refusal: StreamRefusal, context: ChannelHandlerContext) {
        var response = refusal.response
        response.headerFields[.contentLength] = "\(refusal.body.readableBytes)"
        let isLast = request.head.headerFields[.connection]?.lowercased() == "close"
        if isLast { response.headerFields[.connection] = "close" }
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        context.write(wrapOutboundOut(.body(refusal.body)), promise: nil)
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        if isLast { written.futureResult.whenComplete { _ in bound.value.close(promise: nil) } }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }
}

/// Keeps which version of HTTP a connection speaks: the framework's requests do not say.
private final class VersionNote: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart

    private(set) var framing = StreamFraming.chunked

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) {
            framing = head.version == .http1_0 || head.version.major == 0 ? .untilClose : .chunked
        }
        context.fireChannelRead(data)
    }
}
