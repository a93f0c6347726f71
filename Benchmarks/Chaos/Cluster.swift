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
    private var server: ChildProcess
    private var workers: [ChildProcess] = []

    static func start(program: String, data: String) async throws -> Cluster {
        let first = try await ColophonServerProcess.start(
            program: program, data: data, arguments: ["--no-worker", "--lease", "\(leaseSeconds)"])
        let port = first.address.split(separator: ":").last.flatMap { Int($0) } ?? 0
        let cluster = Cluster(program: program, data: data, port: port, server: first.process, client: first.client)
        try await cluster.startWorkers(2)
        return cluster
    }

    private init(program: String, data: String, port: Int, server: ChildProcess, client: ColophonClient) {
        self.program = program
        self.data = data
        self.port = port
        self.server = server
        self.client = client
    }

    private func startWorkers(_ count: Int) throws { for _ in 0..<count { workers.append(try startWorker()) } }

    private func startWorker() throws -> ChildProcess {
        try ChildProcess(
            program, ["work", "--data", data, "--slots", "2", "--lease", "\(Self.leaseSeconds)"], output: "\(data).log")
    }

    private func startServer() throws -> ChildProcess {
        try ChildProcess(
            program, ["serve", "--data", data, "--port", "\(port)", "--no-worker", "--lease", "\(Self.leaseSeconds)"], output: "\(data).log"
        )
    }

    /// Kills one process and starts it again.
    ///
    /// - Returns: Whether there was one to kill: at times no child is at work.
    func kill(_ kill: KillSchedule.Kill) async throws -> Bool {
        switch kill.victim {
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

    /// Whether a document is being read right now.
    var hasChildren: Bool { !workers.flatMap(\.children).isEmpty }

    func stop() async {
        for process in workers + [server] { process.send(SIGTERM) }
        for process in workers + [server] { _ = await process.wait(timeout: .seconds(20)) }
    }
}
