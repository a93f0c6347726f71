import ColophonAPI
import ColophonCore
import ColophonTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ColophonServer

@Suite struct WorkspaceUploadTests {
    let bench: WorkspaceBench

    init() async throws {
        var limits = Limits()
        limits.uploadBytesMax = 1000
        bench = try await WorkspaceBench(limits: limits)
    }

    private static let file = Form.Part("file", fileName: "report.txt", contentType: "text/plain", "some text")

    @Test func `a form makes a document, with its fields before the file or behind it`() async throws {
        try await bench.serve { caller in
            let fields = [
                Form.Part("metadata", #"{"client": "Fernhill", "n": 9007199254740993}"#),
                Form.Part("tags", #"[" Finance ","Q1   Report","finance"]"#),
                Form.Part("run_options", #"{"process": false}"#), Form.Part("conflictMode", "keep_both"),
            ]
            let response = try await caller.post(Form(parts: fields + [Self.file]))
            let first: DocumentOut = try WorkspaceBench.Caller.decode(response, .created)
            #expect(response.headers[.location] == "\(caller.base)/documents/\(first.id)")
            #expect(first.name == "report.txt" && first.contentType == "text/plain" && first.fileType == "text" && first.byteSize == 9)
            #expect(first.tags == ["finance", "q1 report"] && first.metadata == ["client": "Fernhill", "n": 9_007_199_254_740_993])
            #expect(first.lastRun?.status == nil && first.lastRun?.number == 1 && first.source == "uploaded" && !first.hasOutput)
            #expect(first.uploader?.name == "test" && first.uploader?.id.hasPrefix("key:") == true && first.workspaceId == "w1")
            let second: DocumentOut = try WorkspaceBench.Caller.decode(try await caller.post(Form(parts: [Self.file] + fields)), .created)
            #expect(second.name == "report (2).txt" && second.id != first.id)
            #expect(try await caller.get("/documents/\(first.id)", as: DocumentOut.self) == first)
            #expect(try await caller.get("/documents/\(first.id)/listrow", as: DocumentOut.self) == first)
        }
    }

    @Test func `a name that is taken is refused, gets a version, or is kept beside, as the form asks`() async throws {
        try await bench.serve { caller in
            let first = try await caller.upload("Report.txt")
            let problem = try await caller.refusal(Form(parts: [.init("file", fileName: "report.TXT", "other")]))
            #expect(problem.status == 409 && problem.code == "NAME_CONFLICT")
            let version = try await caller.upload("report.txt", "other", fields: ["conflictMode": "upload_new_version"])
            #expect(version.id == first.id && version.currentVersionNo == 2 && version.byteSize == 5)
            let beside = try await caller.upload("report.txt", "third", fields: ["conflictMode": "keep_both"])
            #expect(beside.id != first.id && beside.name == "report (2).txt")
            #expect(try BlobCount.files(below: bench.test.blobFolder) == 3)
        }
    }

    @Test func `a form that cannot be recorded is refused before its file is read, where the fields before it say so`() async throws {
        try await bench.serve { caller in
            _ = try await caller.upload("report.txt")
            // The file is never whole: whoever read on would say so.
            func refusal(_ parts: [Form.Part]) async throws -> Problem {
                var form = Form(parts: parts + [.init("file", fileName: "report.txt", String(repeating: "x", count: 900))])
                form.cut = 700
                return try await caller.refusal(form)
            }
            #expect(try await refusal([.init("conflictMode", "reject")]).code == "NAME_CONFLICT")
            #expect(try await refusal([.init("conflictMode", "merge")]).errors.first?.path == "conflictMode")
            #expect(try await refusal([.init("owner", "me")]).errors.first?.code == "extra_forbidden")
            #expect(try await refusal([.init("metadata", "{bad")]).code == "MALFORMED_JSON")
            let whole = try await refusal([])
            #expect(whole.code == "INCOMPLETE_BODY", "\(whole)")
        }
    }

    @Test func `a query that nothing takes is refused, whatever is asked for`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt")
            let run = try #require(made.lastRun?.id)
            for (method, path) in [
                (.post, "/documents"), (.get, "/documents/\(made.id)"), (.patch, "/documents/\(made.id)"),
                (.put, "/documents/\(made.id)/tags"),
                (.post, "/documents/batch/tags"), (.post, "/documents/\(made.id)/runs"), (.post, "/runs/\(run)/cancel"),
                (.get, "/documents/delta"), (.get, "/documents/\(made.id)/page/1/boxes"), (.delete, "/documents/\(made.id)"),
            ] as [(HTTPRequest.Method, String)] {
                let problem = try await caller.problem(method, path + "?proces=false")
                #expect(problem.status == 422 && problem.errors.first?.path == "proces", "\(method) \(path)")
            }
            #expect(try await caller.get("/documents/\(made.id)", as: DocumentOut.self) == made)
        }
    }

    @Test func `a form that cannot be recorded leaves nothing behind`() async throws {
        try await bench.serve { caller in
            func refusal(_ parts: [Form.Part]) async throws -> Problem { try await caller.refusal(Form(parts: parts)) }
            let file = Self.file
            let json = try await refusal([file, .init("metadata", "{bad")])
            #expect(json.status == 400 && json.code == "MALFORMED_JSON")
            for (name, value) in [
                ("metadata", "[1]"), ("conflictMode", "merge"), ("tags", "{}"), ("run_options", "[]"),
            ] {
                let problem = try await refusal([file, .init(name, value)])
                #expect(problem.status == 422 && problem.errors.first?.path == name, "\(name)")
            }
            #expect(try await refusal([file, .init("tags", "[1]")]).errors.first?.path == "tags.0")
            #expect(try await refusal([file, .init("tags", "[\"\(String(repeating: "x", count: 101))\"]")]).status == 422)
            #expect(try await refusal([file, .init("tags", "nope")]).status == 400)
            #expect(try await refusal([file, .init("run_options", #"{"process": 1}"#)]).errors.first?.path == "run_options.process")
            let option = try await refusal([file, .init("run_options", #"{"pages": 1}"#)])
            #expect(option.errors.first == .init(path: "run_options.pages", message: option.detail, code: "extra_forbidden"))
            let other = try await refusal([file, .init("owner", "me")])
            #expect(other.status == 422 && other.errors.first?.path == "owner" && other.errors.first?.code == "extra_forbidden")
            #expect(try await refusal([.init("metadata", "{}")]).errors.first?.path == "file")
            #expect(try await refusal([file, file]).status == 422)
            #expect(try await refusal([.init("file", fileName: "x", "")]).code == "EMPTY_DOCUMENT")
            #expect(try await refusal([.init("file", fileName: "x", String(repeating: "x", count: 1001))]).code == "TOO_LARGE")
            let form = Form(parts: [file])
            let cut = try await caller.problem(
                .post, "/documents", body: form.bytes.dropLast(6), headers: [.contentType: form.contentType])
            #expect(cut.status == 400 && cut.code == "INCOMPLETE_BODY")
            for type in ["application/json", "multipart/form-data", "multipart/form-data; boundary=\"a \""] {
                let problem = try await caller.problem(.post, "/documents", body: form.bytes, headers: [.contentType: type])
                #expect(problem.status == 422 && problem.errors.first?.path == "content-type", "\(type)")
            }
            #expect(try BlobCount.files(below: bench.test.blobFolder) == 0)
            #expect(try await caller.get("/documents", as: DocumentListOut.self).items.isEmpty)
        }
    }

    @Test func `blank fields are as good as none`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt", fields: ["metadata": " ", "tags": "", "run_options": "", "conflictMode": ""])
            #expect(made.metadata.isEmpty && made.tags.isEmpty && made.lastRun?.status == "queued")
        }
    }

    @Test func `versions are added, listed, and downloaded each`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("a.txt", "first")
            let path = "/documents/\(made.id)"
            let response = try await caller.post(Form(parts: [.init("file", fileName: "b.txt", "second")]), to: "\(path)/versions")
            let changed: DocumentOut = try WorkspaceBench.Caller.decode(response, .created)
            #expect(changed.id == made.id && changed.currentVersionNo == 2 && changed.name == "a.txt" && changed.lastRun?.number == 2)
            let versions = try await caller.get("\(path)/versions", as: VersionListOut.self).items
            #expect(versions.map(\.versionNo) == [2, 1] && versions.map(\.name) == ["b.txt", "a.txt"] && versions[0].byteSize == 6)
            let oldest = try await caller.get("\(path)/versions?before=2&limit=1", as: VersionListOut.self)
            #expect(oldest.items == [versions[1]] && !oldest.hasMore)
            #expect(try await caller.get("\(path)/versions?limit=1", as: VersionListOut.self).hasMore)
            #expect(String(buffer: try await caller.call(.get, "\(path)/versions/1/download").body) == "first")
            #expect(String(buffer: try await caller.call(.get, "\(path)/download").body) == "second")
            for number in ["3", "0", "-1", "x", "99999999999999999999"] {
                #expect(try await caller.problem(.get, "\(path)/versions/\(number)/download").status == 404, "\(number)")
            }
            #expect(try await caller.problem(.get, "\(path)/versions?after=1").errors.first?.code == "extra_forbidden")
            let unknown = try await caller.refusal(Form(parts: [Self.file]), to: "/documents/doc-none/versions")
            #expect(unknown.code == "DOCUMENT_NOT_FOUND")
        }
    }

