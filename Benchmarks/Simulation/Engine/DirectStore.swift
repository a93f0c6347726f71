import ColophonCore
import ColophonStore

/// The product's store over the simulated database, without a network between: for setting up and for looking after.
struct DirectStore {
    private let executor = AtOnce()
    private let store: SQLStore

    init(_ database: InPlaceSQLite) { store = SQLStore(Direct(database: database)) }

    /// Calls verbs and waits for them: nothing in them suspends, so they are done when their one job is.
    func run<Result: Sendable>(_ body: @escaping @Sendable (SQLStore) async throws -> Result) throws -> Result {
        let answer = Answer<Result>()
        Task(executorPreference: executor) { [store] in
            do { answer.value = .success(try await body(store)) } catch { answer.value = .failure(error) }
        }
        executor.drain()
        guard let value = answer.value else { preconditionFailure("a verb over a database at hand does not wait") }
        return try value.get()
    }

    private final class Answer<Value>: @unchecked Sendable { var value: Result<Value, any Error>? }

    private struct Direct: SQLDatabase, @unchecked Sendable {
        let database: InPlaceSQLite
        var dialect: SQLDialect { .sqlite }
        var commitCount: Int { 0 }

        func write<Result: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Result) async throws -> Result {
            try atOnce { try database.write(body).result }
        }
        func read<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
            try atOnce { try database.read(body) }
        }
        func close() async throws {}

        private func atOnce<Result>(_ body: () throws -> Result) rethrows -> Result { try body() }
    }

    private final class AtOnce: TaskExecutor, @unchecked Sendable {
        private var jobs: [UnownedJob] = []

        func enqueue(_ job: consuming ExecutorJob) { jobs.append(UnownedJob(job)) }

        func drain() {
            while let job = jobs.popLast() { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }
}
