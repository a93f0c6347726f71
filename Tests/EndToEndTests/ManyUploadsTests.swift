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
        let bytes = 2 << 20
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
        // What the program itself takes, and its first upload.
        _ = try await send(-1)
        let before = try memory(of: server.process.pid)
        let tally = Tally()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    for _ in 0..<60 {
                        let (status, retryAfter, id) = try await send(number)
                        if status == 200 {
                            tally.taken.withLock { $0[number] = id }
                            return
                        }
                        tally.refused.withLock { $0 += 1 }
                        // Nothing else may be said than to wait.
                        #expect([429, 503].contains(status) && retryAfter != nil, "\(status)")
                        try await Task.sleep(for: .seconds(Double(retryAfter ?? "1") ?? 1))
                    }
                }
            }
            try await group.waitForAll()
        }
        let after = try memory(of: server.process.pid)
        try await http.shutdown()
        let ids = tally.taken.withLock { Set($0.values) }
        print(
            "200 uploads of \(bytes >> 20) MiB: \(before >> 10) MiB before, \(after >> 10) MiB at most, \(tally.refused.withLock { $0 }) asked to wait"
        )
        #expect(ids.count == 200)
        // They sent 400 MiB; what is held is pieces of them, some half a MiB for each connection.
        #expect(after - before < 160 << 10, "\(before) to \(after) KiB")
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
