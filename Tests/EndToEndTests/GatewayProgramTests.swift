import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonSamples
import ColophonTestSupport
import Foundation
import Testing

/// A server whose mapping is done by a gateway of its own, which is killed and comes back.
@Suite(.serialized, .timeLimit(.minutes(5))) struct GatewayProgramTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The program as a gateway.
    private func gateway(port: Int = 0) async throws -> (process: ChildProcess, port: Int) {
        let log = "\(folder.path)/gateway-\(UUID()).log"
        let process = try ChildProcess(
            Programs.colophon, ["gateway", "--port", "\(port)"], environment: ["COLOPHON_GATEWAY_TOKEN": "s3cret"], output: log)
        for _ in 0..<6000 {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            if let range = text.range(of: "http://127.0.0.1:"), let port = Int(text[range.upperBound...].prefix { $0.isNumber }) {
                return (process, port)
            }
            if process.hasEnded() { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        process.send(SIGKILL)
        throw StartFailure(log: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
    }

    @Test func `runs go through a gateway, wait while it is dead, and are done when it is back`() async throws {
        let (first, port) = try await gateway()
        defer { first.send(SIGKILL) }
        let server = try await ColophonServerProcess.start(
            program: Programs.colophon, data: "\(folder.path)/data", arguments: ["--gateway", "http://127.0.0.1:\(port)"],
            environment: ["COLOPHON_GATEWAY_TOKEN": "s3cret"])
        defer { server.process.send(SIGKILL) }
        func upload(_ index: Int) async throws -> DocumentStatus {
            let path = "\(folder.path)/\(index).pdf"
            try Data(SampleInvoices.all[index].pdf).write(to: URL(fileURLWithPath: path))
            return try await server.client.upload(path: path, mapping: "invoice_generic_v1")
        }
        func xml(_ id: String) async throws -> String {
            var bytes: [UInt8] = []
            try await server.client.export(id, format: "xml") { bytes += $0 }
            return String(decoding: bytes, as: UTF8.self)
        }
        let one = try await upload(0)
        #expect(try await server.client.wait(for: one.documentId, timeout: .seconds(60)).status == "complete")
        #expect(try await xml(one.documentId).contains("<Number>\(SampleInvoices.all[0].number)</Number>"))
        first.send(SIGKILL)
        _ = await first.wait(timeout: .seconds(10))
        // Nobody answers. Six fail once each, or wait: five failures open the breaker, and from then on none is used up.
        var more: [DocumentStatus] = []
        for index in 1...6 { more.append(try await upload(index)) }
        try await Task.sleep(for: .seconds(16))
        for each in more {
            let waiting = try await server.client.status(of: each.documentId)
            #expect(waiting.status == "queued" || waiting.status == "processing", "\(waiting)")
        }
        // What needs no gateway goes on.
        let path = "\(folder.path)/plain.pdf"
        try Data(SampleInvoices.all[7].pdf).write(to: URL(fileURLWithPath: path))
        let plain = try await server.client.upload(path: path)
        #expect(try await server.client.wait(for: plain.documentId, timeout: .seconds(60)).status == "complete")
        let (second, _) = try await gateway(port: port)
        defer { second.send(SIGKILL) }
        for (index, each) in more.enumerated() {
            let done = try await server.client.wait(for: each.documentId, timeout: .seconds(120))
            #expect(done.status == "complete", "\(done)")
            #expect(try await xml(each.documentId).contains("<Number>\(SampleInvoices.all[index + 1].number)</Number>"))
        }
    }

    @Test func `a server without the gateway's token is refused, in words`() async throws {
        let (process, port) = try await gateway()
        defer { process.send(SIGKILL) }
        let server = try await ColophonServerProcess.start(
            program: Programs.colophon, data: "\(folder.path)/data", arguments: ["--gateway", "http://127.0.0.1:\(port)"])
        defer { server.process.send(SIGKILL) }
        let path = "\(folder.path)/a.pdf"
        try Data(SampleInvoices.all[0].pdf).write(to: URL(fileURLWithPath: path))
        let made = try await server.client.upload(path: path, mapping: "invoice_generic_v1")
        let done = try await server.client.wait(for: made.documentId, timeout: .seconds(60))
        #expect(done.status == "failed" && done.error?.code == "GW_4XX")
    }
}
