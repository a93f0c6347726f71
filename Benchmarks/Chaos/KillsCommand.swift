import ArgumentParser
import ColophonProcesses
import Foundation

/// Kills the server, its workers and their children at random moments while documents are uploaded and run, and then proves that
/// nothing was lost. The same seed gives the same schedule.
struct KillsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "kills", abstract: "Processes die at random moments.")

    @Option(help: "How many processes to kill.") var kills = 500
    @Option(help: "How many documents to upload meanwhile.") var documents = 200
    @Option(help: "Decides moments and victims.") var seed: UInt64 = 1
    @Flag(help: "Keep the ledger on a PostgreSQL server of its own, which is killed as well.") var postgres = false
    @Option(help: "How many of the kills hit the PostgreSQL server.") var databaseKills = 0
    @Option(help: "The mean pause between two kills, in milliseconds.") var pause = 200
    @Option(help: "How long a document that is sent right after a kill may take, in seconds.") var backWithin = 10
    @Option(help: "The program; default the one beside this.") var program: String?
    @Option(help: "Keep the data here instead of in a folder that is removed.") var data: String?

    func run() async throws {
        let program = program ?? "\(ColophonChaos.folder)/colophon"
        let folder = data ?? NSTemporaryDirectory() + "/colophon-chaos-\(getpid())"
        let schedule = KillSchedule(kills: kills, databaseKills: postgres ? databaseKills : 0, meanPause: .milliseconds(pause), seed: seed)
        print("schedule of seed \(seed), mean pause \(pause) ms:")
        print(schedule.description)

        let database = postgres ? try await PostgresServer.start() : nil
        let cluster = try await Cluster.start(program: program, data: folder, database: database)
        let report: Rampage.Report
        do {
            report = try await Rampage(cluster: cluster, schedule: schedule, documents: documents, seed: seed).run()
        } catch {
            await cluster.stop()
            await database?.stop()
            print("BROKEN the rampage itself: \(error); the data is in \(folder)")
            throw ExitCode(1)
        }
        await cluster.stop()
        var findings = try await Audit.findings(data: folder, database: database, accepted: report.accepted)
        let late = report.recoveries.filter { $0 > .seconds(backWithin) }
        findings += late.map { "a document sent right after a kill was done only after \($0.inTenths) s" }
        await database?.stop()
        print(report.description)
        if data == nil && findings.isEmpty { try? FileManager.default.removeItem(atPath: folder) }
        guard findings.isEmpty else {
            for finding in findings { print("BROKEN \(finding)") }
            print("the data is in \(folder)")
            throw ExitCode(1)
        }
        print("0 uploads lost, 0 runs stuck, 0 results committed twice, every rule of the ledger holds")
    }
}
