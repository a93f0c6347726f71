import ColophonCore

/// Runs a simulation on a thread of its own: it holds its thread from its beginning to its end, and the cooperative pool's are few.
func apart<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await HeavyWork.threads.run(body)
}
