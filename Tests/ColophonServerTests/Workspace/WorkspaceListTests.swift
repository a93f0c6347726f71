import ColophonAPI
import ColophonCore
import ColophonTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ColophonServer

@Suite struct WorkspaceListTests {
    let bench: WorkspaceBench

    init() async throws { bench = try await WorkspaceBench() }

    private static func filters(_ items: String) -> String { "/documents?filters=\("[\(items)]".encoded)" }

    @Test func `documents are listed page by page, sorted, filtered and counted`() async throws {
        try await bench.serve { caller in
            for (name, text) in [("b.txt", "bb"), ("a.txt", "aaa"), ("c.md", "c")] {
                try await caller.upload(name, text, fields: ["tags": "[\"all\",\"\(name.first ?? "x")\"]"])
            }
            let sort = "sort=\(#"[{"id":"name","desc":false}]"#.encoded)"
            let first = try await caller.get("/documents?limit=2&includeTotal=true&includeFacets=true&\(sort)", as: DocumentListOut.self)
            #expect(first.items.map(\.name) == ["a.txt", "b.txt"] && first.meta.hasMore && first.meta.limit == 2)
            #expect(first.meta.totalIncluded && first.meta.totalCount == 3 && first.meta.changesCursor != "0")
            #expect(first.facets?["tags"]?.first == .init(value: "all", count: 3))
            let cursor = try #require(first.meta.nextCursor)
            let rest = try await caller.get("/documents?limit=2&\(sort)&cursor=\(cursor.encoded)", as: DocumentListOut.self)
            #expect(rest.items.map(\.name) == ["c.md"] && !rest.meta.hasMore && rest.meta.nextCursor == nil && rest.facets == nil)
            #expect(try await caller.problem(.get, "/documents?cursor=\(cursor.encoded)").detail.contains("Cursor sort"))
            let one = try await caller.get(
                Self.filters(#"{"id":"name","operator":"iLike","value":"B.t"},{"id":"tags","operator":"in","value":["b"]}"#),
                as: DocumentListOut.self)
            #expect(one.items.map(\.name) == ["b.txt"])
            // A browser's form writes a space as a plus sign.
            let searched = try await caller.get("/documents?q=A.TXT+all", as: DocumentListOut.self)
            #expect(searched.items.map(\.name) == ["a.txt"])
        }
    }

    @Test func `an empty list has its feed's position and no members without a value`() async throws {
        try await bench.serve { caller in
            let text = String(buffer: try await caller.call(.get, "/documents").body)
            #expect(
                text == #"{"items":[],"meta":{"changesCursor":"0","hasMore":false,"limit":50,"totalIncluded":false}}"#)
        }
    }

    @Test(
        arguments: [
            ("/documents?page=1", "page"), ("/documents?Limit=1", "Limit"), ("/documents?includeRunMetrics=true", "includeRunMetrics"),
            ("/documents/tags?page=1", "page"), ("/runs?after=1", "after"), ("/documents/doc-1?include=x", "include"),
        ])
    func `a parameter that is none is refused by name`(path: String, name: String) async throws {
        try await bench.serve { caller in
            let problem = try await caller.problem(.get, path)
            #expect(problem.status == 422 && problem.type == "validation_error")
            #expect(problem.errors == [.init(path: name, message: problem.detail, code: "extra_forbidden")])
        }
    }

    @Test(
        arguments: [
            (filters(#"{"id":"colour","operator":"eq","value":"x"}"#), "filters"),
            (filters(#"{"id":"name","operator":"like","value":"x"}"#), "filters"),
            (filters(#"{"id":"assigneeId","operator":"eq","value":"x"}"#), "filters"),
            (filters(#"{"id":"lastRunPhase","operator":"in","value":["bogus"]}"#), "filters"),
            (filters([String](repeating: #"{"id":"name","operator":"eq","value":"x"}"#, count: 26).joined(separator: ",")), "filters"),
            (filters("\"\(String(repeating: "x", count: 8 << 10 - 3))\""), "filters"), ("/documents?filters=%7Bbad", "filters"),
            ("/documents?sort=name", "sort"), ("/documents?sort=\("[{\"id\":\"colour\"}]".encoded)", "sort"),
            ("/documents?q=\(String(repeating: "x", count: 201))", "q"), ("/documents?limit=0", "limit"), ("/documents?limit=201", "limit"),
            ("/documents?limit=1&limit=2", "limit"), ("/documents?cursor=nope", "cursor"), ("/documents?lifecycle=gone", "lifecycle"),
            ("/documents?joinOperator=xor", "joinOperator"), ("/documents?includeTotal=maybe", "includeTotal"),
            ("/documents/tags?q=x", "q"), ("/documents/tags?sort=size", "sort"), ("/runs?status=bogus", "status"),
            ("/runs?cursor=nope", "cursor"),
        ])
    func `a value that is not allowed is refused with what it is for`(path: String, name: String) async throws {
        try await bench.serve { caller in
            let problem = try await caller.problem(.get, path)
            #expect(problem.status == 422 && problem.errors.first?.path == name, "\(problem.detail)")
        }
    }

    @Test func `25 filters, 8 KiB of them and 200 characters of a search are allowed`() async throws {
        try await bench.serve { caller in
            let filter = #"{"id":"name","operator":"eq","value":"x"}"#
            let many = [String](repeating: filter, count: 25).joined(separator: ",")
            let long = #"{"id":"name","operator":"eq","value":""#
            let padded = long + String(repeating: "x", count: 8 << 10 - long.count - 4) + "\"}"
            for path in [Self.filters(many), Self.filters(padded), "/documents?q=\(String(repeating: "x", count: 200))"] {
                let response = try await caller.call(.get, path)
                #expect(response.status == .ok, "\(path.prefix(60))")
            }
            let over = try await caller.problem(.get, Self.filters(padded + " "))
            #expect(over.status == 422)
        }
    }

    @Test func `the catalogue counts tags, and knows its pages`() async throws {
        try await bench.serve { caller in
            try await caller.upload("a.txt", fields: ["tags": #"["finance","q1"]"#])
            try await caller.upload("b.txt", "other", fields: ["tags": #"["finance"]"#])
            let text = String(buffer: try await caller.call(.get, "/documents/tags?sort=-count&limit=1").body)
            #expect(text.contains(#""items":[{"document_count":2,"tag":"finance"}]"#))
            let page = try await caller.get("/documents/tags?sort=-count&limit=1", as: TagCatalogue.self)
            let cursor = try #require(page.meta.nextCursor)
            let rest = try await caller.get("/documents/tags?sort=-count&cursor=\(cursor.encoded)", as: TagCatalogue.self)
            #expect(rest.items == [.init(tag: "q1", documentCount: 1)] && !rest.meta.hasMore)
            #expect(try await caller.get("/documents/tags?q=fin", as: TagCatalogue.self).items.map(\.tag) == ["finance"])
        }
    }
}
