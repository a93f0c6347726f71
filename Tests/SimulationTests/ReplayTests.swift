import ColophonSimulation
import Testing

@Suite struct ReplayTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a seed tells the same story twice`(seed: UInt64) throws {
        #expect(try Simulation(seed: seed, jobs: 5).run() == Simulation(seed: seed, jobs: 5).run())
    }
}
