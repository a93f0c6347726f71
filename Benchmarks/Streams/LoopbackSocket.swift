import Foundation

/// A connection over loopback that blocks its thread, with a limit on every wait. Used by one thread; closed with the last reference.
package final class LoopbackSocket {
    package let descriptor: Int32

    package enum Received {
        case bytes([UInt8])
        /// Nothing came in time.
        case nothing
        /// The other end is gone, politely or not.
        case end
    }

    /// Connects.
    ///
    /// - Parameters:
    ///   - source: The last number of the 127.0.0.x that it comes from: each has ports of its own.
    ///   - buffer: The receive buffer in bytes, for a reader that is to be slow; nil leaves it to the kernel.
    /// - Throws: `POSIXError`.
    package init(port: UInt16, from source: UInt8 = 1, buffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE) }
        if let buffer { set(SO_RCVBUF, buffer) }
        if source != 1 {
            var own = Self.address(0x7F00_0000 + UInt32(source), port: 0)
            guard Self.with(&own, { bind(descriptor, $0, $1) }) == 0 else { throw failure() }
        }
        var address = Self.address(0x7F00_0001, port: port)
        guard Self.with(&address, { connect(descriptor, $0, $1) }) == 0 else { throw failure() }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    package func send(_ text: String) throws { try send(Array(text.utf8)) }

    package func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw failure() }
            sent += count
        }
    }

    /// Waits for bytes, `timeout` at most.
    package func receive(most: Int = 65_536, timeout: Duration) -> Received {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let milliseconds = timeout.components.seconds * 1000 + timeout.components.attoseconds / 1_000_000_000_000_000
        guard poll(&wanted, 1, Int32(clamping: max(0, milliseconds))) > 0 else { return .nothing }
        let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, most, 0))
        }
        return bytes.isEmpty ? .end : .bytes(bytes)
    }

    /// Says that nothing more will be sent.
    package func closeWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Has the connection end in a reset rather than in a farewell when it is closed.
    package func resetWhenClosed() {
        var linger = Foundation.linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
    }

    private func set(_ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private func failure() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

    static func address(_ host: UInt32, port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = host.bigEndian
        return address
    }

    static func with<Result>(_ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
