import Foundation

/// A stream that is read frame by frame, and as strictly as it is written.
package struct OpenStream {
    package let socket: LoopbackSocket
    private var answer = AnswerReader()
    private var frames = FrameReader()
    private var waiting: [WireFrame] = []
    /// Whether the other end has closed.
    package private(set) var hasEnded = false

    /// Asks for the stream; nothing is read yet.
    package init(
        port: UInt16, path: String, headers: [String: String], from source: UInt8 = 1, buffer: Int32? = nil
    ) throws {
        socket = try LoopbackSocket(port: port, from: source, buffer: buffer)
        let lines = headers.map { "\($0): \($1)\r\n" }.joined()
        try socket.send("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(lines)\r\n")
    }

    package var status: Int? { answer.status }
    package var headers: [String: String] { answer.headers }
    /// Whether the server has said that this was all.
    package var isComplete: Bool { answer.isComplete }
    /// Whether what came ends at a frame's end.
    package var isBetweenFrames: Bool { frames.isBetweenFrames && waiting.isEmpty }

    /// The next frame; nil when none came in time, or the stream has ended.
    ///
    /// - Throws: `WireFault` for what is no stream.
    package mutating func next(within limit: Duration) throws -> WireFrame? {
        let end = ContinuousClock.now + limit
        while waiting.isEmpty, !hasEnded, .now < end {
            switch socket.receive(timeout: end - .now) {
            case .nothing: break
            case .end: hasEnded = true
            case .bytes(let bytes):
                let body = try answer.read(bytes)
                guard answer.status == nil || answer.status == 200 else {
                    throw WireFault("status \(answer.status ?? 0)", at: body)
                }
                waiting += try frames.read(body)
            }
        }
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }

    /// The next change, whatever else comes before it.
    package mutating func nextChange(within limit: Duration) throws -> FeedChange? {
        let end = ContinuousClock.now + limit
        while true {
            switch try next(within: end - .now) {
            case .change(let change): return change
            case nil: return nil
            default: continue
            }
        }
    }
}
