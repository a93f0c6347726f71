package import AsyncHTTPClient
package import ColophonBlobs
package import ColophonCore
import Foundation
import NIOCore

/// A real S3 server: SeaweedFS on free ports, over a folder of its own; on loopback, unless other hosts are to reach it.
///
/// A shell watches over it and reads commands from this process; when this process is gone, however it went, the shell reads the
/// end of them, kills the server and removes its folder.
package final class SeaweedServer: Sendable {
    package static let bucket = "colophon-test"
    /// May do everything.
    package static let admin = S3Credentials(accessKeyID: "test-admin", secretAccessKey: "invented-secret-of-the-admin")
    /// May read and list, not write; and makes no bucket by writing to one.
    package static let reader = S3Credentials(accessKeyID: "test-reader", secretAccessKey: "invented-secret-of-the-reader")
    package static let http = HTTPClient(configuration: S3BlobStore.configuration)

    /// False when somebody has asked to go without; then the tests that need it are left out, visibly.
    package static let isWanted = ProcessInfo.processInfo.environment["COLOPHON_TEST_WITHOUT_S3"] != "1"

    private static let common = Task { try await SeaweedServer() }

    /// The server that the tests of this process share; started by the first that asks.
    package static func shared() async throws -> SeaweedServer { try await common.value }

    package let endpoint: String
    private let commands: FileHandle
    private let scratch: String

    /// Starts a server and waits until it stores bytes.
    ///
    /// - Parameter address: Of this host; one that others know it by makes the server listen on all.
    package init(address: String = "127.0.0.1") async throws {
        let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../.deps/test-venv/bin/weed").standardizedFileURL.path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw SeaweedFailure(
                "\(program) is missing: run scripts/install-deps test, or set COLOPHON_TEST_WITHOUT_S3=1 to go without S3.")
        }
        // A short path: there will be sockets in it, whose names may have 107 bytes.
        let folder = NSTemporaryDirectory() + "/colophon-weed-" + UUID().uuidString.prefix(8)
        scratch = "\(folder)/scratch"
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        try Data(Self.identities.utf8).write(to: URL(fileURLWithPath: "\(folder)/identities.json"))
        let ports = try FreePorts.find(9)
        endpoint = "http://\(address):\(ports[0])"
        let pipe = Pipe()
        commands = pipe.fileHandleForWriting
        // No other child may hold it: the shell would not see its end.
        _ = fcntl(commands.fileDescriptor, F_SETFD, FD_CLOEXEC)
        let watch = Process()
        watch.executableURL = URL(fileURLWithPath: "/bin/sh")
        watch.arguments = ["-c", Self.watch, folder, program] + Self.arguments(folder: folder, address: address, ports: ports)
        watch.standardInput = pipe.fileHandleForReading
        try watch.run()
        try await start()
    }

    deinit { try? commands.close() }

    /// Starts the server over what it stored before, and waits until it stores bytes again.
    package func start() async throws {
        try commands.write(contentsOf: Data("start\n".utf8))
        let probe = try store(prefix: "probe")
        let end = ContinuousClock.now + .seconds(90)
        while true {
            do { return try await probe.check() } catch {
                guard ContinuousClock.now < end else { throw SeaweedFailure("SeaweedFS does not store anything: \(error)") }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// Kills the server, as a power loss would, and waits until nothing answers.
    package func kill() async throws {
        try commands.write(contentsOf: Data("kill\n".utf8))
        let end = ContinuousClock.now + .seconds(20)
        while (try? await Self.http.execute(HTTPClientRequest(url: "\(endpoint)/healthz"), timeout: .seconds(1))) != nil {
            guard ContinuousClock.now < end else { throw SeaweedFailure("SeaweedFS does not die.") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Where blobs lie on this server.
    package func location(bucket: String = bucket, prefix: String) -> String {
        "s3://\(bucket)/\(prefix)?endpoint=\(endpoint)&region=us-east-1&addressing=path"
    }

    package func store(
        bucket: String = bucket, prefix: String = UUID().uuidString.lowercased(), as credentials: S3Credentials = admin,
        clock: any WallClock = SystemClock(), patience: S3Patience = S3Patience()
    ) throws -> S3BlobStore {
        S3BlobStore(
            location: try S3Location(location(bucket: bucket, prefix: prefix)), credentials: credentials, http: Self.http,
            scratch: scratch, clock: clock, patience: patience)
    }

    /// Gives a store that names the bucket in the host, under a name that only its own client knows.
    package func withVirtualHostStore(prefix: String, _ body: (S3BlobStore) async throws -> Void) async throws {
        let port = endpoint.split(separator: ":").last ?? ""
        let text = "s3://\(Self.bucket)/\(prefix)?endpoint=http://\(Self.domain):\(port)&addressing=virtual"
        var configuration = S3BlobStore.configuration
        configuration.dnsOverride = ["\(Self.bucket).\(Self.domain)": "127.0.0.1"]
        try await HTTPClient.withHTTPClient(configuration: configuration) { http in
            try await body(S3BlobStore(location: S3Location(text), credentials: Self.admin, http: http, scratch: scratch))
        }
    }

    private static let domain = "s3.test"

    /// Without `wait`: a child inherits this process's signal mask, in which the shell would never hear that its child has ended.
    private static let watch = """
        while read -r word; do
            case $word in
                start) "$@" >"$0/log" 2>&1 </dev/null & pid=$! ;;
                kill) kill -9 "$pid" ;;
            esac
        done
        kill -9 "$pid"
        rm -rf "$0" || { sleep 1; rm -rf "$0"; }
        """

    private static func arguments(folder: String, address: String, ports: [UInt16]) -> [String] {
        [
            "server", "-ip=\(address)", "-ip.bind=\(address == "127.0.0.1" ? address : "0.0.0.0")", "-dir=\(folder)", "-s3",
            "-s3.port=\(ports[0])", "-s3.port.grpc=\(ports[1])",
            "-s3.port.iceberg=0", "-s3.domainName=\(domain)", "-s3.port.lance=0", "-s3.localSocket=\(folder)/s3.sock",
            "-s3.config=\(folder)/identities.json",
            "-filer.port=\(ports[2])", "-filer.port.grpc=\(ports[3])", "-filer.localSocket=\(folder)/filer.sock",
            "-master.port=\(ports[4])", "-master.port.grpc=\(ports[5])", "-master.telemetry=false", "-master.electionTimeout=1s",
            "-master.volumeSizeLimitMB=64", "-volume.port=\(ports[6])", "-volume.port.grpc=\(ports[7])", "-volume.max=200",
            "-volume.preStopSeconds=0",
        ]
    }

    private static let identities = """
        {"identities": [
            {"name": "admin", "actions": ["Admin", "Read", "Write", "List"],
             "credentials": [{"accessKey": "\(admin.accessKeyID)", "secretKey": "\(admin.secretAccessKey)"}]},
            {"name": "reader", "actions": ["Read", "List"],
             "credentials": [{"accessKey": "\(reader.accessKeyID)", "secretKey": "\(reader.secretAccessKey)"}]}
        ]}
        """
}

package struct SeaweedFailure: Error, CustomStringConvertible {
    package var description: String

    init(_ description: String) { self.description = description }
}