    @Test func `bytes are sent whole or in part, under a name that can break no header`() async throws {
        try await bench.serve { caller in
            let made = try await caller.upload("0.bin", "0123456789")
            let path = "/documents/\(made.id)/download"
            let part = try await caller.call(.get, path, headers: [.range: "bytes=2-4"])
            #expect(part.status == .partialContent && String(buffer: part.body) == "234" && part.headers[.contentRange] == "bytes 2-4/10")
            let outside = try await caller.problem(.get, path, headers: [.range: "bytes=10-"])
            #expect(outside.status == 416 && outside.type == "range_not_satisfiable")
            let head = try await caller.call(.head, path)
            #expect(head.status == .ok && head.headers[.contentLength] == "10" && head.body.readableBytes == 0)
            #expect(try await caller.problem(.get, "\(path)?inline=1").errors.first?.code == "extra_forbidden")
        }
    }

    @Test(arguments: 0..<30)
    func `whatever a file is called, its disposition is one header that saves`(seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        let scalars: [Unicode.Scalar] = [
            "a", "\"", "\\", "%", ";", "\r", "\n", "\0", "é", "\u{202E}", "/", " ", "'", "\u{1F600}", "\u{7F}", "=", "*",
        ]
        let text = String(
            String.UnicodeScalarView(
                (0..<Int.random(in: 0...20, using: &random)).map { _ in scalars[Int.random(in: 0..<scalars.count, using: &random)] }))
        // As a browser writes it.
        let sent = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "%22"
            case "\r": "%0D"
            case "\n": "%0A"
            case "\0": ""
            default: String(scalar)
            }
        }.joined()
        try await bench.serve { caller in
            let form = Form(parts: [.init("file", fileName: sent, "x")])
            let made: DocumentOut = try WorkspaceBench.Caller.decode(try await caller.post(form), .created)
            let response = try await caller.call(.get, "/documents/\(made.id)/download")
            let header = try #require(response.headers[.contentDisposition])
            #expect(response.headers[values: .contentDisposition].count == 1 && header.hasPrefix("attachment; filename=\""))
            #expect(header.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
            let parsed = try #require(HeaderParameters(header))
            #expect(parsed.value == "attachment" && parsed["filename*"].map { $0.hasPrefix("UTF-8''") } == true)
            #expect(parsed["filename*"].flatMap { PercentEncoding.decode(String($0.dropFirst(7))) } == made.name)
        }
    }

    @Test func `the older upload routes take forms too`() async throws {
        try await bench.serve { caller in
            let form = Form(parts: [Self.file])
            for path in ["/v1/documents", "/document/doc-form/upload"] {
                let response = try await caller.client.execute(
                    uri: path, method: .post, headers: [.contentType: form.contentType, .authorization: "Bearer \(caller.key)"],
                    body: .init(bytes: form.bytes))
                let status: DocumentStatus = try WorkspaceBench.Caller.decode(response, .accepted)
                #expect(status.fileName == "report.txt" && status.bytes == 9 && status.contentType == "text/plain")
            }
        }
    }
}
