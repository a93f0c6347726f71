import ColophonAPI
import ColophonClient
import Testing

@Suite struct FeedFrameTests {
    private static func frame(_ event: String, id: String = "", _ data: String) -> FeedFrame {
        FeedFrame(EventStreamParser.Event(id: id, event: event, data: data))
    }

    @Test func `events of the stream are what the contract says`() {
        #expect(Self.frame("ready", id: "41", #"{"lastId":"41"}"#) == .ready(ChangePosition(41)))
        #expect(Self.frame("ready", #"{"lastId":null}"#) == .ready(nil))
        let upsert = FeedEntry(number: ChangePosition(42), documentId: "doc-a", isDeletion: false)
        #expect(
            Self.frame("document.changed", id: "42", #"{"documentId":"doc-a","op":"upsert","id":"42"}"#)
                == .change(ChangePosition(42), upsert))
        let deletion = FeedEntry(number: ChangePosition(43), documentId: "doc-a", isDeletion: true)
        #expect(
            Self.frame("document.deleted", id: "43", #"{"documentId":"doc-a","op":"delete","id":"43"}"#)
                == .change(ChangePosition(43), deletion))
        #expect(Self.frame("documents.resync", #"{"reason":"cursor_ahead","floor":"7","head":"41"}"#) == .resync(.cursorAhead))
        #expect(Self.frame("documents.resync", "{}") == .resync(.cursorExpired))
        #expect(Self.frame("keepalive", "{}") == .keepalive)
        #expect(Self.frame("message", "{}") == .other)
    }

    @Test func `a change that cannot be read keeps its number, where there is one`() {
        #expect(Self.frame("document.changed", id: "42", "{") == .change(ChangePosition(42), nil))
        #expect(Self.frame("document.changed", "[]") == .change(nil, nil))
        #expect(Self.frame("document.changed", id: "-1", "{}") == .change(nil, nil))
    }

    @Test(arguments: [("0", 0), ("42", 42), ("9223372036854775807", Int64.max)] as [(String, Int64)])
    func `a position is a decimal number`(text: String, number: Int64) {
        #expect(ChangePosition(text)?.number == number)
    }

    @Test(arguments: ["", "-1", "+1", " 1", "1 ", "0x1", "1e3", "9223372036854775808", "١"])
    func `anything else is no position`(text: String) {
        #expect(ChangePosition(text) == nil)
    }
}
