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
    private let environment: [String: String]
    private var server: ChildProcess
    private var workers: [ChildProcess] = []
    /// While one is being killed nobody else may start it again.
    private var isKilling = false

    /// - Parameters:
    ///   - database: Nil keeps the ledger in the data folder.
    ///   - environment: Added to this process's own.
    static func start(
        program: String, data: String, database: PostgresServer?, environment: [String: String] = [:]
    ) async throws -> Cluster {
        let first = try await ColophonServerProcess.start(
            program: program, data: data, arguments: ["--no-worker"] + common(database), environment: environment)
        let port = first.address.split(separator: ":").last.flatMap { Int($0) } ?? 0
        let cluster = Cluster(
            program: program, data: data, port: port, database: database, environment: environment, server: first.process,
            client: first.client)
        try await cluster.startWorkers(2)
        return cluster
    }

    private init(
        program: String, data: String, port: Int, database: PostgresServer?, environment: [String: String], server: ChildProcess,
        client: ColophonClient
    ) {
        self.program = program
        self.data = data
        self.port = port
        self.database = database
        self.environment = environment
        self.server = server
        self.client = client
    }

    private static func common(_ database: PostgresServer?) -> [String] {
        ["--lease", "\(leaseSeconds)"] + (database.map { ["--database", $0.url] } ?? [])
    }

    private func startWorkers(_ count: Int) throws { for _ in 0..<count { workers.append(try startWorker()) } }

    private func startWorker() throws -> ChildProcess {
        try ChildProcess(
            program, ["work", "--data", data, "--slots", "2"] + Self.common(database), environment: environment,
            output: "\(data).log")
    }

    private func startServer() throws -> ChildProcess {
        try ChildProcess(
            program, ["serve", "--data", data, "--port", "\(port)", "--no-worker"] + Self.common(database),
            environment: environment, output: "\(data).log")
    }

    /// Kills one process and starts it again.
    ///
    /// - Returns: Whether there was one to kill: at times no child is at work.
    func kill(_ kill: KillSchedule.Kill) async throws -> Bool {
        isKilling = true
        defer { isKilling = false }
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
    ///
    /// - Returns: How many had ended.
    @discardableResult
    func supervise() throws -> Int {
        if isKilling { return 0 }
        var ended = 0
        if server.hasEnded() {
            server = try startServer()
            ended += 1
        }
        for (index, worker) in workers.enumerated() where worker.hasEnded() {
            workers[index] = try startWorker()
            ended += 1
        }
        return ended
    }

    /// What an operator does when nothing else helps.
    func restartAll() async throws {
        for process in workers + [server] { process.send(SIGKILL) }
        for process in workers + [server] { _ = await process.wait(timeout: .seconds(10)) }
        server = try startServer()
        workers = try workers.map { _ in try startWorker() }
    }

    /// Whether a document is being read right now.
    var hasChildren: Bool { !workers.flatMap(\.children).isEmpty }

    func stop() async {
        for process in workers + [server] { process.send(SIGTERM) }
        for process in workers + [server] { _ = await process.wait(timeout: .seconds(20)) }
    }
}
