import ColophonProcesses

/// Waits until something is seen of other processes; looks each second millisecond, for a minute at most.
func wait(for what: String, _ isThere: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while !isThere() {
        guard ContinuousClock.now < end else { throw StartFailure(log: "No sign of \(what) within a minute.") }
        try await Task.sleep(for: .milliseconds(2))
    }
}
