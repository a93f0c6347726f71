/// One event of a change stream.
package enum WireFrame: Hashable, Sendable {
    /// What follows continues from `position`, or first comes `resync`; `lastID` is the newest change that there is.
    case ready(position: Int64?, lastID: Int64?)
    case change(FeedChange)
    case keepalive
    case resync(reason: String, floor: Int64, head: Int64)
}

package struct FeedChange: Hashable, Sendable {
    package var id: Int64
    package var document: String
    package var isDelete: Bool

    package init(id: Int64, document: String, isDelete: Bool) {
        (self.id, self.document, self.isDelete) = (id, document, isDelete)
    }
}

extension WireFrame {
    /// Reads the lines of one block.
    ///
    /// - Throws: `WireFault` for whatever is not, to the byte, a frame as a server writes it.
    init(block: ArraySlice<UInt8>) throws {
        var rest = FrameBytes(block)
        if rest.take("retry: ") {
            guard rest.number() != nil, rest.take("\n") else { throw WireFault("a retry that is no number", at: block) }
        }
        let id = rest.take("id: ") ? rest.number() : nil
        if id != nil, !rest.take("\n") { throw WireFault("an id that is no number", at: block) }
        guard rest.take("event: "), let event = rest.word(until: "\n"), rest.take("data: ") else {
            throw WireFault("a frame without event and data", at: block)
        }
        guard let frame = Self.frame(event, id: id, &rest), rest.isAtEnd else { throw WireFault("no frame that is known", at: block) }
        self = frame
    }

    private static func frame(_ event: String, id: Int64?, _ data: inout FrameBytes) -> WireFrame? {
        switch event {
        case "document.changed", "document.deleted":
            guard data.take(#"{"documentId":""#), let document = data.word(until: "\""), data.take(#","op":""#),
                let op = data.word(until: "\""), op == (event == "document.deleted" ? "delete" : "upsert"), data.take(#","id":""#),
                let inner = data.number(), data.take("\"}"), inner == id
            else { return nil }
            return .change(FeedChange(id: inner, document: document, isDelete: op == "delete"))
        case "ready":
            guard data.take(#"{"lastId":"#) else { return nil }
            if data.take("null}") { return .ready(position: id, lastID: nil) }
            guard data.take("\""), let last = data.number(), data.take("\"}") else { return nil }
            return .ready(position: id, lastID: last)
        case "keepalive": return id == nil && data.take("{}") ? .keepalive : nil
        case "documents.resync":
            guard data.take(#"{"reason":""#), let reason = data.word(until: "\""), data.take(#","floor":""#),
                let floor = data.number(), data.take(#"","head":""#), let head = data.number(), data.take("\"}"), head == id
            else { return nil }
            return .resync(reason: reason, floor: floor, head: head)
        default: return nil
        }
    }
}

/// What is left of a block.
private struct FrameBytes {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ text: StaticString) -> Bool {
        let isThere = text.withUTF8Buffer { rest.starts(with: $0) }
        if isThere { rest = rest.dropFirst(text.utf8CodeUnitCount) }
        return isThere
    }

    /// Decimal digits without a leading zero; nothing else is a position.
    mutating func number() -> Int64? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty, digits.count < 19, digits.count == 1 || digits.first != 0x30 else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// Printable ASCII without a backslash, up to and without `end`, which is taken too.
    mutating func word(until end: Character) -> String? {
        guard let end = end.asciiValue, let stop = rest.firstIndex(of: end) else { return nil }
        let word = rest[..<stop]
        guard word.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }) else { return nil }
        rest = rest[(stop + 1)...]
        return String(decoding: word, as: UTF8.self)
    }
}
