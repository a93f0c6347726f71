import ColophonTestSupport
import Synchronization

/// An HTTP server that answers as a test says, and can break off where no proper server would.
///
/// One request a connection, a thread for each; closed with the last reference.
final class ScriptedServer: Sendable {
    /// What a request gets.
    enum Answer: Sendable {
        /// Status line and headers are made from these; the body is cut after so many bytes when `cutAfter` says so.
        case respond(Int, headers: [String: String] = [:], body: [UInt8] = [], cutAfter: Int? = nil)
        /// The first bytes of a body of this length, and then nothing more.
        case stall([UInt8], of: Int)
        /// The connection is closed without a word.
        case hangUp
        /// Nothing is said until the server is closed.
        case silence
    }

    var endpoint: String { listener.address }
    private let listener: LoopbackListener
    private let shared: Shared

    /// What the threads and their owner both see.
    private final class Shared: Sendable {
        let heads = Mutex<[String]>([])
        let silent = Mutex<[LoopbackConnection]>([])
    }

    /// - Parameter answer: Given the request's head, and how many came before it.
    init(answer: @escaping @Sendable (String, Int) -> Answer) throws {
        let shared = Shared()
        self.shared = shared
        listener = try LoopbackListener { Self.serve($0, shared, answer) }
    }

    deinit {
        for connection in shared.silent.withLock({ $0 }) { connection.end() }
    }

    /// The heads of the requests so far.
    var requests: [String] { shared.heads.withLock { $0 } }

    private static func serve(_ connection: LoopbackConnection, _ shared: Shared, _ answer: (String, Int) -> Answer) {
        guard let (head, _) = connection.readRequest() else { return connection.end() }
        let index = shared.heads.withLock { heads in
            heads.append(head)
            return heads.count - 1
        }
        switch answer(head, index) {
        case .hangUp: connection.end()
        case .stall(let bytes, let length):
            connection.send(Array("HTTP/1.1 200 Said\r\ncontent-length: \(length)\r\n\r\n".utf8) + bytes)
            shared.silent.withLock { $0.append(connection) }
        case .silence: shared.silent.withLock { $0.append(connection) }
        case .respond(let status, let headers, let body, let cutAfter):
            let lines = headers.merging(["connection": "close", "content-length": "\(body.count)"]) { given, _ in given }
            let text = "HTTP/1.1 \(status) Said\r\n" + lines.map { "\($0.key): \($0.value)\r\n" }.joined() + "\r\n"
            var bytes = Array(text.utf8) + body.prefix(cutAfter ?? body.count)
            if head.hasPrefix("HEAD ") { bytes = Array(text.utf8) }
            connection.send(bytes)
            connection.end()
        }
    }
}
