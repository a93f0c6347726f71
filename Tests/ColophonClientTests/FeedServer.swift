import ColophonProcesses
import Foundation
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

    let address: String
    private let listener: Int32
    private let shared = Shared()

    private final class Shared: Sendable {
        let heads = Mutex<[String]>([])
        let open = Mutex<[Int32]>([])
        let sent = Mutex(0)
    }

    /// - Parameter answer: Given the request's method and target, its head in lower case, and its body.
    init(answer: @escaping @Sendable (_ line: String, _ head: String, _ body: [UInt8]) -> Answer) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        address = "http://127.0.0.1:\(try LoopbackAddress.bind(listener))"
        guard listen(listener, 16) == 0 else { throw POSIXError(.EIO) }
        let (listener, shared) = (listener, shared)
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { Self.serve(connection, shared, answer) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        // Threads that still write find their connection shut, and leave.
        for connection in shared.open.withLock({ $0 }) { shutdown(connection, Int32(SHUT_RDWR)) }
    }

    /// The heads of the requests so far.
    var requests: [String] { shared.heads.withLock { $0 } }
    /// Bytes of floods that were taken by the network.
    var sentBytes: Int { shared.sent.withLock { $0 } }

    private static func serve(_ connection: Int32, _ shared: Shared, _ answer: (String, String, [UInt8]) -> Answer) {
        shared.open.withLock { $0.append(connection) }
        guard let (head, body) = readRequest(connection) else { return end(connection, shared) }
        shared.heads.withLock { $0.append(head) }
        let line = head.split(separator: "\r\n").first.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } ?? ""
        let start = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n"
        switch answer(line, head.lowercased(), body) {
        case .hangUp: break
        case .respond(let status, let headers, let body):
            let lines = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
            send(
                "HTTP/1.1 \(status) Said\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: \(body.utf8.count)\r\n"
                    + lines + "\r\n" + body, connection)
        case .stream(let text, let headers): send(start + headers.map { "\($0.key): \($0.value)\r\n" }.joined() + "\r\n" + text, connection)
        case .hold(let text):
            // Left to `deinit`, or to the client.
            if send(start + "\r\n" + text, connection) { _ = waitForEnd(connection) }
        case .flood(let text):
            var round = 0
            var goesOn = send(start + "\r\n", connection)
            while goesOn {
                let piece = text(round)
                goesOn = send(piece, connection)
                if goesOn { shared.sent.withLock { $0 += piece.utf8.count } }
                round += 1
            }
        }
        end(connection, shared)
    }

    private static func end(_ connection: Int32, _ shared: Shared) {
        shared.open.withLock { open in
            open.removeAll { $0 == connection }
            close(connection)
        }
    }

    private static func waitForEnd(_ connection: Int32) -> Bool {
        var byte: UInt8 = 0
        return recv(connection, &byte, 1, 0) <= 0
    }

    @discardableResult
    private static func send(_ text: String, _ connection: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    private static func readRequest(_ connection: Int32) -> (head: String, body: [UInt8])? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }?.dropFirst(15)
                let wanted = end.upperBound + (length.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) } ?? 0)
                if bytes.count >= wanted { return (head, Array(bytes[end.upperBound..<wanted])) }
            }
            let got = recv(connection, &buffer, buffer.count, 0)
            guard got > 0 else { return nil }
            bytes += buffer[..<got]
        }
    }
}
