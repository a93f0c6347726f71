import ColophonTestSupport
import Synchronization

/// An HTTP server that answers as a test says, several connections at once, and can break off a stream wherever it is told to.
///
/// One request a connection, a thread for each; closed with the last reference.
final class FeedServer: Sendable {
    enum Answer: Sendable {
        case respond(Int, headers: [String: String] = [:], body: String)
        /// A stream of these bytes, which then ends.
        case stream(String, headers: [String: String] = [:])
        /// A stream of these bytes that is left open.
        case hold(String)
        /// A stream that goes on until nobody reads it, made of these bytes over and over.
        case flood(@Sendable (Int) -> String)
        case hangUp
    }

    var address: String { listener.address }
    private let listener: LoopbackListener
    private let shared: Shared

    private final class Shared: Sendable {
        let heads = Mutex<[String]>([])
        let open = Mutex<[LoopbackConnection]>([])
        let sent = Mutex(0)
    }

    /// - Parameter answer: Given the request's method and target, its head in lower case, and its body.
    init(answer: @escaping @Sendable (_ line: String, _ head: String, _ body: [UInt8]) -> Answer) throws {
        let shared = Shared()
        self.shared = shared
        listener = try LoopbackListener { Self.serve($0, shared, answer) }
    }

    deinit {
        // Threads that still write find their connection shut, and leave.
        for connection in shared.open.withLock({ $0 }) { connection.cut() }
    }

    /// The heads of the requests so far.
    var requests: [String] { shared.heads.withLock { $0 } }
    /// Bytes of floods that were taken by the network.
    var sentBytes: Int { shared.sent.withLock { $0 } }

    private static func serve(_ connection: LoopbackConnection, _ shared: Shared, _ answer: (String, String, [UInt8]) -> Answer) {
        shared.open.withLock { $0.append(connection) }
        guard let (head, body) = connection.readRequest() else { return end(connection, shared) }
        shared.heads.withLock { $0.append(head) }
        let line = head.split(separator: "\r\n").first.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } ?? ""
        let start = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n"
        switch answer(line, head.lowercased(), body) {
        case .hangUp: break
        case .respond(let status, let headers, let body):
            let lines = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
            let start = "HTTP/1.1 \(status) Said\r\ncontent-type: application/json\r\nconnection: close\r\n"
            connection.send((start + "content-length: \(body.utf8.count)\r\n" + lines + "\r\n" + body).utf8)
        case .stream(let text, let headers):
            connection.send((start + headers.map { "\($0.key): \($0.value)\r\n" }.joined() + "\r\n" + text).utf8)
        case .hold(let text):
            // Left to `deinit`, or to the client.
            if connection.send((start + "\r\n" + text).utf8) { connection.waitForEnd() }
        case .flood(let text):
            var round = 0
            var goesOn = connection.send((start + "\r\n").utf8)
            while goesOn {
                let piece = text(round)
                goesOn = connection.send(piece.utf8)
                if goesOn { shared.sent.withLock { $0 += piece.utf8.count } }
                round += 1
            }
        }
        end(connection, shared)
    }

    private static func end(_ connection: LoopbackConnection, _ shared: Shared) {
        shared.open.withLock { open in
            open.removeAll { $0 == connection }
            connection.end()
        }
    }
}
