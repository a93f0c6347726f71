package import Foundation
import Synchronization

/// A PostgreSQL server of our own on loopback, in a folder that goes with it. It ends with this process, however this process ends.
package final class PostgresServer: Sendable {
    package let port: Int
    package let folder: String
    private let address: String
    private let programs: String
    private let arguments: [String]
    private let process: Mutex<ChildProcess>

    package static let loopback = "127.0.0.1"

    /// The one server of this process, started when it is first asked for.
    package static func shared() async throws -> PostgresServer { try await started.value }

    private static let started = Task { try await PostgresServer.start(settings: ["fsync=off", "max_connections=500"]) }

    /// Makes a cluster and starts a server over it.
    ///
    /// - Parameters:
    ///   - settings: As the server's `-c` takes them.
    ///   - address: Of this host; one that others know it by lets in whoever is on the same network.
    package static func start(settings: [String] = [], address: String = loopback) async throws -> PostgresServer {
        let folder = NSTemporaryDirectory() + "/colophon-postgres-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let programs = try programFolder()
        _ = try await run("/bin/sh", ["-c", "chmod 755 '\(folder)'; if [ $(id -u) = 0 ]; then chown postgres '\(folder)'; fi"])
        let initdb = ["\(programs)/initdb", "-D", "\(folder)/data", "-U", "colophon", "-A", "trust", "-E", "UTF8", "--no-sync"]
        try await run("/bin/sh", ["-c", "\(asServerUser(initdb).joined(separator: " ")) >'\(folder)/initdb.log' 2>&1"])
        let port = try freePort()
        let addresses = address == loopback ? loopback : "\(loopback),\(address)"
        if address != loopback { try await run("/bin/sh", ["-c", "echo host all all samenet trust >>'\(folder)/data/pg_hba.conf'"]) }
        let words =
            ["-D", "\(folder)/data", "-p", "\(port)", "-c", "listen_addresses=\(addresses)", "-c", "unix_socket_directories=\(folder)"]
            + settings.flatMap { ["-c", $0] }
        let server = PostgresServer(
            port: port, folder: folder, address: address, programs: programs, arguments: words, process: try spawn(programs, words, folder))
        try await server.waitUntilReady()
        return server
    }

    private init(port: Int, folder: String, address: String, programs: String, arguments: [String], process: ChildProcess) {
        self.port = port
        self.folder = folder
        self.address = address
        self.programs = programs
        self.arguments = arguments
        self.process = Mutex(process)
    }

    /// The URL of its database, over TCP.
    package var url: String { "postgres://colophon@\(address):\(port)/postgres" }
    /// The same over the server's Unix socket.
    package var socketURL: String {
        "postgres://colophon@/postgres?host=\(folder.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? folder)&port=\(port)"
    }

    package var pid: pid_t { process.withLock { $0.pid } }

    /// Makes a schema.
    ///
    /// - Returns: A URL whose connections see only it.
    package func emptySchema() async throws -> String {
        let name = "s" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        try await execute("CREATE SCHEMA \(name)")
        return "\(url)?options=-csearch_path%3D\(name)"
    }

    /// The name of a schema that `emptySchema()` made.
    package static func schemaName(in url: String) -> String { String(url.split(separator: "D").last ?? "") }

    /// Runs SQL by `psql`.
    ///
    /// - Returns: What it printed, without decoration.
    @discardableResult
    package func execute(_ sql: String) async throws -> String {
        let output = "\(folder)-psql-\(UUID().uuidString)"
        defer { unlink(output) }
        let psql = try ChildProcess("\(programs)/psql", ["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", url, "-c", sql], output: output)
        let status = await psql.wait(timeout: .seconds(60)).status
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard status == 0 else { throw StartFailure(log: text) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Ends the server at once, as a crash would (its backends see their postmaster die), and waits until its port is free.
    package func kill() async {
        let running = process.withLock { $0 }
        let children = running.children
        running.send(SIGKILL)
        for child in children { Foundation.kill(child, SIGKILL) }
        _ = await running.wait(timeout: .seconds(10))
        // As long as one of them holds the shared memory, no server starts over the same folder.
        let end = ContinuousClock.now + .seconds(10)
        while children.contains(where: { Foundation.kill($0, 0) == 0 }), ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Starts it again after `kill` or `stop`.
    package func restart() async throws {
        unlink("\(folder)/data/postmaster.pid")
        let fresh = try Self.spawn(programs, arguments, folder)
        process.withLock { $0 = fresh }
        try await waitUntilReady()
    }

    /// Stops it for good and removes its folder.
    package func stop() async {
        let running = process.withLock { $0 }
        running.send(SIGINT)
        _ = await running.wait(timeout: .seconds(20))
        try? FileManager.default.removeItem(atPath: folder)
        unlink("\(folder).log")
    }

    package func waitUntilReady() async throws {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            let probe = try ChildProcess("\(programs)/pg_isready", ["-q", "-h", "127.0.0.1", "-p", "\(port)"])
            if await probe.wait(timeout: .seconds(10)).status == 0 { return }
            guard ContinuousClock.now < end, !process.withLock({ $0.hasEnded() }) else {
                throw StartFailure(log: (try? String(contentsOfFile: "\(folder).log", encoding: .utf8)) ?? "no log")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

extension PostgresServer {
    /// Where the server's programs lie: `COLOPHON_TEST_POSTGRES_BIN`, or the newest of Debian's.
    private static func programFolder() throws -> String {
        if let named = ProcessInfo.processInfo.environment["COLOPHON_TEST_POSTGRES_BIN"] { return named }
        let root = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap { Int($0) }.sorted()
        guard let newest = versions.last else { throw StartFailure(log: "no PostgreSQL server is installed below \(root)") }
        return "\(root)/\(newest)/bin"
    }

    /// The server refuses to run as root.
    private static func asServerUser(_ words: [String]) -> [String] {
        if getuid() != 0 { return words }
        return ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] + words
    }

    private static func spawn(_ programs: String, _ arguments: [String], _ folder: String) throws -> ChildProcess {
        let words = asServerUser(["\(programs)/postgres"] + arguments)
        let process = try ChildProcess(words[0], Array(words.dropFirst()), output: "\(folder).log")
        // Whoever started it may be killed: then nobody else would end it.
        let watch = "while kill -0 \(getpid()) 2>/dev/null; do kill -0 \(process.pid) 2>/dev/null || exit; sleep 1; done; "
        let end = "kill -QUIT \(process.pid) 2>/dev/null; sleep 1; rm -rf '\(folder)' '\(folder).log'"
        _ = try ChildProcess("/bin/sh", ["-c", watch + end])
        return process
    }

    @discardableResult
    private static func run(_ program: String, _ arguments: [String]) async throws -> Int32 {
        let status = await (try ChildProcess(program, arguments)).wait(timeout: .seconds(120)).status
        guard status == 0 else { throw StartFailure(log: "\(program) \(arguments.joined(separator: " ")) ended with \(status)") }
        return status
    }

    private static func freePort() throws -> Int {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
