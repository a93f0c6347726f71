import AsyncHTTPClient
import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonTestSupport
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// Two hundred people send a file at the same moment.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ManyUploadsTests {
    /// In kibibytes.
    private func memory(of process: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber)))
    }

    @Test func `200 uploads at once take flat memory, and what is not taken is told when to come back`() async throws {
        let folder = try TemporaryFolder()
        // The first to come have no worker to be held up by, so that only the uploads are measured.
        let server = try await ColophonServerProcess.start(
            program: Programs.colophon, data: "\(folder.path)/data", arguments: ["--no-worker"])
        defer { server.process.send(SIGKILL) }
        let key = try ColophonServerProcess.localKey(data: "\(folder.path)/data")
        let http = Self.client()
        let bytes = 6 << 20
        let filling = ByteBuffer(repeating: 0, count: bytes)
        let url = server.address + "/api/upload"
        @Sendable func send(_ number: Int) async throws -> (status: Int, retryAfter: String?, id: String?) {
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers = ["authorization": "Bearer \(key)", "content-type": "multipart/form-data; boundary=b"]
            var body = ByteBuffer(
                string: "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(number).pdf\"\r\n\r\n%PDF-\(number) ")
            body.writeImmutableBuffer(filling)
            body.writeString("\r\n--b--\r\n")
            request.body = .bytes(body)
            let answer = try await http.execute(request, timeout: .seconds(120))
            let data = Data(try await answer.body.collect(upTo: 1 << 20).readableBytesView)
            let job = try? JSONDecoder().decode(UploadedJob.self, from: data).job.id
            return (Int(answer.status.code), answer.headers.first(name: "retry-after"), job)
        }
        let tally = Tally()
        let outcome: Result<(before: Int, after: Int), any Error>
        do {
            // What the program itself takes, and its first upload.
            _ = try await send(-1)
            let before = try memory(of: server.process.pid)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 { group.addTask { try await persist(number, tally, send) } }
                try await group.waitForAll()
            }
            outcome = .success((before, try memory(of: server.process.pid)))
        } catch {
            outcome = .failure(error)
        }
        try await http.shutdown()
        let (before, after) = try outcome.get()
        let ids = tally.taken.withLock { Set($0.values) }
        print(
            "200 uploads of \(bytes >> 20) MiB: \(before >> 10) MiB before, \(after >> 10) MiB at most, \(tally.refused.withLock { $0 }) asked to wait"
        )
        #expect(ids.count == 200)
        // 64 are let in at once: held whole they would take 384 MiB; what is held is pieces of them.
        #expect(after - before < 160 << 10, "\(before) to \(after) KiB")
    }

    private typealias Send = @Sendable (Int) async throws -> (status: Int, retryAfter: String?, id: String?)

    /// Sends a file until it is taken.
    private func persist(_ number: Int, _ tally: Tally, _ send: Send) async throws {
        for _ in 0..<120 {
            do {
                let (status, retryAfter, id) = try await send(number)
                if status == 200 {
                    tally.taken.withLock { $0[number] = id }
                    return
                }
                // Nothing else may be said than to wait.
                #expect([429, 503].contains(status) && retryAfter != nil, "\(status)")
            } catch  where !(error is CancellationError) {
                // Who is refused has half a second to hear it, and sends six megabytes meanwhile.
            }
            tally.refused.withLock { $0 += 1 }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private final class Tally: Sendable {
        let taken = Mutex<[Int: String]>([:])
        let refused = Mutex(0)
    }

    private static func client() -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 200
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
