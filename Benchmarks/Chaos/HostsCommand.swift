import ArgumentParser
import ColophonBlobs
import ColophonCore
import ColophonProcesses
import ColophonSamples
import ColophonStore
import Foundation

/// Cuts a host off its network in the middle of a run, again and again: its run must go on under the other one in time, and whatever
/// it says later must have no effect.
struct HostsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hosts", abstract: "One of two hosts loses its network in the middle of a run.")

    @Option(help: "How often a host is cut off.") var rounds = 3
    @Option(help: "How long a claim lasts, in seconds.") var lease = 5
    @Option(help: "How many pages the documents have whose readers lose their network.") var pages = 2000
    @Option(help: "Decides the moments.") var seed: UInt64 = 1
    @Option(help: "The program; default the one beside this.") var program: String?

    func run() async throws {
        let network = try await PrivateNetwork.enter()
        let folder = NSTemporaryDirectory() + "/colophon-hosts-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let hosts = try await TwoHosts.start(
            program: program ?? "\(ColophonChaos.folder)/colophon", folder: folder, lease: lease, network: network)
        var findings: [String] = []
        do {
            var generator = SplitMix64(seed: seed)
            for round in 0..<rounds {
                let cut = try await HostsRound(hosts: hosts, index: round, pages: pages).play(
                    pause: .milliseconds(50 + Int(generator.next() % 1000)))
                print(cut.description)
                findings += cut.findings
            }
        } catch { findings.append("the rounds themselves: \(error)") }
        findings += try await hosts.stopAndAudit()
        guard findings.isEmpty else {
            for finding in findings { print("BROKEN \(finding)") }
            print("the logs are in \(folder)")
            throw ExitCode(1)
        }
        try? FileManager.default.removeItem(atPath: folder)
        print(
            "\(rounds) hosts cut off: every run went on elsewhere, 0 results committed twice, 0 late effects, every rule of the ledger holds"
        )
    }
}
