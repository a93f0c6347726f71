import ColophonClient
import ColophonProcesses
import Foundation

/// A server without a worker and two workers over one data folder, each started again when it is killed.
actor Cluster {
    static let leaseSeconds = 2

    nonisolated let data: String
    nonisolated let client: ColophonClient
    private let program: String
    private let port: Int
    private let database: PostgresServer?
    private var server: ChildProcess
    private var workers: [ChildProcess] = []

    /// - Parameter database: Nil keeps the ledger in the data folder.
    static func start(program: String, data: String, database: PostgresServer?) async throws -> Cluster {
        let first = try await ColophonServerProcess.start(
            program: program, data: data, arguments: ["--no-worker"] + common(database))
        let port = first.address.split(separator: ":").last.flatMap { Int($0) } ?? 0
        let cluster = Cluster(
            program: program, data: data, port: port, database: database, server: first.process, client: first.client)
        try await cluster.startWorkers(2)
        return cluster
    }

    private init(program: String, data: String, port: Int, database: PostgresServer?, server: ChildProcess, client: ColophonClient) {
        self.program = program
        self.data = data
        self.port = port
        self.database = database
        self.server = server
        self.client = client
    }

    private static func common(_ database: PostgresServer?) -> [String] {
        ["--lease", "\(leaseSeconds)"] + (database.map { ["--database", $0.url] } ?? [])
    }

    private func startWorkers(_ count: Int) throws { for _ in 0..<count { workers.append(try startWorker()) } }

    private func startWorker() throws -> ChildProcess {
        try ChildProcess(
            program, ["work", "--data", data, "--slots", "2"] + Self.common(database), output: "\(data).log")
    }

    private func startServer() throws -> ChildProcess {
        try ChildProcess(
            program, ["serve", "--data", data, "--port", "\(port)", "--no-worker"] + Self.common(database), output: "\(data).log"
        )
    }

    /// Kills one process and starts it again.
    ///
    /// - Returns: Whether there was one to kill: at times no child is at work.
    func kill(_ kill: KillSchedule.Kill) async throws -> Bool {
        switch kill.victim {
        case .database:
            guard let database else { return true }
            await database.kill()
            try await database.restart()
        case .server:
            server.send(SIGKILL)
            _ = await server.wait(timeout: .seconds(10))
            server = try startServer()
        case .worker:
            let index = Int(kill.choice % UInt64(workers.count))
            workers[index].send(SIGKILL)
            _ = await workers[index].wait(timeout: .seconds(10))
            workers[index] = try startWorker()
        case .child:
            let children = workers.flatMap(\.children)
            if children.isEmpty { return false }
            Foundation.kill(children[Int(kill.choice % UInt64(children.count))], SIGKILL)
        }
        return true
    }

    /// Starts again what has ended by itself: a worker that finds no database for ten seconds when it starts gives up, and whoever
    /// supervises it tries again.
    func supervise() throws {
        if server.hasEnded() { server = try startServer() }
        for (index, worker) in workers.enumerated() where worker.hasEnded() { workers[index] = try startWorker() }
    }

    /// Whether a document is being read right now.
    var hasChildren: Bool { !workers.flatMap(\.children).isEmpty }

    func stop() async {
        for process in workers + [server] { process.send(SIGTERM) }
        for process in workers + [server] { _ = await process.wait(timeout: .seconds(20)) }
    }
}
