import ColophonSimulation
import Testing

/// A simulator that finds nothing proves nothing unless it finds what is there: each planted bug, within its number of seeds.
@Suite(.serialized) struct MutantTests {
    @Test(arguments: Mutant.all)
    func `a planted bug is found`(mutant: Mutant) async throws {
        let summary = try await apart { try Campaign(seeds: mutant.seedsMax, jobs: 20, mutant: mutant, threads: 1).run(brokenMax: 1) }
        #expect(!summary.broken.isEmpty, "\(mutant.name) was not found: \(mutant.sentence)")
    }

    @Test func `there are enough planted bugs, and each has a name of its own`() {
        #expect(Mutant.all.count >= 6 && Set(Mutant.all.map(\.name)).count == Mutant.all.count)
    }
}
