import UnixSignals

enum Interruption {
    /// Runs a body until it ends or somebody wants the program to end, by SIGINT (Ctrl-C) or SIGTERM; then it is cancelled.
    static func end(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let signals = await UnixSignalsSequence(trapping: [.sigint, .sigterm])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in signals { return } }
            group.addTask { try await body() }
            try await group.next()
            group.cancelAll()
        }
    }
}
