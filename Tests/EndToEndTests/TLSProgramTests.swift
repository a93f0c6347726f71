import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonTestSupport
import Foundation
import Testing

/// The server over TLS, and the commands that talk to it.
@Suite(.timeLimit(.minutes(3))) struct TLSProgramTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var data: String { "\(folder.path)/data" }

    private func shell(_ command: String) async throws {
        let status = await (try ChildProcess("/bin/sh", ["-c", command])).wait(timeout: .seconds(60)).status
        try #require(status == 0, "\(command)")
    }

    /// A certificate for this host, that comes from itself, and its key.
    private func makeCertificate(_ name: String) async throws -> (certificate: String, key: String) {
        let path = "\(folder.path)/\(name)"
        try await shell(
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout '\(path).key'"
                + " -out '\(path).crt' 2>/dev/null")
        return ("\(path).crt", "\(path).key")
    }

    private func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> (status: Int32, output: String) {
        let output = "\(folder.path)/out-\(UUID().uuidString)"
        let process = try ChildProcess(Programs.colophon, arguments, environment: environment, output: output)
        let status = await process.wait(timeout: .seconds(60)).status
        return (status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F), try String(contentsOfFile: output, encoding: .utf8))
    }

    @Test func `a server with a certificate speaks https, to those who trust it`() async throws {
        let (certificate, key) = try await makeCertificate("server")
        let other = try await makeCertificate("other").certificate
        let server = try await ColophonServerProcess.start(
            program: Programs.colophon, data: data, arguments: ["--no-worker", "--tls-cert", certificate, "--tls-key", key],
            trustedCA: certificate)
        defer { server.process.send(SIGKILL) }
        #expect(server.address.hasPrefix("https://127.0.0.1:"))
        try folder.write("hello", to: "a.txt")
        #expect(try await server.client.upload(path: "\(folder.path)/a.txt", to: "doc-tls").status == "queued")

        var environment = ["COLOPHON_DATA": data, "COLOPHON_SERVER": server.address, "COLOPHON_CA": certificate]
        #expect(try await run(["runs", "list", "doc-tls"], environment: environment).status == 0)
        environment["COLOPHON_CA"] = other
        #expect(try await run(["runs", "list", "doc-tls"], environment: environment).status == 69)
        environment["COLOPHON_CA"] = nil
        #expect(try await run(["runs", "list", "doc-tls"], environment: environment).status == 69)
        environment["COLOPHON_CA"] = "/nowhere"
        #expect(try await run(["runs", "list", "doc-tls"], environment: environment).status == 2)

        // Nothing older than TLS 1.2, and nothing without TLS.
        let place = server.address.dropFirst("https://".count)
        for (version, works) in [("-tls1_2", true), ("-tls1_3", true), ("-tls1_1 -cipher DEFAULT@SECLEVEL=0", false)] {
            let command =
                "openssl s_client -connect \(place) -CAfile '\(certificate)' -verify_return_error \(version) </dev/null >/dev/null 2>&1"
            let status = await (try ChildProcess("/bin/sh", ["-c", command])).wait(timeout: .seconds(60)).status
            #expect((status == 0) == works, "\(version)")
        }
        (environment["COLOPHON_SERVER"], environment["COLOPHON_CA"]) = ("http://\(place)", nil)
        #expect(try await run(["runs", "list", "doc-tls"], environment: environment).status == 69)
    }

    @Test func `a certificate that cannot be used ends the start with a word about it, before anything is made`() async throws {
        let (certificate, key) = try await makeCertificate("server")
        let other = try await makeCertificate("other").key
        try folder.write("nonsense", to: "nonsense")
        let cases: [([String], String)] = [
            (["--tls-cert", certificate], "both or neither"), (["--tls-key", key], "both or neither"),
            (["--tls-cert", certificate, "--tls-key", other], "is not that of the certificate"),
            (["--tls-cert", "/nowhere", "--tls-key", key], "/nowhere cannot be read"),
            (["--tls-cert", certificate, "--tls-key", "\(folder.path)/nonsense"], "nonsense cannot be read"),
            (["--tls-cert", "\(folder.path)/nonsense", "--tls-key", key], "certificate"),
            (["--rate-limit", "-1"], "--rate-limit"),
        ]
        for (arguments, word) in cases {
            let ended = try await run(["serve", "--data", data, "--port", "0"] + arguments)
            #expect(ended.status == 2 && ended.output.contains(word), "\(arguments): \(ended)")
        }
        #expect(try await run(["serve", "--data", data, "--port", "0"], environment: ["COLOPHON_ANONYMOUS": "perhaps"]).status == 2)
        #expect(!FileManager.default.fileExists(atPath: data))
    }

    @Test func `keys are made with a role, a scope and an end, listed, granted and revoked`() async throws {
        func key(_ arguments: String...) async throws -> (status: Int32, output: String) {
            try await run(["key"] + arguments + ["--data", data])
        }
        let made = try await key("create", "laptop", "--workspace", "team", "--role", "editor", "--scope", "read", "--expires", "30d")
        #expect(made.status == 0 && made.output.hasPrefix("colophon_"))
        let id = String(made.output.split(separator: "_")[1])
        _ = try await key("create", "other", "--workspace", "side")
        #expect(try await key("grant", id, "--workspace", "side", "--role", "viewer").status == 0)
        let listed = try await key("list").output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        let line = try #require(listed.first { $0[0] == id })
        #expect(line.count == 10 && Array(line[1...2]) == ["team", "laptop"] && Array(line[4...6]) == ["valid", "read", "editor"])
        #expect(line[7].hasSuffix("Z") && line[8] == "never" && line[9] == "side:viewer")
        #expect(try await key("ungrant", id, "--workspace", "side").status == 0)
        #expect(try await key("ungrant", id, "--workspace", "side").status == 2)
        #expect(try await key("grant", "nobody", "--workspace", "side", "--role", "viewer").status == 2)
        #expect(try await key("grant", id, "--workspace", "none", "--role", "viewer").status == 2)
        #expect(try await key("create", "x", "--role", "king").status == 2)
        #expect(try await key("create", "x", "--expires", "soon").status == 2)
        #expect(try await key("revoke", id).status == 0)
        let ended = try await key("list").output
        #expect(ended.contains("\(id)\tteam\tlaptop") && ended.contains("revoked "))
    }
}
