package import ColophonCore
import Foundation
import Synchronization

/// Hints between processes over one data folder: each has a datagram socket in a folder that all know, and writes to all others.
///
/// A socket whose process has died refuses, and whoever finds it so removes it.
package final class SocketHints: PeerHints {
    /// The most sockets that are written to for one hint; more processes than this find their work by looking.
    static let peersMax = 64

    /// The shortest time between two hints about feeds, in seconds.
    private static let spacing = 0.002

    private let folder: String
    private let directory: Int32
    private let name: String
    private let socket: Int32
    private let running = DispatchGroup()
    private let feedMoved = DispatchSemaphore(value: 0)
    private let isFeedDue = Atomic(false)
    /// Held while the descriptors are used, so that none is written to that is closed by then.
    private let isClosed = Mutex(false)

    /// - Parameters:
    ///   - folder: Made if it is absent.
    ///   - receiver: Told what another process announces.
    /// - Throws: `unavailable` when no socket can be made there.
    package init(folder: String, _ receiver: HintReceiver) throws {
        self.folder = folder
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        name = "\(getpid())-\(UUIDv7.make().suffix(12)).sock"
        directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        socket = Foundation.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard directory >= 0, socket >= 0, Self.withAddress(directory, name, { bind(socket, $0, $1) }) == 0 else {
            let code = errno
            if directory >= 0 { Foundation.close(directory) }
            if socket >= 0 { Foundation.close(socket) }
            throw ColophonError(
                .unavailable, "The server cannot make a socket in \(folder).", cause: POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO))
        }
        running.enter()
        let thread = Thread { [self] in
            var byte: UInt8 = 0
            // Closing shuts the socket down, which ends the wait.
            while !isClosed.withLock({ $0 }) {
                let count = recv(socket, &byte, 1, 0)
                if count > 0 {
                    // What a newer version may send is worth a look at everything.
                    if let hint = Hint(rawValue: byte) { receiver.receive(hint) } else { Hint.allCases.forEach(receiver.receive) }
                } else if count < 0 && errno != EINTR {
                    break
                }
            }
            running.leave()
        }
        thread.name = "hints"
        thread.start()
        running.enter()
        let sender = Thread { [self] in
            while !isClosed.withLock({ $0 }) {
                feedMoved.wait()
                isFeedDue.store(false, ordering: .sequentiallyConsistent)
                send(.feed)
                Thread.sleep(forTimeInterval: Self.spacing)
            }
            running.leave()
        }
        sender.name = "feed-hints"
        sender.start()
    }

    package func announce(_ hint: Hint) {
        switch hint {
        case .work: send(hint)
        // Under load feeds move with every commit: whoever commits does not wait for the others' sockets.
        case .feed: if !isFeedDue.exchange(true, ordering: .sequentiallyConsistent) { feedMoved.signal() }
        }
    }

    private func send(_ hint: Hint) {
        // A folder that cannot be read costs hints alone: the others find their work by looking.
        let peers = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".sock") && $0 != name }
        isClosed.withLock { isClosed in
            if isClosed { return }
            for peer in peers.prefix(Self.peersMax) {
                var byte = hint.rawValue
                // A full socket has hints enough already.
                let sent = Self.withAddress(directory, peer) { sendto(socket, &byte, 1, Int32(MSG_DONTWAIT), $0, $1) }
                if sent < 0 && errno == ECONNREFUSED { unlink("\(folder)/\(peer)") }
            }
        }
    }

    package func close() async {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        guard isFirst else { return }
        unlink("\(folder)/\(name)")
        shutdown(socket, Int32(SHUT_RDWR))
        feedMoved.signal()
        await running.ended()
        Foundation.close(socket)
        Foundation.close(directory)
    }

    /// The address of a socket in the folder, by way of the folder's descriptor: a path of its own could be too long for one.
    private static func withAddress<Result>(
        _ directory: Int32, _ name: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) {
            $0.copyBytes(from: Array("/proc/self/fd/\(directory)/\(name)".utf8).prefix($0.count - 1))
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
