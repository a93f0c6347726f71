import ColophonProcesses
import Foundation

/// Accepts connections on loopback and hands each to a thread of its own; closed with the last reference.
///
/// For servers that break off where no proper one would.
package final class LoopbackListener: Sendable {
    /// `http://` and so on.
    package let address: String
    private let listener: Int32

    package init(_ serve: @escaping @Sendable (LoopbackConnection) -> Void) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        address = "http://127.0.0.1:\(try LoopbackAddress.bind(listener))"
        guard listen(listener, 16) == 0 else { throw POSIXError(.EIO) }
        let listener = listener
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else {
                    // By whoever uses it last: closed elsewhere, its number could be another's by the time it is asked again.
                    close(listener)
                    return
                }
                Thread.detachNewThread { serve(LoopbackConnection(descriptor: connection)) }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }
}

/// One accepted connection; whoever serves it closes it.
package struct LoopbackConnection: Sendable {
    package let descriptor: Int32

    /// - Returns: Nil when the other side hung up before the request's end.
    package func readRequest() -> (head: String, body: [UInt8])? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }?.dropFirst(15)
                let wanted = end.upperBound + (length.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) } ?? 0)
                if bytes.count >= wanted { return (head, Array(bytes[end.upperBound..<wanted])) }
            }
            let got = recv(descriptor, &buffer, buffer.count, 0)
            guard got > 0 else { return nil }
            bytes += buffer[..<got]
        }
    }

    /// - Returns: Whether the other side took all of it.
    @discardableResult
    package func send(_ bytes: some Sequence<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    package func waitForEnd() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
    }

    /// Lets whoever reads or writes go; the descriptor stays taken until `end`.
    package func cut() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    package func end() { close(descriptor) }
}

extension LoopbackConnection: Equatable {}
