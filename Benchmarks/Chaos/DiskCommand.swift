import ArgumentParser
import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonSamples
import Foundation

/// Fills the disk below the data folder, or has its writes and syncs fail, at random moments of uploads and runs; and then proves that
/// nothing that was accepted is lost, and that work goes on when the disk is well again.
struct DiskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "disk", abstract: "The disk is full, or fails.")

    @Option(help: "How often the disk is full, or fails: by turns.") var cases = 40
    @Option(help: "Decides the moments.") var seed: UInt64 = 1
    @Option(help: "The program; default the one beside this.") var program: String?

    func run() async throws {
        // Who is not root may be root of namespaces of his own, where he may mount too.
        let options = getuid() == 0 ? "--mount" : "--user --map-root-user --mount"
        try await Apart.enter(options, probe: "mount -t tmpfs none /mnt", needs: "a kernel that lets it mount a small disk of memory")
        let folder = NSTemporaryDirectory() + "/colophon-disk-\(getpid())"
        let data = "\(folder)/data"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let disk = try SmallDisk.mount(at: data, megabytes: 64 + 16 * cases)
        let failing = try await FailingDisk.make(in: folder, data: data)
        if failing == nil { print("no C compiler here: every fault is a full disk") }
        let cluster = try await Cluster.start(
            program: program ?? "\(ColophonChaos.folder)/colophon", data: data, database: nil, environment: failing?.environment ?? [:])
        let log = UploadLog()
        var outcomes: [DiskCase.Outcome] = []
        var findings: [String] = []
        do {
            var generator = SplitMix64(seed: seed)
            for index in 0..<cases {
                let fault: any DiskFault = if let failing, !index.isMultiple(of: 2) { failing } else { disk }
                outcomes.append(
                    try await DiskCase(cluster: cluster, fault: fault, index: index, log: log).play(using: &generator))
                print(outcomes[index].description)
            }
            print("\(try await retryFailed(cluster, log)) runs were given up after all their attempts and tried again by hand")
        } catch { findings.append("the cases themselves: \(error)") }
        await cluster.stop()
        findings += outcomes.flatMap(\.findings)
        for (fault, cases) in Dictionary(grouping: outcomes, by: \.fault) where cases.count > 2 && cases.allSatisfy({ $0.refused == 0 }) {
            findings.append("no client noticed that the disk was \(fault)")
        }
        do { findings += try await Audit.findings(data: data, database: nil, accepted: log.accepted) } catch {
            findings.append("the audit itself: \(error)")
        }
        try report(outcomes, log)
        guard findings.isEmpty else {
            for finding in findings { print("BROKEN \(finding)") }
            print("the log is \(data).log")
            throw ExitCode(1)
        }
        disk.unmount()
        try? FileManager.default.removeItem(atPath: folder)
        print("0 uploads lost, 0 runs stuck, 0 results committed twice, every rule of the ledger holds")
    }

    /// What an operator does for those whose every attempt met the fault; the audit expects them to be complete after it.
    private func retryFailed(_ cluster: Cluster, _ log: UploadLog) async throws -> Int {
        var count = 0
        for upload in log.accepted {
            for run in try await cluster.client.runs(of: upload.documentID).runs where run.status == "failed" {
                _ = try await cluster.client.retry(run.runId, of: upload.documentID)
                _ = try await cluster.client.wait(for: upload.documentID)
                count += 1
            }
        }
        return count
    }

    private func report(_ outcomes: [DiskCase.Outcome], _ log: UploadLog) throws {
        let full = outcomes.filter { $0.fault == SmallDisk.name }
        let failed = outcomes.filter { $0.fault == FailingDisk.name }
        print("\(log.accepted.count) uploads accepted, \(log.retries) refused meanwhile")
        for (name, outcomes) in [(SmallDisk.name, full), (FailingDisk.name, failed)] where !outcomes.isEmpty {
            let worst = outcomes.map(\.recovery).max() ?? .zero
            print(
                "\(outcomes.count) times the disk was \(name), \(outcomes.filter { $0.refused > 0 }.count) of them noticed by clients: back at work after at most \(worst.inTenths) s; "
                    + "\(outcomes.map(\.ended).reduce(0, +)) processes ended by themselves, \(outcomes.filter(\.wasRestarted).count) restarts by hand"
            )
        }
    }
}
