import ColophonAPI
import ColophonCore
import ColophonTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ColophonServer

@Suite struct WorkspaceEditTests {
    let bench: WorkspaceBench

    init() async throws { bench = try await WorkspaceBench() }

    @Test func `a document is renamed, and its metadata and tags are replaced as a whole`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt", fields: ["metadata": #"{"a":1,"b":2}"#, "tags": #"["old"]"#])
            let path = "/documents/\(made.id)"
            let changed = try await caller.send(
                .patch, path, #"{"name":"b.txt","metadata":{"c":{"d":[true,null,1.5]}},"tags":["New"]}"#, as: DocumentOut.self)
            #expect(changed.name == "b.txt" && changed.tags == ["new"])
            #expect(changed.metadata == ["c": .object(["d": .array([true, .null, .number(1.5)])])])
            #expect(try await caller.get(path, as: DocumentOut.self) == changed)
            #expect(try await caller.call(.get, path).headers[.eTag] == nil)
            #expect(try await caller.send(.put, "\(path)/tags", #"{"tags":["x","Y"]}"#, as: DocumentOut.self).tags == ["x", "y"])
            let patched = try await caller.send(.patch, "\(path)/tags", #"{"add":["z"],"remove":["x"]}"#, as: DocumentOut.self)
            #expect(patched.tags == ["y", "z"])
            #expect(try await caller.send(.put, "\(path)/tags", #"{"tags":[]}"#, as: DocumentOut.self).tags.isEmpty)
        }
    }

