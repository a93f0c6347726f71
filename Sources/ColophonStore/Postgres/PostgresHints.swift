package import ColophonCore
import Foundation
package import Logging
import Synchronization

/// Hints by LISTEN and NOTIFY, over a connection of their own.
///
/// A NOTIFY takes a lock on the whole cluster while it commits, so it is never part of a business transaction; here it is a transaction of
/// its own, one for however many calls came while the last was on its way.
package final class PostgresHints: QueueHints {
    static let channel = "colophon_jobs"
    /// How long to wait before a lost connection is made again.
    static let pause: Duration = .seconds(1)

    private struct State {
        var isDue = false
        var isClosed = false
    }

    private let settings: PostgresSettings
    private let wake: WakeSignal
    private let logger: Logger
    private let state = Mutex(State())
    /// Wakes the thread out of its poll: what is written to the one end makes the other readable.
    private let bell: (reading: Int32, writing: Int32)
    private let running = DispatchGroup()

    /// - Parameter wake: Signalled when another process announces.
    /// - Throws: `unavailable` when the process has no descriptors left.
    package init(_ settings: PostgresSettings, wake: WakeSignal, logger: Logger) throws {
        self.settings = settings
        self.wake = wake
        self.logger = logger
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw ColophonError(
                .unavailable, "The server cannot make a pair of sockets.", cause: POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO))
        }
        bell = (ends[0], ends[1])
        running.enter()
        let thread = Thread { [self] in
            while !isClosed { serveUntilLost() }
            running.leave()
        }
        thread.name = "postgres-hints"
        thread.start()
    }

    package func announce() {
        state.withLock { state in
            if state.isClosed { return }
            state.isDue = true
            ring()
        }
    }

    package func close() async {
        let isFirst = state.withLock { state in
            defer {
                state.isClosed = true
                ring()
            }
            return !state.isClosed
        }
        guard isFirst else { return }
        await running.ended()
        Foundation.close(bell.reading)
        Foundation.close(bell.writing)
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    private func ring() {
        var byte: UInt8 = 1
        // A full socket is bell enough.
        _ = write(bell.writing, &byte, 1)
    }

    private func serveUntilLost() {
        do {
            let connection = try PostgresConnection(settings)
            try connection.command("LISTEN \(Self.channel)")
            // Something may have been announced while nobody listened.
            wake.signal()
            while !isClosed {
                if state.withLock({ state in
                    defer { state.isDue = false }
                    return state.isDue
                }) {
                    try connection.command("NOTIFY \(Self.channel)")
                }
                if try !connection.notifications().isEmpty { wake.signal() }
                wait(for: connection.socket, timeout: .seconds(60))
            }
        } catch {
            logger.debug("Hints are away; work is found by looking once a second.", metadata: ["error": "\(error)"])
            wait(for: -1, timeout: Self.pause)
        }
    }

    private func wait(for socket: Int32, timeout: Duration) {
        var descriptors = [
            pollfd(fd: bell.reading, events: Int16(POLLIN), revents: 0), pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&descriptors, 2, Int32(timeout.wholeMilliseconds))
        var bytes = [UInt8](repeating: 0, count: 256)
        _ = read(bell.reading, &bytes, bytes.count)
    }
}
