import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

@testable import ColophonServer

@Suite struct WorkspaceRunTests {
    let bench: WorkspaceBench

    init() async throws { bench = try await WorkspaceBench() }

    @Test func `runs are started, listed, shown and cancelled`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt", fields: ["run_options": #"{"process":false}"#])
            let waiting = try #require(made.lastRun)
            let started = try await caller.send(.post, "/runs", "{\"documentId\":\"\(made.id)\"}", status: .created, as: RunOut.self)
            #expect(started.id == waiting.id && started.status == "queued" && started.state == "queued" && started.runId == started.id)
            let second = try await caller.send(.post, "/documents/\(made.id)/runs", status: .created, as: RunOut.self)
            #expect(second.number == 2)
            #expect(try await caller.send(.post, "/documents/\(made.id)/runs", "{}", status: .created, as: RunOut.self).number == 3)
            let page = try await caller.get("/runs?limit=2", as: RunListOut.self)
            #expect(page.items.map(\.number) == [3, 2] && page.meta.hasMore)
            let cursor = try #require(page.meta.nextCursor)
            #expect(try await caller.get("/runs?limit=2&cursor=\(cursor.encoded)", as: RunListOut.self).items.map(\.number) == [1])
            #expect(try await caller.get("/documents/\(made.id)/runs", as: RunListOut.self).items.count == 3)
            let detail = try await caller.get("/runs/\(second.id)", as: RunDetailOut.self)
            #expect(detail.run == second && detail.queue?.position == 2 && detail.attempts.isEmpty)
            for _ in 0..<2 {
                #expect(try await caller.send(.post, "/runs/\(second.id)/cancel", as: RunOut.self).status == "cancelled")
            }
            let cancelled = try await caller.get("/runs?status=cancelled&documentId=\(made.id)", as: RunListOut.self)
            #expect(cancelled.items.map(\.id) == [second.id] && cancelled.items[0].errorCode == "CANCELLED")
            #expect(try await caller.problem(.post, "/runs/\(second.id)/retry").status == 409)
            #expect(try await caller.problem(.get, "/runs/\(second.id)/output").code == "RUN_CANCELLED_NO_OUTPUT")
            #expect(try await caller.problem(.post, "/runs", json: #"{"documentId":"nope"}"#).code == "DOCUMENT_NOT_FOUND")
            #expect(try await caller.problem(.post, "/runs", json: "{}").errors.first?.path == "documentId")
            #expect(
                try await caller.problem(.post, "/documents/\(made.id)/runs", json: #"{"force":true}"#).errors.first?.code
                    == "extra_forbidden")
        }
    }

    @Test func `a run is made in the languages that were asked for, wherever they were`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt", fields: ["run_options": #"{"process":false,"ocrLanguages":["deu"]}"#])
            let waiting = try #require(made.lastRun?.id)
            #expect(try await caller.get("/runs/\(waiting)", as: RunDetailOut.self).run.ocrLanguages == ["deu"])
            let json = #"{"documentId":"\#(made.id)","ocrLanguages":["fra","eng"]}"#
            let started = try await caller.send(.post, "/runs", json, status: .created, as: RunOut.self)
            #expect(started.id == waiting && started.ocrLanguages == ["fra", "eng"])
            let second = try await caller.send(
                .post, "/documents/\(made.id)/runs", #"{"ocrLanguages":["off"]}"#, status: .created, as: RunOut.self)
            #expect(second.number == 2 && second.ocrLanguages == [])
            #expect(
                try await caller.send(.post, "/runs", #"{"documentId":"\#(made.id)"}"#, status: .created, as: RunOut.self).ocrLanguages == [
                    "eng"
                ])
            let batch = try await caller.send(
                .post, "/runs/batch", #"{"documentIds":["\#(made.id)"],"ocrLanguages":["ita"]}"#, status: .created, as: BatchRuns.self)
            #expect(batch.runs.map(\.ocrLanguages) == [["ita"]])
            for wrong in [#""deu""#, "[]", #"["../deu"]"#] {
                let problem = try await caller.problem(.post, "/runs", json: #"{"documentId":"\#(made.id)","ocrLanguages":\#(wrong)}"#)
                #expect(problem.status == 422 && problem.errors.first?.path == "ocrLanguages", "\(wrong)")
            }
        }
    }

    @Test func `a run's input and output are told and sent, its output once it is there`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.b.txt", "the input")
            let run = try #require(made.lastRun?.id)
            #expect(try await caller.problem(.get, "/runs/\(run)/output").code == "OUTPUT_NOT_READY")
            #expect(try await caller.problem(.get, "/runs/\(run)/output/download?format=md").status == 409)
            try await bench.completeNext()
            let input = try await caller.get("/runs/\(run)/input", as: RunInput.self)
            #expect(input.documentId == made.id && input.versionNo == 1 && input.name == "a.b.txt" && input.byteSize == 9)
            #expect(String(buffer: try await caller.call(.get, "/runs/\(run)/input/download").body) == "the input")
            let output = try await caller.get("/runs/\(run)/output", as: RunOutput.self)
            #expect(output.items.map(\.format) == ["json", "md", "html", "text", "xml", "fields", "xml"])
            #expect(
                output.items.map(\.source) == [nil, nil, nil, nil, "mapping", nil, "embedded"]
                    && output.items.allSatisfy { $0.kind == "output" })
            for (query, body) in [("", "as mapped"), ("&source=mapping", "as mapped"), ("&source=embedded", "as invoice")] {
                let sent = String(buffer: try await caller.call(.get, "/runs/\(run)/output/download?format=xml\(query)").body)
                #expect(sent == body)
            }
            #expect(try await caller.problem(.get, "/runs/\(run)/output/download?format=xml&source=moon").errors.first?.path == "source")
            let response = try await caller.call(.get, "/runs/\(run)/output/download?format=md")
            #expect(String(buffer: response.body) == "as markdown" && output.items[1].byteSize == 11)
            #expect(response.headers[.contentDisposition]?.contains("filename=\"a.b.md\"") == true)
            #expect(try await caller.problem(.get, "/runs/\(run)/output/download?format=exe").errors.first?.path == "format")
            #expect(try await caller.problem(.post, "/runs/\(run)/cancel").status == 409)
            let row = try await caller.get("/documents/\(made.id)", as: DocumentOut.self)
            #expect(row.lastRun?.status == "succeeded" && row.hasOutput && row.currentRunId == run)
        }
    }

    @Test func `a failed run has no output, and may be tried again`() async throws {
        try await bench.serve { caller in
            let run = try #require(try await caller.upload("a.txt").lastRun?.id)
            try await bench.failNext()
            #expect(try await caller.problem(.get, "/runs/\(run)/output").code == "RUN_FAILED_NO_OUTPUT")
            let detail = try await caller.get("/runs/\(run)", as: RunDetailOut.self)
            #expect(detail.run.status == "failed" && detail.run.errorCode == "PARSE_FAILED" && detail.attempts.count == 1)
            #expect(try await caller.send(.post, "/runs/\(run)/retry", as: RunOut.self).status == "queued")
        }
    }

    @Test func `a run's events are sent as lines, those of other runs left out`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt")
            let run = try #require(made.lastRun?.id)
            _ = try await caller.send(.post, "/documents/\(made.id)/runs", status: .created, as: RunOut.self)
            try await bench.completeNext()
            let response = try await caller.call(.get, "/runs/\(run)/events/download")
            let lines = String(buffer: response.body).split(separator: "\n")
            let events = try lines.map { try JSONDecoder().decode(EventList.Event.self, from: Data($0.utf8)) }
            #expect(events.allSatisfy { $0.runId == run } && events.map(\.type).suffix(2) == ["processing", "complete"])
            #expect(response.headers[.contentDisposition]?.hasPrefix("attachment;") == true)
            let all = try await caller.get("/documents/\(made.id)/events", as: EventList.self).events
            #expect(all.filter { $0.runId == run } == events && all.count > events.count)
        }
    }

    @Test func `a run's events are streamed to its end, from where the client left off`() async throws {
        let run = Mutex("")
        // A stream takes its connection with it.
        func frames(_ query: String = "", headers: HTTPFields = [:]) async throws -> [Frame] {
            let frames = Mutex<[Frame]>([])
            try await bench.serve(.live) { caller in
                let response = try await caller.call(.get, "/runs/\(run.withLock { $0 })/events/stream\(query)", headers: headers)
                #expect(
                    response.headers[.contentType] == "text/event-stream" && response.headers[.cacheControl] == "no-store, no-transform")
                #expect(
                    response.headers[HTTPField.Name("X-Accel-Buffering")!] == "no" && response.headers[.xContentTypeOptions] == "nosniff")
                frames.withLock { $0 = Frame.all(in: String(buffer: response.body)) }
            }
            return frames.withLock { $0 }
        }
        try await bench.serve { caller in
            let id = try #require(try await caller.upload("a.txt").lastRun?.id)
            run.withLock { $0 = id }
        }
        try await bench.completeNext()
        let whole = try await frames()
        #expect(whole.first?.event == "ready" && whole.last?.event == "end")
        #expect(whole.last?.data == #"{"reason":"run_complete","status":"succeeded"}"#)
        let messages = whole.filter { $0.event == "message" }
        #expect(messages.count >= 3 && messages.allSatisfy { $0.id != nil } && whole.filter { $0.id != nil } == messages)
        let second = try #require(messages.dropFirst().first?.id)
        let rest = try await frames("?cursor=0", headers: [HTTPField.Name("Last-Event-ID")!: second])
        #expect(rest.filter { $0.event == "message" } == Array(messages.dropFirst(2)))
        let last = try #require(messages.last?.id)
        #expect(try await frames("?cursor=\(last)").last?.data == #"{"reason":"terminal_status","status":"succeeded"}"#)
    }

    @Test func `a run's stream tells of what happens while it is open`() async throws {
        try await bench.serve(.live) { caller in
            let id = try #require(try await caller.upload("a.txt").lastRun?.id)
            async let response = caller.call(.get, "/runs/\(id)/events/stream")
            try await bench.completeNext()
            let frames = Frame.all(in: String(buffer: try await response.body))
            #expect(frames.last?.event == "end" && frames.contains { $0.data?.contains(#""type":"complete""#) == true })
        }
    }

    @Test func `a run among many of its document is streamed to its last event`() async throws {
        let run = Mutex("")
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt")
            for _ in 0..<110 {
                let id = try #require(try await caller.get("/documents/\(made.id)", as: DocumentOut.self).lastRun?.id)
                _ = try await caller.send(.post, "/runs/\(id)/cancel", as: RunOut.self)
                _ = try await caller.send(.post, "/documents/\(made.id)/runs", status: .created, as: RunOut.self)
            }
            let events = try await caller.get("/documents/\(made.id)/events?limit=1000", as: EventList.self).events
            // Its events lie on both sides of where a page of the document's ends.
            #expect(events.count > 201 && events[199].runId == events[200].runId)
            run.withLock { $0 = events[199].runId ?? "" }
        }
        try await bench.serve(.live) { caller in
            let response = try await caller.call(.get, "/runs/\(run.withLock { $0 })/events/stream")
            let frames = Frame.all(in: String(buffer: response.body))
            #expect(frames.compactMap(\.id) == ["200", "201"] && frames.last?.data == #"{"reason":"run_complete","status":"cancelled"}"#)
        }
    }

    @Test(arguments: ["-1", "x", "1.5", "+1", "", "99999999999999999999"])
    func `a position that is none is refused`(cursor: String) async throws {
        try await bench.serve { caller in
            let run = try #require(try await caller.upload("a.txt").lastRun?.id)
            let problem = try await caller.problem(.get, "/runs/\(run)/events/stream?cursor=\(cursor.encoded)")
            #expect(problem.status == 400 && problem.detail == "Invalid event cursor.")
        }
    }

    @Test func `a run's stream ends when the key that opened it is revoked`() async throws {
        try await bench.serve(.live) { caller in
            let id = try #require(try await caller.upload("a.txt").lastRun?.id)
            let other = try await bench.test.library.createKey(named: "other", for: caller.workspace)
            let revoked = WorkspaceBench.Caller(client: caller.client, key: other.text, workspace: caller.workspace)
            async let response = revoked.call(.get, "/runs/\(id)/events/stream")
            try await Task.sleep(for: .milliseconds(200))
            let start = ContinuousClock.now
            try await bench.test.library.store.revokeKey(other.id)
            let frames = Frame.all(in: String(buffer: try await response.body))
            #expect(frames.first?.event == "ready" && !frames.contains { $0.event == "end" })
            #expect(start.duration(to: .now) < .seconds(5))
        }
    }

    @Test func `slots of streams come back however an answer ends, and one workspace does not take them all`() throws {
        let slots = StreamSlots(3, ofOne: 2)
        let (one, two) = (WorkspaceID(rawValue: "one"), WorkspaceID(rawValue: "two"))
        var held = [try slots.take(for: one), try slots.take(for: one)]
        #expect { try slots.take(for: one) } throws: { ($0 as? ColophonError)?.code == .rateLimited }
        held.append(try slots.take(for: two))
        #expect { try slots.take(for: two) } throws: { ($0 as? ColophonError)?.code == .unavailable }
        held.removeLast()
        #expect(throws: Never.self) { try slots.take(for: two) }
        held.removeAll()
        #expect(throws: Never.self) { try slots.take(for: one) }
    }

    @Test func `the older prefix is the same resource, and words stand before parameters`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt")
            var other = caller
            other.prefix = "/workspaces"
            #expect(try await other.get("/documents/\(made.id)", as: DocumentOut.self) == made)
            #expect(try await caller.call(.delete, "/documents/tags").headers[.allow] == "GET, HEAD")
            #expect(try await caller.call(.put, "/documents/\(made.id)").headers[.allow] == "DELETE, GET, HEAD, PATCH")
            #expect(try await caller.call(.get, "/documents/batch/delete").headers[.allow] == "POST")
            for rest in ["comments", "preview", "sheets"] {
                #expect(try await caller.problem(.get, "/documents/\(made.id)/\(rest)").status == 404, "\(rest)")
            }
        }
    }

    @Test func `a result's nodes are listed by kind and by page`() async throws {
        try await bench.serve { caller in
            let id = try await caller.upload("a.txt").id
            try await bench.completeNext()
            func nodes(_ query: String) async throws -> NodeList {
                let response = try await caller.client.execute(
                    uri: "/v1/documents/\(id)/nodes\(query)", method: .get, headers: [.authorization: "Bearer \(caller.key)"], body: nil)
                return try WorkspaceBench.Caller.decode(response, .ok)
            }
            let all = try await nodes("")
            #expect(
                all.nodes.map(\.type) == [
                    "document", "page", "text", "table", "row", "cell", "cell", "row", "cell", "figure", "footer", "text",
                ])
            #expect(all.total == 12 && all.nodes.allSatisfy { $0.status == "pending" } && all.nodes[4].text == "a\tb")
            #expect(all.nodes[5].id == "#/tables/0/data/table_cells/1" && all.nodes[1].bbox?.r == 612)
            let cells = try await nodes("?type=cell&limit=1&offset=1")
            #expect(cells.nodes.map(\.text) == ["b"] && cells.total == 3 && cells.limit == 1 && cells.offset == 1)
            #expect(try await nodes("?type=header").total == 0)
            for query in ["?type=line", "?limit=0", "?limit=1001", "?offset=-1", "?kind=text"] {
                let response = try await caller.client.execute(
                    uri: "/v1/documents/\(id)/nodes\(query)", method: .get, headers: [.authorization: "Bearer \(caller.key)"], body: nil)
                #expect(response.status == .unprocessableContent, "\(query)")
            }
        }
    }
}

/// A frame of a stream of server-sent events.
private struct Frame: Equatable {
    var event: String?
    var id: String?
    var data: String?

    static func all(in text: String) -> [Frame] {
        text.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map { block in
            var frame = Frame()
            for line in block.split(separator: "\n") {
                let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                switch parts.first {
                case "event": frame.event = parts.last
                case "id": frame.id = parts.last
                case "data": frame.data = parts.last
                default: break
                }
            }
            return frame
        }
    }
}