    @Test func `a rename to a name that is taken is a conflict`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt")
            try await caller.upload("b.txt", "other")
            let problem = try await caller.problem(.patch, "/documents/\(made.id)", json: #"{"name":"B.TXT"}"#)
            #expect(problem.status == 409 && problem.code == "NAME_CONFLICT" && problem.type == "conflict")
        }
    }

    @Test(
        arguments: [
            ("{}", 422, nil), ("{bad", 400, nil), ("[]", 422, "body"), ("", 400, nil), (#"{"assigneeId":"x"}"#, 422, "assigneeId"),
            (#"{"name":1}"#, 422, "name"), (#"{"name":null}"#, 422, "name"), (#"{"metadata":[]}"#, 422, "metadata"),
            (#"{"tags":["a",1]}"#, 422, "tags.1"), (#"{"tags":"a"}"#, 422, "tags"),
            ("{\"tags\":[\"\(String(repeating: "x", count: 101))\"]}", 422, "tags"), (#"{"name":"\u0000"}"#, 422, "name"),
        ] as [(String, Int, String?)])
    func `a body that cannot be applied is refused with the member that is to blame`(json: String, status: Int, path: String?) async throws
    {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt")
            let problem = try await caller.problem(.patch, "/documents/\(made.id)", json: json)
            #expect(problem.status == status && problem.errors.first?.path == path, "\(problem.detail)")
            #expect(try await caller.get("/documents/\(made.id)", as: DocumentOut.self) == made)
        }
    }

    @Test func `a body must say that it is JSON, and has a bound`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt")
            let path = "/documents/\(made.id)"
            for type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
                let problem = try await caller.problem(.patch, path, json: #"{"name":"b"}"#, headers: [.contentType: type])
                #expect(problem.status == 422 && problem.errors.first?.path == "content-type", "\(type)")
            }
            let charset: HTTPFields = [.contentType: "Application/JSON; charset=utf-8"]
            #expect(try await caller.call(.patch, path, json: #"{"name":"b"}"#, headers: charset).status == .ok)
            let large = "{\"name\":\"\(String(repeating: "x", count: 1 << 20))\"}"
            #expect(try await caller.problem(.patch, path, json: large).status == 413)
            for depth in [100, 500, 100_000] {
                let deep = "{\"metadata\":{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}}"
                #expect(try await caller.problem(.patch, path, json: deep).status == 400, "\(depth)")
            }
            #expect(try await caller.problem(.patch, "\(path)/tags", json: "{}").status == 422)
            #expect(try await caller.problem(.put, "\(path)/tags", json: "{}").errors.first?.path == "tags")
        }
    }

    @Test func `a deleted document is unknown until it is restored`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt")
            let path = "/documents/\(made.id)"
            #expect(try await caller.problem(.post, "\(path)/restore").status == 409)
            let response = try await caller.call(.delete, path)
            #expect(response.status == .noContent && response.body.readableBytes == 0)
            #expect(try await caller.problem(.delete, path).code == "DOCUMENT_NOT_FOUND")
            #expect(try await caller.problem(.get, path).code == "DOCUMENT_NOT_FOUND")
            let gone = try await caller.get("/documents?lifecycle=deleted", as: DocumentListOut.self).items
            #expect(gone.map(\.id) == [made.id] && gone[0].deletedAt != nil && gone[0].deletedBy?.hasPrefix("key:") == true)
            try await caller.upload("a.txt", "other")
            let restored = try await caller.send(.post, "\(path)/restore", as: DocumentOut.self)
            #expect(restored.id == made.id && restored.name == "a (2).txt" && restored.deletedAt == nil)
            #expect(try await caller.get(path, as: DocumentOut.self) == restored)
            #expect(try await caller.problem(.post, "/documents/doc-none/restore").code == "DOCUMENT_NOT_FOUND")
        }
    }

    @Test func `batches do what they can and name what they do not know`() async throws {
        let foreign = try await bench.test.store.store.acceptUpload(
            Upload(
                documentID: DocumentID(rawValue: "doc-foreign"),
                receipt: try await bench.test.library.blobs.put(.source(in: bench.test.store.stranger.workspace), bytes: [1]),
                contentType: "text/plain", originalName: "x", process: false, recipe: RunRecipe(name: "test", version: "1")),
            in: bench.test.store.stranger
        ).detail.document.id.rawValue
        try await bench.serve { caller in
            let (a, b) = (try await caller.upload("a.txt").id, try await caller.upload("b.txt", "other").id)
            let ids = "\"documentIds\":[\"\(b)\",\"\(foreign)\",\"../x\",\"\(a)\",\"\(b)\",\"doc-none\"]"
            let tagged = try await caller.send(.post, "/documents/batch/tags", "{\(ids),\"add\":[\"X\"]}", as: BatchTagging.self)
            #expect(tagged.documents.map(\.id) == [b, a] && tagged.documents.allSatisfy { $0.tags == ["x"] })
            #expect(tagged.notFound == [foreign, "../x", "doc-none"])
            let started = try await caller.send(.post, "/runs/batch", "{\(ids)}", status: .created, as: BatchRuns.self)
            #expect(
                started.runs.map(\.documentId) == [b, a] && started.runs.allSatisfy { $0.number == 2 }
                    && started.notFound == tagged.notFound)
            let deleted = try await caller.send(.post, "/documents/batch/delete", "{\(ids)}", as: BatchDeletion.self)
            #expect(deleted.deleted == [b, a] && deleted.notFound == tagged.notFound)
            let again = try await caller.send(.post, "/documents/batch/delete", "{\(ids)}", as: BatchDeletion.self)
            #expect(again.deleted.isEmpty && again.notFound == [b, foreign, "../x", a, "doc-none"])
            for (path, json, name) in [
                ("/documents/batch/delete", #"{"documentIds":[]}"#, "documentIds"), ("/runs/batch", "{}", "documentIds"),
                ("/documents/batch/delete", #"{"documentIds":[1]}"#, "documentIds.0"),
                (
                    "/documents/batch/delete", "{\"documentIds\":[\([String](repeating: "\"x\"", count: 201).joined(separator: ","))]}",
                    "documentIds"
                ),
                ("/documents/batch/tags", #"{"documentIds":["doc-none"],"set":[]}"#, "set"),
            ] {
                let problem = try await caller.problem(.post, path, json: json)
                #expect(problem.status == 422 && problem.errors.first?.path == name, "\(json.prefix(40))")
            }
            #expect(try await caller.problem(.post, "/documents/batch/tags", json: #"{"documentIds":["doc-none"]}"#).status == 422)
        }
    }

    @Test func `what belongs to others answers as what is not there, on every route`() async throws {
        let stranger = try await bench.test.library.createKey(named: "stranger", for: bench.test.store.stranger.workspace)
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt")
            let run = try #require(made.lastRun?.id)
            let other = WorkspaceBench.Caller(client: caller.client, key: stranger.text, workspace: bench.test.store.stranger.workspace)
            let form = Form(parts: [.init("file", fileName: "x", "y")])
            func expectAlike(_ what: String, _ answers: [Problem]) {
                let answers = answers.map { answer in
                    var answer = answer
                    (answer.requestId, answer.instance) = ("", "")
                    return answer
                }
                #expect(answers.allSatisfy { $0 == answers[0] } && answers[0].status == 404, "\(what)")
            }
            let documents = [made.id, "doc-none", "not an id!".encoded]
            let onDocuments: [(HTTPRequest.Method, String, String?)] =
                ["", "/listrow", "/events", "/versions", "/versions/1/download", "/download", "/runs"].map { (.get, $0, nil) } + [
                    (.delete, "", nil), (.patch, "", #"{"name":"x"}"#), (.post, "/restore", nil), (.put, "/tags", #"{"tags":["x"]}"#),
                    (.patch, "/tags", #"{"add":["x"]}"#), (.post, "/runs", nil),
                ]
            for (method, rest, json) in onDocuments {
                var answers: [Problem] = []
                for id in documents { answers.append(try await other.problem(method, "/documents/\(id)\(rest)", json: json)) }
                expectAlike("\(method) \(rest)", answers)
            }
            var answers: [Problem] = []
            for id in documents { answers.append(try await other.refusal(form, to: "/documents/\(id)/versions")) }
            expectAlike("versions", answers)
            let onRuns: [(HTTPRequest.Method, String)] =
                ["", "/input", "/input/download", "/output", "/output/download", "/events/download", "/events/stream"].map { (.get, $0) }
                + [(.post, "/cancel"), (.post, "/retry")]
            for (method, rest) in onRuns {
                expectAlike(
                    "\(method) \(rest)",
                    [
                        try await other.problem(method, "/runs/\(run)\(rest)"), try await other.problem(method, "/runs/none\(rest)"),
                    ])
            }
            // The workspace itself is not told either.
            #expect(
                try await WorkspaceBench.Caller(client: caller.client, key: stranger.text, workspace: caller.workspace).problem(
                    .get, "/documents"
                ).status == 404)
            #expect(try await caller.get("/documents/\(made.id)", as: DocumentOut.self) == made)
        }
    }
}
