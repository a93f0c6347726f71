import ColophonCore
import ColophonStore

/// Bugs in what stands around the store: clocks, polls, bounds, and where bytes lie.
extension Mutant {
    static let inSurroundings: [Mutant] = [
        Mutant(name: "process-clocks", sentence: "leases are judged by the clock of whichever process asks", trustsProcessClocks: true),
        Mutant(
            name: "no-poll", sentence: "workers look at the queue only when they are woken", pollInterval: .seconds(1_000_000)),
        Mutant(name: "no-bound-on-attempts", sentence: "a failed attempt is tried again without a bound", policy: endless),
        Mutant(
            name: "results-without-epoch", sentence: "every attempt writes its results to the same place", seedsMax: 100,
            store: { SharedResults.Ledger(SQLStore($0, machine: $1)) }, blobs: { SharedResults.Blobs(inner: $0) }),
        Mutant(
            name: "sweep-takes-young", sentence: "the sweep removes bytes however young they are",
            limits: {
                var limits = $0
                limits.leftoverAge = .zero
                return limits
            }),
    ]

    private static var endless: RetryPolicy {
        var policy = RetryPolicy()
        policy.attemptsMax = .max
        return policy
    }
}
