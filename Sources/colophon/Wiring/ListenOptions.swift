import ArgumentParser
import Foundation

/// Where a server listens.
struct ListenOptions: ParsableArguments {
    @Option(help: "The address to listen on (COLOPHON_HOST; default 127.0.0.1).")
    var host: String?

    @Option(help: "The port to listen on; 0 takes a free one (COLOPHON_PORT; default 8642, of a gateway 8643).")
    var port: Int?

    func validate() throws { _ = try address(port: 0) }

    /// - Parameter usual: The port where none is set.
    func address(port usual: Int) throws -> (host: String, port: Int) {
        let environment = ProcessInfo.processInfo.environment
        let port = port ?? environment["COLOPHON_PORT"].map { Int($0) ?? -1 } ?? usual
        guard (0...65535).contains(port) else { throw ValidationError("--port (COLOPHON_PORT) must be from 0 to 65535.") }
        return (host ?? environment["COLOPHON_HOST"] ?? "127.0.0.1", port)
    }
}
