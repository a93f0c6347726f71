import ColophonAPI
import ColophonBlobs
import ColophonClient
import ColophonCore
import ColophonProcesses
import ColophonSamples
import ColophonTestSupport
import Foundation
import Testing

/// The program with its bytes in a bucket.
@Suite(.serialized, .enabled(if: SeaweedServer.isWanted, "COLOPHON_TEST_WITHOUT_S3 is 1"), .timeLimit(.minutes(5)))
struct S3ProgramTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var data: String { "\(folder.path)/data" }

    private static let credentials = [
        "AWS_ACCESS_KEY_ID": SeaweedServer.admin.accessKeyID, "AWS_SECRET_ACCESS_KEY": SeaweedServer.admin.secretAccessKey,
    ]

    /// Runs the program to its end and gives what it printed.
    private func run(_ arguments: [String], environment: [String: String]) async throws -> (status: Int32, output: String) {
        let output = "\(folder.path)/out-\(UUID().uuidString)"
        let usage = try await ChildProcess(Programs.colophon, arguments, environment: environment, output: output).wait(
            timeout: .seconds(60))
        return (usage.status >> 8 & 0xFF, try String(contentsOfFile: output, encoding: .utf8))
    }

    @Test func `a document goes from upload to export through a bucket, and nothing of it is in the data folder`() async throws {
        let s3 = try await SeaweedServer.shared()
        let prefix = UUID().uuidString.lowercased()
        let environment = Self.credentials.merging(["COLOPHON_BLOBS": s3.location(prefix: prefix)]) { $1 }
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data, environment: environment)
        defer { server.process.send(SIGKILL) }
        let path = "\(folder.path)/sample.pdf"
        try Data(SamplePDF.bytes(pages: 3, seed: 1)).write(to: URL(fileURLWithPath: path))
        let id = try await server.client.upload(path: path).documentId
        #expect(try await server.client.wait(for: id).status == "complete")
        var text: [UInt8] = []
        try await server.client.export(id, format: "md") { text += $0 }
        #expect(String(decoding: text, as: UTF8.self).contains("Chapter 2:"))
        let keys = try await OpenBlobs(blobs: s3.store(prefix: prefix)).keys()
        #expect(keys.contains { $0.rawValue.hasPrefix("default/sources/") } && keys.contains { $0.rawValue.hasSuffix("document.md") })

        let doctor = try await run(["doctor", "--data", data], environment: environment)
        #expect(doctor.status == 0 && doctor.output.contains("ok   blobs: s3://\(SeaweedServer.bucket)/\(prefix) can be written"))
        server.process.send(SIGTERM)
        #expect(await server.process.wait(timeout: .seconds(20)).status == 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: data).filter { !$0.hasPrefix("colophon.sqlite") }
        #expect(left.sorted() == ["hints", "local.key", "workers"])
    }

    @Test func `a location or credentials that cannot be used end the program before it makes anything`() async throws {
        let nowhere = ["AWS_SHARED_CREDENTIALS_FILE": "/nowhere", "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""]
        for (location, environment, words) in [
            ("s3://papers?regoin=x", Self.credentials, "not regoin"),
            ("file:///papers", Self.credentials, "begins with s3://"),
            ("s3://papers?region=eu-north-1", nowhere, "AWS_ACCESS_KEY_ID"),
        ] {
            let ended = try await run(["serve", "--data", data, "--blobs", location], environment: environment)
            #expect(ended.status == 2 && ended.output.contains(words), "\(ended.output)")
            #expect(!FileManager.default.fileExists(atPath: data))
        }
    }
}
