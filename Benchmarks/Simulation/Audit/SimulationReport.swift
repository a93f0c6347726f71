/// How one seed went.
package struct SimulationReport: Sendable, Equatable {
    package var seed: UInt64
    /// Of all that happened: equal for two runs of the same seed.
    package var hash: UInt64
    /// What is wrong, one sentence each; empty when nothing is.
    package var findings: [String]
    /// How much virtual time passed, in seconds.
    package var seconds: Double
    /// How many jobs the scheduler ran, and how many calls processes made.
    package var steps: Int
    package var calls: Int
    /// How many runs there were, by how they ended.
    package var ended: [String: Int]
    package var tally: Tally
    /// What happened, line by line; empty unless asked for.
    package var trace: [String]
}
