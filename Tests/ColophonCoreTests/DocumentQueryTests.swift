import ColophonCore
import Testing

/// A list's question in a request's words.
@Suite struct DocumentQueryTests {
    private let now = Timestamp(milliseconds: 1_772_366_400_000 + 45_000_000)  // 2026-03-01T24:30Z, a Sunday's night

    @Test func `nothing asked is the newest fifty`() throws {
        let query = try DocumentQuery.parse(now: now)
        #expect(query.limit == 50 && query.sort == [SortKey(.createdAt, isDescending: true)] && query.filters.isEmpty)
        #expect(query.join == .and && query.tokens.isEmpty && !query.includeTotal && !query.includeFacets && query.lifecycle == .active)
        #expect(try DocumentQuery.parse(filters: "", sort: "", joinOperator: "", limit: "", cursor: "", q: "", now: now) == query)
        #expect(try DocumentQuery.parse(filters: "[]", sort: "[]", now: now) == query)
    }

    @Test(arguments: [
        (#"[{"id":"tags","operator":"in","value":"a"}]"#, "Filter 'tags' with operator 'in' expects a non-empty array value"),
        (
            #"[{"id":"tags","operator":"notInArray","value":"a"}]"#,
            "Filter 'tags' with operator 'notInArray' expects a non-empty array value"
        ),
        (#"[{"id":"shoeSize","operator":"eq","value":"a"}]"#, "Unsupported filter id 'shoeSize'."),
        (#"[{"id":"name","operator":"sounds","value":"a"}]"#, "Unsupported filter operator 'sounds'."),
        (#"[{"id":"id","operator":"gt","value":"a"}]"#, "Filter 'id' does not support operator 'gt'."),
        (#"[{"id":"lastRunPhase","operator":"in","value":["bogus","failed","odd"]}]"#, "Invalid lastRunPhase value(s): bogus, odd"),
        (#"[{"id":"fileType","operator":"eq","value":"tape"}]"#, "Invalid fileType value(s): tape"),
        (#"[{"id":"source","operator":"eq","value":"mail"}]"#, "Invalid source value(s): mail"),
        (
            #"[{"id":"assigneeId","operator":"eq","value":"a"}]"#,
            "Filter id 'assigneeId' has no home here: documents have no assignees or mentions."
        ),
        (
            #"[{"id":"byteSize","operator":"between","value":[1]}]"#,
            "Filter 'byteSize' with operator 'between' expects an array of two values"
        ),
        (#"[{"id":"byteSize","operator":"gt","value":1.5}]"#, "Filter 'byteSize' with operator 'gt' expects a whole number"),
        (
            #"[{"id":"createdAt","operator":"gt","value":"soon"}]"#,
            "Filter 'createdAt' with operator 'gt' expects a time, as RFC 3339 text or in milliseconds since 1970"
        ),
        (#"[{"id":"hasOutput","operator":"eq","value":"yes"}]"#, "Filter 'hasOutput' with operator 'eq' expects true or false"),
    ])
    func `a wrong filter is refused with what is wrong`(filters: String, message: String) {
        #expect(refusal { try DocumentQuery.parse(filters: filters, now: now) } == ["filters", message])
    }

    @Test(arguments: ["{", "{}", "[1]", #"[{"id":"name"}]"#, #"[{"id":1,"operator":"eq","value":"a"}]"#, "name:a"])
    func `what is no list of filters is refused`(filters: String) {
        #expect(refusal { try DocumentQuery.parse(filters: filters, now: now) }.first == "filters")
    }

    @Test func `there are 25 filters and 8 KiB of them at most`() throws {
        let one = #"{"id":"name","operator":"eq","value":"a"}"#
        func list(_ count: Int) -> String { "[" + Array(repeating: one, count: count).joined(separator: ",") + "]" }
        #expect(try DocumentQuery.parse(filters: list(25), now: now).filters.count == 25)
        #expect(refusal { try DocumentQuery.parse(filters: list(26), now: now) }.first == "filters")
        let full = list(1) + String(repeating: " ", count: 8192 - list(1).utf8.count)
        #expect(try DocumentQuery.parse(filters: full, now: now).filters.count == 1)
        #expect(refusal { try DocumentQuery.parse(filters: full + " ", now: now) }.first == "filters")
    }

    @Test(arguments: ["null", #""""#, #""  ""#, "[]", #"["",null]"#])
    func `a filter whose value says nothing is left out`(value: String) throws {
        for op in ["eq", "in", "between", "iLike"] where op != "between" {
            #expect(try DocumentQuery.parse(filters: #"[{"id":"name","operator":"\#(op)","value":\#(value)}]"#, now: now).filters.isEmpty)
        }
        #expect(try DocumentQuery.parse(filters: #"[{"id":"byteSize","operator":"between","value":\#(value)}]"#, now: now).filters.isEmpty)
    }

    @Test func `names are compared by their keys, and a pattern without a wildcard is found anywhere`() throws {
        func test(_ op: String, _ value: String) throws -> DocumentFilter.Test? {
            try DocumentQuery.parse(filters: #"[{"id":"name","operator":"\#(op)","value":"\#(value)"}]"#, now: now).filters.first?.test
        }
        #expect(try test("eq", " My  FILE ") == .isAmong(["my file"], isNegated: false))
        #expect(try test("iLike", "Straße") == .isLike("%strasse%", isNegated: false))
        #expect(try test("notILike", "A%b") == .isLike("a%b", isNegated: true))
    }

    @Test(arguments: [
        ("today", "2026-03-02", "2026-03-03"), ("yesterday", "2026-03-01", "2026-03-02"), ("tomorrow", "2026-03-03", "2026-03-04"),
        ("this_week", "2026-03-02", "2026-03-09"), ("last_week", "2026-02-23", "2026-03-02"), ("this_month", "2026-03-01", "2026-04-01"),
        ("last_month", "2026-02-01", "2026-03-01"), ("past_7_days", "2026-02-23", "2026-03-03"),
    ])
    func `days are told by today's, in UTC`(word: String, from: String, until: String) throws {
        let monday = try #require(Timestamp(text: "2026-03-02T00:30:00Z"))
        let filters = #"[{"id":"createdAt","operator":"isRelativeToToday","value":"\#(word)"}]"#
        let query = try DocumentQuery.parse(filters: filters, now: monday)
        let (first, end) = (try #require(Timestamp(text: from)), try #require(Timestamp(text: until)))
        #expect(query.filters.first?.test == .isBetween(first.milliseconds, end.milliseconds - 1, isNegated: false))
    }

    @Test func `a year's turn and other words for days`() throws {
        func test(_ word: String, _ now: String) throws -> DocumentFilter.Test? {
            let filters = #"[{"id":"createdAt","operator":"isRelativeToToday","value":"\#(word)"}]"#
            return try DocumentQuery.parse(filters: filters, now: try #require(Timestamp(text: now))).filters.first?.test
        }
        let (november, december) = (try #require(Timestamp(text: "2025-12-01")), try #require(Timestamp(text: "2026-01-01")))
        #expect(try test("last_month", "2026-01-31") == .isBetween(november.milliseconds, december.milliseconds - 1, isNegated: false))
        for word in ["past_0_days", "past_99999_days", "past_x_days", "soon"] {
            #expect(refusal { try test(word, "2026-01-31") }.first == "filters")
        }
    }

    @Test(arguments: [
        "createdAt", "createdAt,name", "{}", #"[{"id":"shoeSize"}]"#, #"[{"id":"name","desc":1}]"#, #"[{"id":"name"},{"id":"name"}]"#,
        #"[{"id":"name"},{"id":"id"},{"id":"source"}]"#,
    ])
    func `what is no sort is refused`(sort: String) {
        #expect(refusal { try DocumentQuery.parse(sort: sort, now: now) }.first == "sort")
    }

    @Test func `words are few, of two characters at least, and as names are compared`() throws {
        func tokens(_ q: String) throws -> [String] { try DocumentQuery.parse(q: q, now: now).tokens }
        #expect(try tokens(" Foo  a STRASSE ") == ["foo", "strasse"])
        #expect(try tokens("aa bb cc dd ee ff gg hh i").count == 8)
        #expect(refusal { try tokens("aa bb cc dd ee ff gg hh ii") }.first == "q")
        #expect(try tokens(String(repeating: "ä", count: 200)).count == 1)
        #expect(refusal { try tokens(String(repeating: "a", count: 201)) }.first == "q")
    }

    @Test(arguments: [
        ("limit", "0"), ("limit", "201"), ("limit", "x"), ("joinOperator", "xor"), ("includeTotal", "2"), ("lifecycle", "all"),
    ])
    func `other wrong values are refused by name`(name: String, value: String) {
        #expect(
            refusal {
                try DocumentQuery.parse(
                    joinOperator: name == "joinOperator" ? value : nil, limit: name == "limit" ? value : nil,
                    includeTotal: name == "includeTotal" ? value : nil, lifecycle: name == "lifecycle" ? value : nil, now: now)
            }.first == name)
    }

    // MARK: Cursors

    @Test func `a cursor goes on in its own order alone`() throws {
        let sort = [SortKey(.name), SortKey(.lastRunAt, isDescending: true)]
        let cursor = DocumentCursor(sort: sort, values: [.text("é\"1"), .null], id: DocumentID(rawValue: "doc-1"))
        #expect(try DocumentCursor(cursor.text, sort: sort) == cursor)
        #expect(try cursor.text.utf8.allSatisfy { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") })
        let text = try cursor.text
        let other = refusal { try DocumentCursor(text, sort: SortKey.standard) }
        #expect(other == ["cursor", "Cursor sort does not match the requested sort."])
        #expect(refusal { try DocumentQuery(cursor: cursor) } == other)
    }

    @Test(arguments: [
        "x", "e30", "!!!!", String(repeating: "A", count: 20_000),
        // Version 2; a number for a name; null for a time; too few values.
        Base64URL.encode(Array(#"{"v":2,"s":["createdAt"],"k":[1],"id":"a"}"#.utf8)),
        Base64URL.encode(Array(#"{"v":1,"s":["createdAt"],"k":["1"],"id":"a"}"#.utf8)),
        Base64URL.encode(Array(#"{"v":1,"s":["createdAt"],"k":[null],"id":"a"}"#.utf8)),
        Base64URL.encode(Array(#"{"v":1,"s":["createdAt"],"k":[],"id":"a"}"#.utf8)),
    ])
    func `garbage is no cursor`(text: String) {
        #expect(refusal { try DocumentCursor(text, sort: [SortKey(.createdAt)]) } == ["cursor", "The cursor is not one of this list's."])
    }

    // MARK: Help

    /// The field and the message of what a body throws.
    private func refusal(_ body: () throws -> some Any) -> [String] {
        do {
            _ = try body()
            return []
        } catch let error as ColophonError where error.code == .invalid {
            return [error.field ?? "", error.message]
        } catch {
            return ["\(error)"]
        }
    }
}
