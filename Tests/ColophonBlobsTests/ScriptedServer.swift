import ColophonProcesses
import ColophonTestSupport
import Foundation
import Synchronization

/// An HTTP server that answers one request after another as a test says, and can break off where no proper server would.
///
/// One request a connection, one thread for all of them; closed with the last reference.
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

    let endpoint: String
    private let listener: Int32
    private let shared = Shared()

    /// What the thread and its owner both see.
    private final class Shared: Sendable {
        let heads = Mutex<[String]>([])
        let silent = Mutex<[Int32]>([])
    }

    /// - Parameter answer: Given the request's head, and how many came before it.
    init(answer: @escaping @Sendable (String, Int) -> Answer) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        endpoint = "http://127.0.0.1:\(try LoopbackAddress.bind(listener))"
        guard listen(listener, 16) == 0 else { throw POSIXError(.EIO) }
        let (listener, shared) = (listener, shared)
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Self.serve(connection, shared, answer)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        for connection in shared.silent.withLock({ $0 }) { close(connection) }
    }

    /// The heads of the requests so far.
    var requests: [String] { shared.heads.withLock { $0 } }

    private static func serve(_ connection: Int32, _ shared: Shared, _ answer: (String, Int) -> Answer) {
        guard let head = readRequest(connection) else {
            close(connection)
            return
        }
        let index = shared.heads.withLock { heads in
            heads.append(head)
            return heads.count - 1
        }
        switch answer(head, index) {
        case .hangUp: close(connection)
        case .stall(let bytes, let length):
            send(Array("HTTP/1.1 200 Said\r\ncontent-length: \(length)\r\n\r\n".utf8) + bytes, to: connection)
            shared.silent.withLock { $0.append(connection) }
        case .silence: shared.silent.withLock { $0.append(connection) }
        case .respond(let status, let headers, let body, let cutAfter):
            let lines = headers.merging(["connection": "close", "content-length": "\(body.count)"]) { given, _ in given }
            let text = "HTTP/1.1 \(status) Said\r\n" + lines.map { "\($0.key): \($0.value)\r\n" }.joined() + "\r\n"
            var bytes = Array(text.utf8) + body.prefix(cutAfter ?? body.count)
            if head.hasPrefix("HEAD ") { bytes = Array(text.utf8) }
            send(bytes, to: connection)
            close(connection)
        }
    }

    private static func send(_ bytes: [UInt8], to connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    /// Reads a request to its end and gives its head.
    private static func readRequest(_ connection: Int32) -> String? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var wanted: Int?
        while wanted.map({ bytes.count < $0 }) ?? true {
            let got = recv(connection, &buffer, buffer.count, 0)
            guard got > 0 else { return nil }
            bytes += buffer[..<got]
            if wanted == nil, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
                let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }?.dropFirst(15)
                wanted = end.upperBound + (length.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) } ?? 0)
            }
        }
        return bytes.firstRange(of: Array("\r\n\r\n".utf8)).map { String(decoding: bytes[..<$0.lowerBound], as: UTF8.self) }
    }
}
