import ColophonProcesses
import ColophonSimulation
import ColophonTestSupport
import Foundation
import Testing

/// A finding is worth what its replay is: the same seed must tell the same story, whoever runs it and whatever ran before.
@Suite(.serialized) struct ReplayTests {
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `a seed tells the same story twice`(seed: UInt64) async throws {
        let story = try await apart { try Simulation(seed: seed, jobs: 10, isTraced: true).run() }
        #expect(try await apart { try Simulation(seed: seed, jobs: 10, isTraced: true).run() } == story)
        #expect(story.trace.count > 20)
    }

    @Test func `a seed tells the same story alone and after others`() async throws {
        let last = try await apart {
            var last: SimulationReport?
            try Simulation.runAll((1...6).map { Simulation(seed: $0, jobs: 10) }) { report in
                last = report
                return true
            }
            return last
        }
        #expect(try await apart { try Simulation(seed: 6, jobs: 10).run() } == last)
    }

    @Test func `seeds tell different stories`() async throws {
        let hashes = try await apart { try (1...6).map { try Simulation(seed: $0, jobs: 10).run().hash } }
        #expect(Set(hashes).count == 6)
    }

    @Test func `another process, with other hash seeds and threads, tells the same stories`() async throws {
        let fingerprint = String(try await apart { try Campaign(seeds: 12, jobs: 10, threads: 1).run().fingerprint }, radix: 16)
        let folder = try TemporaryFolder()
        let output = "\(folder.path)/output"
        let child = try ChildProcess(Programs.simulation, ["--seeds", "12", "--jobs", "10", "--threads", "2"], output: output)
        _ = await child.wait(timeout: .seconds(120))
        #expect(try String(contentsOfFile: output, encoding: .utf8).contains("fingerprint \(fingerprint)\n"))
    }
}
