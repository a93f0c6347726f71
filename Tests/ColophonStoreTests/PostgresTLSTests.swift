import ColophonCore
import ColophonProcesses
import ColophonTestSupport
import Foundation
import Testing

@testable import ColophonStore

/// What `sslmode` and its companions in the URL demand is kept.
@Suite(.timeLimit(.minutes(3))) struct PostgresTLSTests {
    @Test func `a server is reached over TLS, and only one whose certificate is the demanded one`() async throws {
        let folder = try TemporaryFolder()
        for name in ["server", "other"] {
            let make =
                "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout"
                + " '\(folder.path)/\(name).key' -out '\(folder.path)/\(name).crt' 2>/dev/null"
            try await shell(make)
        }
        // The server may be another user, and takes no key that others can read.
        let owner = "chmod 600 '\(folder.path)/server.key'; if [ $(id -u) = 0 ]; then chown postgres '\(folder.path)/server.key'; fi"
        try await shell("chmod 755 '\(folder.path)'; \(owner)")
        let server = try await PostgresServer.start(settings: [
            "fsync=off", "ssl=on", "ssl_cert_file=\(folder.path)/server.crt", "ssl_key_file=\(folder.path)/server.key",
        ])
        let url = server.url.replacingOccurrences(of: PostgresServer.loopback, with: "localhost")
        func open(_ options: String) async throws -> PostgresDatabase { try await .open(PostgresSettings(url: "\(url)?\(options)")) }

        let database = try await open("sslmode=verify-full&sslrootcert=\(folder.path)/server.crt")
        let isSecret = try await database.read {
            try $0.row("SELECT ssl::INTEGER::BIGINT AS ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", [])?.integer("ssl")
        }
        #expect(isSecret == 1)
        try await database.close()

        let start = ContinuousClock.now
        let refused = await #expect(throws: ColophonError.self) {
            try await open("sslmode=verify-full&sslrootcert=\(folder.path)/other.crt").close()
        }
        #expect(refused?.code == .unavailable && refused?.message.contains("certificate") == true && refused?.retryAfterSeconds == nil)
        // Nobody waits for a certificate to become another one.
        #expect(start.duration(to: .now) < PostgresDatabase.openTimeout)
        await server.stop()
    }

    @Test func `a server without TLS is refused where TLS is demanded`() async throws {
        let url = try await PostgresServer.shared().url
        let refused = await #expect(throws: ColophonError.self) {
            try await PostgresDatabase.open(PostgresSettings(url: "\(url)?sslmode=require")).close()
        }
        #expect(refused?.code == .unavailable && refused?.message.contains("TLS") == true && refused?.retryAfterSeconds == nil)
    }

    private func shell(_ command: String) async throws {
        let status = await (try ChildProcess("/bin/sh", ["-c", command])).wait(timeout: .seconds(60)).status
        try #require(status == 0, "\(command)")
    }
}
