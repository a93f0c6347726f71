import Foundation

/// One request at a time over one connection that is kept: no client's pool, no retries, nothing between the caller and the wire.
package final class PlainHTTP {
    package struct Answer {
        package var status: Int
        package var headers: [String: String]
        package var body: [UInt8]

        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    private let port: UInt16
    private let timeout: Duration
    private var socket: LoopbackSocket?

    package init(port: UInt16, timeout: Duration = .seconds(30)) {
        self.port = port
        self.timeout = timeout
    }

    /// - Throws: `WireFault` when no whole answer came in time.
    package func ask(_ method: String, _ path: String, _ headers: [String: String] = [:], body: String? = nil) throws -> Answer {
        try ask(method, path, headers, bytes: body.map { Array($0.utf8) })
    }

    package func ask(_ method: String, _ path: String, _ headers: [String: String] = [:], bytes body: [UInt8]?) throws -> Answer {
        let socket = try self.socket ?? LoopbackSocket(port: port)
        self.socket = nil
        var lines = headers.map { "\($0): \($1)\r\n" }.joined()
        if let body { lines += "Content-Length: \(body.count)\r\n" }
        try socket.send(Array("\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(lines)\r\n".utf8) + (body ?? []))
        var answer = AnswerReader()
        var received: [UInt8] = []
        let end = ContinuousClock.now + timeout
        while !answer.isComplete {
            guard .now < end, case .bytes(let bytes) = socket.receive(timeout: end - .now) else {
                throw WireFault("no whole answer to \(method) \(path)", at: received)
            }
            received += try answer.read(bytes)
        }
        if answer.headers["connection"] != "close" { self.socket = socket }
        return Answer(status: answer.status ?? 0, headers: answer.headers, body: received)
    }
}
