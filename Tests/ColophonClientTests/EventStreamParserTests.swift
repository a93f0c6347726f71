import ColophonAPI
import ColophonSamples
import Foundation
import Testing

@Suite struct EventStreamParserTests {
    typealias Event = EventStreamParser.Event

    /// A stream, and what the standard makes of it. The names are those of the Web Platform Tests for `EventSource`.
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var bytes: [UInt8]
        var events: [Event]
        var lastEventID = ""
        var retry: Int?

        init(_ name: String, _ text: String, _ events: [Event], lastEventID: String = "", retry: Int? = nil) {
            self.init(name, bytes: Array(text.utf8), events, lastEventID: lastEventID, retry: retry)
        }

        init(_ name: String, bytes: [UInt8], _ events: [Event], lastEventID: String = "", retry: Int? = nil) {
            (self.name, self.bytes, self.events, self.lastEventID, self.retry) = (name, bytes, events, lastEventID, retry)
        }

        var testDescription: String { name }
    }

    static let long = String(repeating: "x", count: 2 << 10)
    static let cases: [Case] = [
        Case("format-bom", "\u{FEFF}data:1\n\n\u{FEFF}data:2\n\ndata:3\n\n", [Event(data: "1"), Event(data: "3")]),
        Case("format-bom-2", "\u{FEFF}\u{FEFF}data:1\n\ndata:2\n\ndata:3\n\n", [Event(data: "2"), Event(data: "3")]),
        Case(
            "format-comments", "data:1\r:\0\n:\r\ndata:2\n:\(long)\rdata:3\n:data:fail\r:\(long)\ndata:4\n\n",
            [Event(data: "1\n2\n3\n4")]),
        Case("format-data-before-final-empty-line", "retry:1000\ndata:test1\n\nid:test\ndata:test2", [Event(data: "test1")], retry: 1000),
        Case("format-field-data", "data:\n\ndata\ndata\n\ndata:test\n\n", [Event(data: ""), Event(data: "\n"), Event(data: "test")]),
        Case("format-field-event", "event:test\ndata:x\n\ndata:x\n\n", [Event(event: "test", data: "x"), Event(data: "x")]),
        Case("format-field-event-empty", "event: \ndata:data\n\n", [Event(data: "data")]),
        Case("format-field-id", "data:hello\nid:…\n\n", [Event(id: "…", data: "hello")], lastEventID: "…"),
        Case(
            "format-field-id-2", "id:1\ndata:1\n\nid\ndata:2\n\nid:3\n\ndata:4\n\nid:\n\ndata:5\n\n",
            [Event(id: "1", data: "1"), Event(data: "2"), Event(id: "3", data: "4"), Event(data: "5")]),
        Case("format-field-id-null", "data:hello\nid:\0\n\n", [Event(data: "hello")]),
        Case(
            "format-field-id-null, within", "id:7\ndata:a\n\nid:a\0b\ndata:b\n\n", [Event(id: "7", data: "a"), Event(id: "7", data: "b")],
            lastEventID: "7"),
        Case(
            "format-field-parsing",
            "data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n",
            [Event(data: "\0\n 2\n1\n3\n\n4")]),
        Case("format-field-retry", "retry:03000\ndata:x\n\n", [Event(data: "x")], retry: 3000),
        Case(
            "format-field-retry-bogus", "retry:3000\nretry:1000x\ndata:x\n\nretry:-1\nretry:1.5\nretry: 2 \n\n", [Event(data: "x")],
            retry: 3000),
        Case("format-field-retry, beyond any clock", "retry:99999999999999999999999\ndata:x\n\n", [Event(data: "x")]),
        Case("format-field-retry-empty", "retry\ndata:test\n\n", [Event(data: "test")]),
        Case("format-field-unknown", "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\n\n", [Event(data: "test\n")]),
        Case("format-leading-space", "data:\ttest\rdata: \ndata:test\n\n", [Event(data: "\ttest\n\ntest")]),
        Case("format-newlines", "data:test\r\ndata\ndata:test\r\n\r", [Event(data: "test\n\ntest")]),
        Case(
            "format-newlines, other Unicode ones end nothing", "data:a\u{85}\u{2028}\u{2029}\u{B}\u{C}b\n\n",
            [Event(data: "a\u{85}\u{2028}\u{2029}\u{B}\u{C}b")]),
        Case("format-null-character", "data:\0\n\n\n\n", [Event(data: "\0")]),
        Case("format-utf-8", "data:ok…\n\n", [Event(data: "ok…")]),
        Case(
            "format-utf-8, broken", bytes: Array("data:a".utf8) + [0xC3, 0x28, 0xFF] + Array("b\n\n".utf8),
            [Event(data: "a\u{FFFD}(\u{FFFD}b")]),
        Case("an id without data moves the place", "id:9\n\n", [], lastEventID: "9"),
        Case("an id in a block that never ended moves nothing", "id:9\ndata:x\n", []),
        Case("a name without data is forgotten", "event:a\n\ndata:x\n\n", [Event(data: "x")]),
        Case("an empty stream", "", []),
    ]

    private static func check(_ test: Case, _ parser: EventStreamParser, _ events: [Event], _ cuts: String) {
        #expect(events == test.events, "\(test.name), \(cuts)")
        #expect(parser.lastEventID == test.lastEventID, "\(test.name), \(cuts)")
        #expect(parser.retry == test.retry, "\(test.name), \(cuts)")
    }

    @Test(arguments: cases)
    func `a stream is read by the standard's rules`(test: Case) throws {
        var parser = EventStreamParser()
        let events = try parser.read(test.bytes)
        Self.check(test, parser, events, "whole")
    }

    @Test(arguments: cases)
    func `where a stream is cut in two makes no difference`(test: Case) throws {
        for cut in 0...test.bytes.count {
            var parser = EventStreamParser()
            var events = try parser.read(test.bytes[..<cut])
            events += try parser.read(test.bytes[cut...])
            Self.check(test, parser, events, "cut at \(cut)")
        }
    }

    @Test(arguments: cases)
    func `one byte at a time, and at random cuts, a stream is the same`(test: Case) throws {
        var random = SplitMix64(seed: 42)
        for round in 0..<50 {
            var parser = EventStreamParser()
            var events: [Event] = []
            var rest = test.bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(round == 0 ? 1 : Int.random(in: 1...9, using: &random))
                events += try parser.read(piece)
                rest = rest.dropFirst(piece.count)
            }
            Self.check(test, parser, events, "round \(round)")
        }
    }

    @Test func `a connection goes on from the place of the one before`() throws {
        var parser = EventStreamParser(lastEventID: "41")
        #expect(try parser.read("data:x\n\nid:\ndata:y\n\n".utf8) == [Event(id: "41", data: "x"), Event(data: "y")])
        #expect(parser.lastEventID == "")
    }

    @Test func `a line longer than allowed ends the stream for good`() throws {
        var parser = EventStreamParser()
        let line = Array("data:".utf8) + Array(repeating: UInt8(ascii: "x"), count: EventStreamParser.lineBytesMax - 5)
        #expect(try parser.read(line + Array("\n\n".utf8)).first?.data.utf8.count == EventStreamParser.lineBytesMax - 5)
        #expect(throws: EventStreamParser.Failure.lineTooLong) { try parser.read(line + [UInt8(ascii: "x")]) }
        #expect(throws: EventStreamParser.Failure.lineTooLong) { try parser.read("\n\n".utf8) }
    }

    @Test func `an event longer than allowed ends the stream for good`() throws {
        let line = Array("data:".utf8) + Array(repeating: UInt8(ascii: "x"), count: 1023) + Array("\n".utf8)
        var parser = EventStreamParser()
        for _ in 0..<1024 { #expect(try parser.read(line).isEmpty) }
        let full = try parser.read("\n".utf8).first?.data.utf8.count
        #expect(full == EventStreamParser.eventBytesMax - 1)
        for _ in 0..<1024 { #expect(try parser.read(line).isEmpty) }
        #expect(try parser.read("data\n".utf8).isEmpty)
        #expect(throws: EventStreamParser.Failure.eventTooLong) { try parser.read("data\n".utf8).count }
        #expect(throws: EventStreamParser.Failure.eventTooLong) { try parser.read("\n".utf8).count }
    }
}
