package import ColophonClient
import Foundation

/// A `colophon serve` that a test or a measurement started, with a client for it.
package struct ColophonServerProcess: Sendable {
    package let process: ChildProcess
    package let client: ColophonClient
    package let address: String
    /// From the start to the first line that says where it listens.
    package let startUp: Duration

    /// Starts a server on a free port and waits until it says where.
    ///
    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - trustedCA: For a server that speaks TLS: what its certificate comes from.
    package static func start(
        program: String, data: String, port: Int = 0, arguments: [String] = [], environment: [String: String] = [:],
        trustedCA: String? = nil
    ) async throws -> ColophonServerProcess {
        let log = "\(data).log"
        let before = (try? String(contentsOfFile: log, encoding: .utf8))?.count ?? 0
        let start = ContinuousClock.now
        // What is measured and broken here is the ledger, not a caller's allowance.
        let environment = ["COLOPHON_RATE_LIMIT": "0"].merging(environment) { $1 }
        let process = try ChildProcess(
            program, ["serve", "--data", data, "--port", "\(port)"] + arguments, environment: environment, output: log)
        while true {
            let text = ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").dropFirst(before)
            if let line = text.split(separator: "\n").first(where: { $0.contains("is ready at ") }),
                let address = line.split(separator: " ").last.map(String.init),
                let key = try? String(contentsOfFile: "\(data)/local.key", encoding: .utf8)
            {
                let client = ColophonClient(
                    server: address, key: key.trimmingCharacters(in: .whitespacesAndNewlines), trustedCA: trustedCA)
                return ColophonServerProcess(process: process, client: client, address: address, startUp: start.duration(to: .now))
            }
            guard ContinuousClock.now < start + .seconds(60), !process.hasEnded() else {
                process.send(SIGKILL)
                throw StartFailure(log: String(text))
            }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// The key that the server made at first start.
    package static func localKey(data: String) throws -> String {
        try String(contentsOfFile: "\(data)/local.key", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

package struct StartFailure: Error {
    package var log: String

    package init(log: String) { self.log = log }
}
