import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

@testable import ColophonExtraction

/// What each answer of a gateway means, and that none of them costs more than it may.
@Suite(.timeLimit(.minutes(1))) struct GatewayClientTests {
    private let choice = MappingChoice(name: "pt_simon_invoice_v1", isPretty: true)

    private func settings(_ address: String, timeout: Duration = .seconds(20)) throws -> GatewaySettings {
        var settings = try GatewaySettings(address: address)
        settings.timeout = timeout
        settings.connectTimeout = .seconds(2)
        settings.answerBytesMax = 1 << 20
        settings.retryPause = .milliseconds(10)
        return settings
    }

    /// Asks once, for a file of its own.
    private func ask(_ settings: GatewaySettings, file: String = "%PDF-1.7 hello", name: String = "in.pdf") async throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/file"
        try Data(file.utf8).write(to: URL(fileURLWithPath: path))
        let handle = try #require(FileHandle(forReadingAtPath: path))
        let client = GatewayClient(settings)
        let source = ExtractionSource(
            descriptor: handle.fileDescriptor, name: name, type: "application/pdf", correlation: "run-1")
        let answer: Result<[UInt8], any Error>
        do { answer = .success(try await client.xml(of: source, choice)) } catch { answer = .failure(error) }
        try await client.close()
        return try answer.get()
    }

    private func failure(_ settings: GatewaySettings) async throws -> RunFailure? {
        do {
            _ = try await ask(settings)
            return nil
        } catch let failure as RunFailure { return failure }
    }

    @Test func `a document is sent whole, with its mapping and what names the work`() async throws {
        let gateway = try ScriptedGateway([.good])
        var settings = try settings(gateway.address + "/base/")
        settings.token = "t0ken"
        let file = "%PDF-" + String(repeating: "0123456789", count: 100_000)
        let xml = try await ask(settings, file: file, name: "a \"b\"\u{301}\r\n.pdf")
        #expect(String(decoding: xml, as: UTF8.self) == "<Invoice><Total>1</Total></Invoice>")
        let request = try #require(gateway.requests.first)
        let head = request.head.lowercased()
        #expect(head.hasPrefix("post /base/process http/1.1"))
        for line in ["accept: application/xml", "x-request-id: run-1", "x-job-id: run-1", "authorization: bearer t0ken"] {
            #expect(head.contains("\r\n\(line)"), "\(line)")
        }
        #expect(
            request.body.contains("name=\"mapping\"\r\n\r\npt_simon_invoice_v1\r\n")
                && request.body.contains("name=\"pretty\"\r\n\r\n1\r\n"))
        #expect(request.body.contains("filename=\"a %22b%22\u{301}%0D%0A.pdf\"") && request.body.contains(file))
    }

    @Test(
        arguments: [
            (400, .gatewayRefused), (401, .gatewayRefused), (404, .gatewayRefused), (406, .gatewayRefused), (415, .gatewayRefused),
            (413, .tooLarge), (422, .validationError), (500, .gatewayFailed), (502, .gatewayFailed),
            (301, .gatewayFailed), (204, .gatewayFailed),
        ] as [(Int, RunFailure.Code)])
    func `each status has its code`(status: Int, code: RunFailure.Code) async throws {
        let gateway = try ScriptedGateway([.reply(status, [:], "no")])
        #expect(try await failure(settings(gateway.address))?.code == code)
        #expect(gateway.requests.count == 1)
    }

    @Test func `what a refusal says is told, as text and no more of it than a sentence holds`() async throws {
        for body in [#"{"error":{"code":"X","message":"No\u0007 buyer."}}"#, #"{"message":"No buyer."}"#, #"{"detail":"No buyer."}"#] {
            let gateway = try ScriptedGateway([.reply(422, [:], body)])
            #expect(try await failure(settings(gateway.address)) == RunFailure(.validationError, "No buyer."))
        }
        let gateway = try ScriptedGateway([.reply(400, [:], #"{"message":"\#(String(repeating: "x", count: 5000))"}"#)])
        let message = try #require(try await failure(settings(gateway.address))).message
        #expect(message.hasPrefix("The gateway refused this (400): xxx") && message.count <= RunFailure.messageCharactersMax)
        // A list where a sentence belongs.
        let other = try ScriptedGateway([.reply(422, [:], #"{"detail":[{"msg":"x"}]}"#)])
        #expect(try await failure(settings(other.address))?.code == .validationError)
    }

    @Test(arguments: ["", "hello", "<a>", "<a></b>", "{\"a\":1}", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "\u{1F}\u{8B}\u{8}"])
    func `a success that is no XML is none`(body: String) async throws {
        let gateway = try ScriptedGateway([.reply(200, [:], body)])
        #expect(try await failure(settings(gateway.address))?.code == .gatewayFailed)
    }

    @Test func `an answer that does not come, or not to its end, is not waited for`() async throws {
        for answer in [ScriptedGateway.Answer.silence, .trickle] {
            let gateway = try ScriptedGateway([answer])
            let start = ContinuousClock.now
            #expect(try await failure(settings(gateway.address, timeout: .milliseconds(500)))?.code == .gatewayTimeout)
            #expect(start.duration(to: .now) < .seconds(10))
        }
        for answer in [ScriptedGateway.Answer.hangUp, .half(0), .half(500)] {
            let gateway = try ScriptedGateway([answer])
            #expect(try await failure(settings(gateway.address))?.code == .gatewayFailed, "\(answer)")
        }
    }

    @Test func `of a gigabyte no more is taken than an answer may have`() async throws {
        let gateway = try ScriptedGateway([.endless(1 << 30)])
        #expect(try await failure(settings(gateway.address))?.code == .gatewayFailed)
        #expect(gateway.bytesSent < 64 << 20, "\(gateway.bytesSent)")
    }

    @Test func `a redirect is followed nowhere, least of all to a private address`() async throws {
        let inner = try ScriptedGateway([.good])
        for status in [301, 302, 307, 308] {
            let gateway = try ScriptedGateway([.reply(status, ["Location": inner.address + "/process"])])
            #expect(try await failure(settings(gateway.address))?.code == .gatewayFailed)
        }
        #expect(inner.requests.isEmpty)
    }

    @Test func `nobody at the address is a failure of the gateway`() async throws {
        let address = try ScriptedGateway([.good]).address
        var settings = try settings(address)
        settings.connectTimeout = .seconds(15)
        let start = ContinuousClock.now
        #expect(try await failure(settings)?.code == .gatewayFailed)
        // A connection that is refused is not tried for as long as one that is not answered.
        #expect(start.duration(to: .now) < .seconds(10))
    }

    @Test(arguments: [429, 503]) func `a busy gateway is no failure of the document, and says when it is to be asked again`(status: Int)
        async throws
    {
        let gateway = try ScriptedGateway([.reply(status, ["Retry-After": "20"])])
        let busy = await #expect(throws: GatewayBusy.self) { try await ask(settings(gateway.address)) }
        #expect(busy?.failure.code == .gatewayFailed && busy?.failure.retryAfter == .seconds(20))
    }

    @Test func `a cancelled task ends, and is no failure`() async throws {
        let gateway = try ScriptedGateway([.silence])
        let settings = try settings(gateway.address)
        let task = Task { try await ask(settings) }
        while gateway.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(start.duration(to: .now) < .seconds(5))
    }

    @Test(arguments: ["", "host:80", "ftp://host", "http://", "http://u:p@host", "http://host?x=1", "file:///etc/passwd"])
    func `what is no address is refused`(text: String) {
        #expect(throws: ColophonError.self) { try GatewaySettings(address: text) }
    }
}
