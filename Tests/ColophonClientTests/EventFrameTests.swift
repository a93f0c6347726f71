import ColophonAPI
import ColophonSamples
import Foundation
import Testing

@Suite struct EventFrameTests {
    @Test func `a frame has its parts in order and ends with an empty line`() {
        let frame = EventFrame(retry: 3000, id: 41, event: "ready", data: #"{"lastId":"41"}"#)
        #expect(String(decoding: frame.bytes, as: UTF8.self) == "retry: 3000\nid: 41\nevent: ready\ndata: {\"lastId\":\"41\"}\n\n")
        #expect(String(decoding: EventFrame(data: "{}").bytes, as: UTF8.self) == "data: {}\n\n")
    }

    @Test func `data are one line of ASCII and mean what they meant`() throws {
        let texts = ["Größe", "a\u{85}b\u{2028}c\u{2029}d", "😀 漢字", "\u{7F}", "quote \" and \\"]
        let encoder = JSONEncoder()
        encoder.outputFormatting = .prettyPrinted
        let frame = EventFrame(event: "message", data: String(decoding: try encoder.encode(texts), as: UTF8.self))
        #expect(frame.bytes.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) })
        #expect(frame.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).count == 4)

        var parser = EventStreamParser()
        let event = try #require(try parser.read(frame.bytes).first)
        #expect(event.event == "message")
        #expect(try JSONDecoder().decode([String].self, from: Data(event.data.utf8)) == texts)
    }

    @Test func `whatever is written is read back`() throws {
        var random = SplitMix64(seed: 7)
        var parser = EventStreamParser()
        var bytes: [UInt8] = []
        var expected: [EventStreamParser.Event] = []
        var place = ""
        for number in 0..<500 {
            let id: Int64? = Bool.random(using: &random) ? Int64(number) : nil
            let name = ["ready", "document.changed", nil].randomElement(using: &random) ?? nil
            bytes += EventFrame(retry: number.isMultiple(of: 50) ? number : nil, id: id, event: name, data: "{\"n\":\(number)}").bytes
            if let id { place = "\(id)" }
            expected.append(EventStreamParser.Event(id: place, event: name ?? "message", data: "{\"n\":\(number)}"))
        }
        #expect(try parser.read(bytes) == expected)
        #expect(parser.lastEventID == place && parser.retry == 450)
    }
}
