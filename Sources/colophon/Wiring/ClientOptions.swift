import ArgumentParser
import ColophonClient
import Foundation

/// Which server a command talks to, and as whom.
struct ClientOptions: ParsableArguments {
    static let defaultServer = "http://127.0.0.1:8642"

    @Option(help: "The server (COLOPHON_SERVER; default \(defaultServer)).")
    var server: String?

    @Option(help: "A key of the workspace (COLOPHON_KEY; default the data folder's local key).")
    var key: String?

    @Option(help: "A file with the certificates that an https server's must come from (COLOPHON_CA; default the system's).")
    var ca: String?

    @OptionGroup var data: DataFolder

    @Flag(help: "Print JSON.")
    var json = false

    func client() throws -> ColophonClient {
        let environment = ProcessInfo.processInfo.environment
        guard let key = key ?? environment["COLOPHON_KEY"] ?? LocalKey.read(from: data.keyPath) else {
            throw ExitStatusError(.usage, "No key: give --key or COLOPHON_KEY, or run this where \(data.keyPath) can be read.")
        }
        let ca = ca ?? environment["COLOPHON_CA"]
        if let ca, !FileManager.default.isReadableFile(atPath: ca) {
            throw ExitStatusError(.usage, "--ca (COLOPHON_CA): \(ca) cannot be read.")
        }
        return ColophonClient(server: server ?? environment["COLOPHON_SERVER"] ?? Self.defaultServer, key: key, trustedCA: ca)
    }
}
