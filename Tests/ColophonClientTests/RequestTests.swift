import ColophonAPI
import ColophonClient
import ColophonTestSupport
import Foundation
import Synchronization
import Testing

/// What the client asks a server for.
@Suite(.timeLimit(.minutes(1))) struct RequestTests {
    private final class Recorder: Sendable {
        let requests = Mutex<[(line: String, head: String, body: [UInt8])]>([])
    }

    /// What a call sends, whatever becomes of the answer.
    private static func sent(
        _ call: (Workspace) async throws(ClientError) -> Void
    ) async throws -> (line: String, head: String, body: [UInt8]) {
        let recorder = Recorder()
        let server = try FeedServer { line, head, body in
            recorder.requests.withLock { $0.append((line, head, body)) }
            return .respond(200, body: "{}")
        }
        do throws(ClientError) {
            try await call(ColophonClient(server: server.address + "/", key: "k").workspace("w/1"))
        } catch {
            guard case .badAnswer = error else { throw error }
        }
        let requests = recorder.requests.withLock { $0 }
        try #require(requests.count == 1)
        return requests[0]
    }

    private static func query(_ selection: DocumentSelection) -> String {
        selection.query(limit: 20, cursor: nil).removingPercentEncoding ?? ""
    }

    @Test func `a selection is the list's query`() {
        #expect(DocumentSelection.newest.query(limit: 50, cursor: nil) == "?limit=50")
        let selection = DocumentSelection(
            [.name(contains: "Größe & \"x\""), .hasOutput(true), .bytes(1...20), .ids(["a", "b"]), DocumentFilter(.tags, .isEmpty)],
            match: .any, sort: [.descending(.byteSize), .ascending(.name)], text: "a b", lifecycle: .deleted)
        let filters =
            #"[{"id":"name","operator":"iLike","value":"Größe & \"x\""},{"id":"hasOutput","operator":"eq","value":true},"#
            + #"{"id":"byteSize","operator":"between","value":[1,20]},{"id":"id","operator":"in","value":["a","b"]},"#
            + #"{"id":"tags","operator":"isEmpty"}]"#
        let sort = #"[{"desc":true,"id":"byteSize"},{"desc":false,"id":"name"}]"#
        #expect(Self.query(selection) == "?limit=20&filters=\(filters)&joinOperator=or&sort=\(sort)&q=a b&lifecycle=deleted")
        let page = DocumentSelection.newest.query(limit: 1, cursor: "a+b=", includeTotal: true, includeFacets: true)
        #expect(page == "?limit=1&includeTotal=true&includeFacets=true&cursor=a%2Bb%3D")
    }

    @Test func `documents are edited, tagged, deleted and restored by the routes of their workspace`() async throws {
        let edit = try await Self.sent { workspace throws(ClientError) in
            _ = try await workspace.edit("doc/1", DocumentPatch(name: "n", metadata: ["k": 1]))
        }
        #expect(edit.line == "PATCH /api/v1/workspaces/w%2F1/documents/doc%2F1")
        #expect(edit.head.contains("content-type: application/json"))
        #expect(try JSONDecoder().decode(DocumentPatch.self, from: Data(edit.body)) == DocumentPatch(name: "n", metadata: ["k": 1]))

        let set = try await Self.sent { workspace throws(ClientError) in _ = try await workspace.setTags(["a"], of: "d") }
        #expect(set.line == "PUT /api/v1/workspaces/w%2F1/documents/d/tags")
        #expect(String(decoding: set.body, as: UTF8.self) == #"{"tags":["a"]}"#)

        let tag = try await Self.sent { workspace throws(ClientError) in _ = try await workspace.tag("d", add: ["a"]) }
        #expect(tag.line == "PATCH /api/v1/workspaces/w%2F1/documents/d/tags")
        #expect(String(decoding: tag.body, as: UTF8.self) == #"{"add":["a"]}"#)

        let batch = try await Self.sent { workspace throws(ClientError) in _ = try await workspace.delete(["a", "b"]) }
        #expect(batch.line == "POST /api/v1/workspaces/w%2F1/documents/batch/delete")
        #expect(String(decoding: batch.body, as: UTF8.self) == #"{"documentIds":["a","b"]}"#)

        let delete = try await Self.sent { workspace throws(ClientError) in try await workspace.delete("d") }
        #expect(delete.line == "DELETE /api/v1/workspaces/w%2F1/documents/d")
        let restore = try await Self.sent { workspace throws(ClientError) in _ = try await workspace.restore("d") }
        #expect(restore.line == "POST /api/v1/workspaces/w%2F1/documents/d/restore")
    }

    @Test func `runs and results are asked for by the routes of their workspace`() async throws {
        let list = try await Self.sent { workspace throws(ClientError) in
            _ = try await workspace.runs(of: "d", status: "failed", limit: 5, cursor: "c")
        }
        #expect(list.line == "GET /api/v1/workspaces/w%2F1/runs?limit=5&documentId=d&status=failed&cursor=c")
        let start = try await Self.sent { workspace throws(ClientError) in _ = try await workspace.startRun(of: "d") }
        #expect(start.line == "POST /api/v1/workspaces/w%2F1/runs" && String(decoding: start.body, as: UTF8.self) == #"{"documentId":"d"}"#)
        let cancel = try await Self.sent { workspace throws(ClientError) in _ = try await workspace.cancelRun("r") }
        #expect(cancel.line == "POST /api/v1/workspaces/w%2F1/runs/r/cancel")
        var bytes: [UInt8] = []
        let output = try await Self.sent { workspace throws(ClientError) in
            try await workspace.downloadOutput(ofRun: "r", format: "md") { bytes += $0 }
        }
        #expect(output.line == "GET /api/v1/workspaces/w%2F1/runs/r/output/download?format=md")
        #expect(bytes == Array("{}".utf8))
        let version = try await Self.sent { workspace throws(ClientError) in try await workspace.download("d", version: 2) { _ in } }
        #expect(version.line == "GET /api/v1/workspaces/w%2F1/documents/d/versions/2/download")
    }

    @Test func `an upload is a form of its fields and the file's bytes, whose length is said beforehand`() async throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let path = "\(folder.path)/re\"port.pdf"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let sent = try await Self.sent { workspace throws(ClientError) in
            _ = try await workspace.upload(path: path, conflict: .keepBoth, metadata: ["case": "7"], tags: ["new"], process: false)
        }
        #expect(sent.line == "POST /api/v1/workspaces/w%2F1/documents")
        #expect(sent.head.contains("content-length: \(sent.body.count)") && !sent.head.contains("transfer-encoding"))
        let boundary = try #require(sent.head.split(separator: "boundary=").last?.split(separator: "\r\n").first)
        let fields = [
            ("conflictMode", "keep_both"), ("metadata", #"{"case":"7"}"#), ("tags", #"["new"]"#), ("run_options", #"{"process":false}"#),
        ]
        var expected = fields.map { "--\(boundary)\r\ncontent-disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }.joined()
        expected += "--\(boundary)\r\ncontent-disposition: form-data; name=\"file\"; filename=\"re%22port.pdf\"\r\n"
        expected += "content-type: application/octet-stream\r\n\r\n"
        #expect(sent.body == Array(expected.utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8))
    }

    @Test func `all documents are read page after page`() async throws {
        let server = try FeedServer { line, _, _ in
            let first = !line.contains("cursor=")
            let list = DocumentListOut(
                items: (first ? ["a", "b"] : ["c"]).map(ModelFeed.document),
                meta: .init(
                    limit: 200, hasMore: first, nextCursor: first ? "next" : nil, totalIncluded: false, totalCount: nil, changesCursor: "3")
            )
            return .respond(200, body: (try? JSONEncoder().encode(list)).map { String(decoding: $0, as: UTF8.self) } ?? "")
        }
        var ids: [String] = []
        for try await document in ColophonClient(server: server.address, key: "k").workspace("w").allDocuments() { ids.append(document.id) }
        #expect(ids == ["a", "b", "c"] && server.requests.count == 2)
    }
}
