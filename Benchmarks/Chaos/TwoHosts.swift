import ColophonBlobs
import ColophonCore
import ColophonProcesses
import ColophonStore
import Foundation
import Synchronization

/// PostgreSQL, an S3 store and the API on one host, and two workers on hosts of their own.
struct TwoHosts: Sendable {
    struct Worker: Sendable {
        let host: PrivateNetwork.Host
        let process: ChildProcess
        let log: String
    }

    let network: PrivateNetwork
    let lease: Duration
    let folder: String
    let api: ColophonServerProcess
    let workers: [Worker]
    let database: any SQLDatabase
    let uploads = UploadLog()
    private let postgres: PostgresServer
    private let s3: SeaweedServer

    var store: SQLStore { SQLStore(database) }

    static func start(program: String, folder: String, lease: Int, network: PrivateNetwork) async throws -> TwoHosts {
        let postgres = try await PostgresServer.start(address: PrivateNetwork.address)
        let s3 = try await SeaweedServer(address: PrivateNetwork.address)
        let environment = [
            "AWS_ACCESS_KEY_ID": SeaweedServer.admin.accessKeyID, "AWS_SECRET_ACCESS_KEY": SeaweedServer.admin.secretAccessKey,
            "COLOPHON_DATABASE": postgres.url, "COLOPHON_BLOBS": s3.location(prefix: "hosts"), "COLOPHON_LEASE": "\(lease)",
        ]
        let api = try await ColophonServerProcess.start(
            program: program, data: "\(folder)/api", arguments: ["--no-worker"], environment: environment)
        var workers: [Worker] = []
        for (index, name) in ["red", "blue"].enumerated() {
            let host = try await network.addHost(name, number: index + 1)
            let log = "\(folder)/\(name).log"
            let process = try host.start(
                program, ["work", "--data", "\(folder)/\(name)", "--slots", "1"], environment: environment, output: log)
            workers.append(Worker(host: host, process: process, log: log))
        }
        let database = try await PostgresDatabase.open(PostgresSettings(url: postgres.url))
        return TwoHosts(
            network: network, lease: .seconds(lease), folder: folder, api: api, workers: workers, database: database, postgres: postgres,
            s3: s3)
    }

    private init(
        network: PrivateNetwork, lease: Duration, folder: String, api: ColophonServerProcess, workers: [Worker],
        database: any SQLDatabase, postgres: PostgresServer, s3: SeaweedServer
    ) {
        self.network = network
        self.lease = lease
        self.folder = folder
        self.api = api
        self.workers = workers
        self.database = database
        self.postgres = postgres
        self.s3 = s3
    }

    /// Ends what works, looks at every row and every object, and ends the rest.
    func stopAndAudit() async throws -> [String] {
        var findings = workers.filter { $0.process.hasEnded() }.map { "the worker on \($0.host.name) has ended" }
        for process in workers.map(\.process) + [api.process] {
            process.send(SIGTERM)
            _ = await process.wait(timeout: .seconds(20))
        }
        do {
            findings += try await Audit(store: store, blobs: try s3.store(prefix: "hosts"), accepted: uploads.accepted).findings()
        } catch { findings.append("the audit itself: \(error)") }
        try await database.close()
        await postgres.stop()
        for worker in workers { await network.remove(worker.host) }
        return findings
    }
}
