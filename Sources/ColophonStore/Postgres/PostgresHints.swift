package import ColophonCore
import Foundation
package import Logging
import Synchronization

/// Hints by LISTEN and NOTIFY, over a connection of their own.
///
/// A NOTIFY takes a lock on the whole cluster while it commits, so it is never part of a business transaction; here it is a transaction of
/// its own, one for however many calls came while the last was on its way.
package final class PostgresHints: PeerHints {
    /// What each hint is called on the server.
    static func channel(_ hint: Hint) -> String {
        switch hint {
        case .work: "colophon_jobs"
        case .feed: "colophon_feed"
        }
    }

    /// The shortest time between two announcements: under load feeds move with every commit.
    static let spacing: Duration = .milliseconds(5)
    /// How long to wait before a lost connection is made again.
    static let pause: Duration = .seconds(1)

    private struct State {
        var due: Set<Hint> = []
        var isClosed = false
    }

    private let settings: PostgresSettings
    private let receiver: HintReceiver
    private let logger: Logger
    private let state = Mutex(State())
    /// Wakes the thread out of its poll: what is written to the one end makes the other readable.
    private let bell: (reading: Int32, writing: Int32)
    private let running = DispatchGroup()

    /// - Parameter receiver: Told what another process announces.
    /// - Throws: `unavailable` when the process has no descriptors left.
    package init(_ settings: PostgresSettings, _ receiver: HintReceiver, logger: Logger) throws {
        self.settings = settings
        self.receiver = receiver
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

    package func announce(_ hint: Hint) {
        state.withLock { state in
            if state.isClosed { return }
            // Whoever rang has been heard, or will be.
            if state.due.insert(hint).inserted { ring() }
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
            for hint in Hint.allCases { try connection.command("LISTEN \(Self.channel(hint))") }
            // Something may have been announced while nobody listened.
            for hint in Hint.allCases { receiver.receive(hint) }
            while !isClosed {
                let due = state.withLock { state in
                    defer { state.due = [] }
                    return state.due
                }
                if !due.isEmpty {
                    try connection.command(due.map { "NOTIFY \(Self.channel($0))" }.joined(separator: "; "))
                }
                let heard = Set(try connection.notifications())
                for hint in Hint.allCases where heard.contains(Self.channel(hint)) { receiver.receive(hint) }
                if !due.isEmpty { wait(for: -1, timeout: Self.spacing, hearsBell: false) }
                wait(for: connection.socket, timeout: .seconds(60))
            }
        } catch {
            logger.debug("Hints are away; work is found by looking once a second.", metadata: ["error": "\(error)"])
            wait(for: -1, timeout: Self.pause)
        }
    }

    private func wait(for socket: Int32, timeout: Duration, hearsBell: Bool = true) {
        guard hearsBell else {
            Thread.sleep(forTimeInterval: Double(timeout.wholeMilliseconds) / 1000)
            return
        }
        var descriptors = [
            pollfd(fd: bell.reading, events: Int16(POLLIN), revents: 0), pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&descriptors, 2, Int32(timeout.wholeMilliseconds))
        var bytes = [UInt8](repeating: 0, count: 256)
        _ = read(bell.reading, &bytes, bytes.count)
    }
}
