import ColophonCore
import ColophonStore

/// A process's way to the one database: each transaction is a call that may be late, refused, or executed without an answer.
struct SimulatedDatabase: SQLDatabase {
    let process: SimulatedProcess
    var dialect: SQLDialect { .sqlite }
    var commitCount: Int { 0 }

    func write<Result: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Result) async throws -> Result {
        let verb = Verb.current
        let lost = ColophonError(.internal, "The commit may or may not have happened.")
        return try await process.call(.database, lost: lost) { [process] in
            try process.world.execute(verb, for: process, body)
        }
    }

    func read<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
        // As the real one does, which a cancelled task cannot read from.
        try Task.checkCancellation()
        let lost = ColophonError(.unavailable, "The database cannot be reached.")
        return try await process.call(.database, lost: lost) { [process] in
            try process.world.read(for: process, body)
        }
    }

    func close() async throws {}
}
