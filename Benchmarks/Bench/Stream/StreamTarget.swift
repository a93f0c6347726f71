import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonStreams
import Foundation

/// A server of event streams to measure, with a way to publish.
protocol StreamTarget: Sendable {
    var name: String { get }
    var port: UInt16 { get }
    /// What a subscriber sends.
    var subscription: String { get }
    /// Comes once in each event.
    var marker: String { get }
    /// Its processes.
    var pids: [pid_t] { get }

    /// Publishes one event over a kept connection, and returns when it was accepted.
    func publish(_ number: Int, over http: PlainHTTP) throws

    func stop() async
}

/// Colophon: an event is a change to a document, made through the API and committed to SQLite with every commit synced.
struct ColophonTarget: StreamTarget {
    let name = "colophon"
    let port: UInt16
    let marker = "event: document.changed"
    let server: ColophonServerProcess
    let key: String
    private let documents: [String]

    static let path = "/api/v1/workspaces/default/documents"

    /// - Parameter documents: How many there are to change.
    static func start(folder: String, streams: Int = 19_000, documents: Int = 1) async throws -> ColophonTarget {
        let data = "\(folder)/data"
        let server = try await ColophonServerProcess.start(
            program: ColophonBench.program, data: data, arguments: ["--no-worker", "--streams-max", "\(streams)"])
        var ids: [String] = []
        for index in 0..<documents {
            let path = "\(folder)/document-\(index).pdf"
            try Samples.write(pages: 1, seed: UInt64(index), to: path)
            ids.append(try await server.client.upload(path: path, process: false).documentId)
        }
        return ColophonTarget(server, key: try ColophonServerProcess.localKey(data: data), documents: ids)
    }

    private init(_ server: ColophonServerProcess, key: String, documents: [String]) {
        (self.server, self.key, self.documents) = (server, key, documents)
        port = server.address.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
    }

    var subscription: String {
        "GET \(Self.path)/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nAuthorization: Bearer \(key)\r\n\r\n"
    }

    var pids: [pid_t] { ProcessFigures.family(server.process.pid) }

    private var headers: [String: String] { ["Authorization": "Bearer \(key)", "Content-Type": "application/json"] }

    func publish(_ number: Int, over http: PlainHTTP) throws {
        let answer = try http.ask("PATCH", "\(Self.path)/\(documents[0])", headers, body: #"{"metadata":{"n":"\#(number)"}}"#)
        guard answer.status == 200 else { throw StartFailure(log: answer.text) }
    }

    /// Changes every document in one transaction.
    func publishAll(_ number: Int, over http: PlainHTTP) throws {
        let list = documents.map { "\"\($0)\"" }.joined(separator: ",")
        let tags = #""add":["n\#(number)"],"remove":["n\#(number - 1)"]"#
        let answer = try http.ask("POST", "\(Self.path)/batch/tags", headers, body: #"{"documentIds":[\#(list)],\#(tags)}"#)
        guard answer.status == 200 else { throw StartFailure(log: answer.text) }
    }

    func stop() async {
        server.process.send(SIGTERM)
        _ = await server.process.wait(timeout: .seconds(20))
    }
}

/// Peers publish what they are sent and keep it nowhere.
struct PeerTarget: StreamTarget {
    let name: String
    let port: UInt16
    let marker = "evt-"
    let process: ChildProcess

    /// nginx with nchan, one worker.
    static func nchan(folder: String) async throws -> PeerTarget {
        let subscribe =
            "nchan_subscriber eventsource; nchan_channel_id c; nchan_eventsource_ping_interval 15; "
            + "nchan_subscriber_first_message newest;"
        let publish = "nchan_publisher; nchan_channel_id c; nchan_message_buffer_length 1000; nchan_message_timeout 60s;"
        let nginx = try await NginxServer.start(
            folder: folder, modules: ["/usr/lib/nginx/modules/ngx_nchan_module.so"],
            settings: "nchan_shared_memory_size 256M; keepalive_requests 1000000;",
            locations: "location /sub { \(subscribe) } location /pub { \(publish) }")
        return PeerTarget(name: "nchan", port: nginx.port, process: nginx.process)
    }

    /// FastAPI with sse-starlette under uvicorn, one process.
    static func starlette(folder: String, repository: String) async throws -> PeerTarget {
        let port = try FreePorts.find(1)[0]
        let words = [
            "-m", "uvicorn", "sse_starlette_app:app", "--app-dir", "\(repository)/Benchmarks/Peers", "--host", "127.0.0.1", "--port",
            "\(port)", "--log-level", "warning", "--backlog", "8192",
        ]
        let process = try ChildProcess("\(repository)/.deps/peers/bin/python", words, output: "\(folder)/starlette.log")
        let end = ContinuousClock.now + .seconds(20)
        while (try? LoopbackSocket(port: port)) == nil {
            guard ContinuousClock.now < end, !process.hasEnded() else { throw StartFailure(log: "sse-starlette does not start.") }
            try await Task.sleep(for: .milliseconds(20))
        }
        return PeerTarget(name: "sse-starlette", port: port, process: process)
    }

    var subscription: String { "GET /sub HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n" }

    var pids: [pid_t] { ProcessFigures.family(process.pid) }

    func publish(_ number: Int, over http: PlainHTTP) throws {
        // As long as the data of one of Colophon's changes.
        let payload = "evt-\(number) ".padding(toLength: 80, withPad: "x", startingAt: 0)
        let answer = try http.ask("POST", "/pub", ["Content-Type": "text/plain"], body: payload)
        guard (200..<300).contains(answer.status) else { throw StartFailure(log: answer.text) }
    }

    func stop() async {
        process.send(SIGTERM)
        _ = await process.wait(timeout: .seconds(20))
    }
}
