package import ColophonProcesses
import Foundation

/// Debian's nginx on loopback, with all that it writes in a folder of its own.
package struct NginxServer: Sendable {
    package let process: ChildProcess
    package let port: UInt16

    /// Starts it and waits until it accepts connections.
    ///
    /// - Parameters:
    ///   - folder: Must be there; short, and to be seen by the account that nginx works under.
    ///   - modules: Files that are loaded.
    ///   - locations: What is inside `server { … }` beside `listen`.
    ///   - settings: What is inside `http { … }` beside that.
    package static func start(
        folder: String, modules: [String] = [], settings: String = debianDefaults, locations: String
    ) async throws -> NginxServer {
        let port = try FreePorts.find(1)[0]
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder)/\($0);" }
        let configuration = """
            \(modules.map { "load_module \($0);" }.joined(separator: "\n"))
            daemon off; worker_processes 1; pid \(folder)/nginx.pid; error_log \(folder)/error.log;
            worker_rlimit_nofile 20000;
            events { worker_connections 19000; }
            http {
                access_log off; \(temporary.joined(separator: " "))
                \(settings)
                server { listen 127.0.0.1:\(port) backlog=8192; \(locations) }
            }
            """
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: "\(folder)/nginx.conf"))
        let words = ["-p", folder, "-c", "\(folder)/nginx.conf", "-e", "\(folder)/error.log"]
        let process = try ChildProcess("/usr/sbin/nginx", words, output: "\(folder)/output")
        let end = ContinuousClock.now + .seconds(10)
        while (try? LoopbackSocket(port: port)) == nil {
            guard ContinuousClock.now < end, !process.hasEnded() else {
                process.send(SIGKILL)
                throw StartFailure(log: "nginx: " + ((try? String(contentsOfFile: "\(folder)/output", encoding: .utf8)) ?? ""))
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        return NginxServer(process: process, port: port)
    }

    /// What stands in the nginx.conf that Debian installs, as far as it touches what passes through.
    package static let debianDefaults =
        "sendfile on; tcp_nopush on; types_hash_max_size 2048; include /etc/nginx/mime.types; "
        + "default_type application/octet-stream; gzip on;"
}
