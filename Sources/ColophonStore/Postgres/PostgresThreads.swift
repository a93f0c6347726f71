import ColophonCore
import Foundation
import Synchronization

/// Threads that each keep one connection and take the next piece of work from one queue.
///
/// libpq blocks, so its calls stay off the cooperative pool; and a transaction that never leaves its thread cannot be left open by a
/// task that waits for something else.
final class PostgresThreads: Sendable {
    /// The most pieces of work that may wait; more are refused as `unavailable`.
    static let waitingMax = 10_000
    /// How long a server that refused a connection is not asked again: those who wait are told at once instead of each trying.
    static let pauseAfterRefusal: Duration = .milliseconds(500)

    /// Runs with a way to get a connection, once; it must not throw.
    typealias Work = @Sendable (PostgresThread) -> Void

    private struct State {
        var waiting: [Work] = []
        /// Where the queue begins in `waiting`; what lies before it is gone.
        var first = 0
        var isClosed = false
        var refusal: (until: ContinuousClock.Instant, failure: PostgresFailure)?
    }

    private let settings: PostgresSettings
    private let state = Mutex(State())
    private let available = DispatchSemaphore(value: 0)
    private let running = DispatchGroup()

    init(_ settings: PostgresSettings) {
        self.settings = settings
        for index in 0..<settings.connections {
            running.enter()
            let thread = Thread { [self] in
                loop()
                running.leave()
            }
            thread.name = "postgres-\(index)"
            thread.start()
        }
    }

    /// - Returns: Whether it was taken; if not it will never run.
    func submit(_ work: @escaping Work) -> Bool {
        let taken = state.withLock { state in
            guard !state.isClosed, state.waiting.count - state.first < Self.waitingMax else { return false }
            state.waiting.append(work)
            return true
        }
        if taken { available.signal() }
        return taken
    }

    /// Lets what waits run, then ends the threads and their connections; returns when they have ended.
    func close() async {
        end()
        await running.ended()
    }

    /// As `close`, without waiting.
    func end() {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        if isFirst { for _ in 0..<settings.connections { available.signal() } }
    }

    /// - Throws: `PostgresFailure`.
    func connect() throws -> PostgresConnection {
        if let refusal = state.withLock({ $0.refusal }), refusal.until > .now { throw refusal.failure }
        do {
            let connection = try PostgresConnection(settings)
            state.withLock { $0.refusal = nil }
            return connection
        } catch let failure as PostgresFailure {
            state.withLock { $0.refusal = (.now + Self.pauseAfterRefusal, failure) }
            throw failure
        }
    }

    private func loop() {
        let thread = PostgresThread(threads: self)
        while true {
            available.wait()
            guard let work = next() else { return }
            work(thread)
        }
    }

    private func next() -> Work? {
        state.withLock { state in
            guard state.first < state.waiting.count else { return nil }
            let work = state.waiting[state.first]
            state.first += 1
            if state.first == state.waiting.count || state.first >= 1024 {
                state.waiting.removeFirst(state.first)
                state.first = 0
            }
            return work
        }
    }
}

/// What one thread keeps between two pieces of work.
final class PostgresThread {
    private let threads: PostgresThreads
    private var connection: PostgresConnection?

    init(threads: PostgresThreads) { self.threads = threads }

    /// The thread's connection, made anew where the last one is lost.
    ///
    /// - Throws: `PostgresFailure`.
    func connected() throws -> PostgresConnection {
        if let connection, connection.isUsable { return connection }
        connection = nil
        let fresh = try threads.connect()
        connection = fresh
        return fresh
    }

    func drop() { connection = nil }
}
