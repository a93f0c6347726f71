import Dispatch
import Synchronization

/// Many seeds, on as many threads as there are cores: each thread has a world of its own, so what a seed tells does not depend on it.
package struct Campaign: Sendable {
    package var first: UInt64
    package var seeds: UInt64
    package var jobs: Int
    package var mutant: Mutant
    package var threads: Int

    package init(first: UInt64 = 1, seeds: UInt64, jobs: Int = 20, mutant: Mutant = .none, threads: Int = 1) {
        self.first = first
        self.seeds = seeds
        self.jobs = jobs
        self.mutant = mutant
        self.threads = threads
    }

    package struct Summary: Sendable {
        /// Of every story that was told, in any order.
        package var fingerprint: UInt64 = 0
        package var seeds: UInt64 = 0
        package var calls = 0
        package var steps = 0
        package var hours = 0.0
        package var ended: [String: Int] = [:]
        package var tally = Tally()
        /// The seeds in which something was wrong, in their order; at most `brokenMax`.
        package var broken: [SimulationReport] = []

        mutating func add(_ report: SimulationReport) {
            fingerprint ^= report.hash &* (2 &* report.seed &+ 1)
            seeds += 1
            calls += report.calls
            steps += report.steps
            hours += report.seconds / 3600
            ended.merge(report.ended) { $0 + $1 }
            tally.add(report.tally)
            guard !report.findings.isEmpty else { return }
            broken.append(report)
            broken.sort { $0.seed < $1.seed }
        }
    }

    /// Runs the seeds; ends early when enough of them are broken.
    ///
    /// - Throws: What a thread threw; none does for a bug of the product.
    package func run(brokenMax: Int = 10) throws -> Summary {
        let summary = Mutex(Summary())
        let next = Atomic<UInt64>(first)
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            do {
                let simulations = AnyIterator<Simulation> {
                    let seed = next.add(1, ordering: .relaxed).oldValue
                    return seed - first < seeds ? Simulation(seed: seed, jobs: jobs, mutant: mutant) : nil
                }
                try Simulation.runAll(simulations) { report in
                    summary.withLock { summary in
                        summary.add(report)
                        return summary.broken.count < brokenMax
                    }
                }
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return summary.withLock { $0 }
    }
}
