/// Reads server-sent events out of bytes, however they were cut, by the rules of the HTML standard (section 9.2.6).
///
/// Lines end with LF, CR or CRLF and nothing else. What the stream's end leaves unfinished was never sent.
package struct EventStreamParser: Sendable {
    /// The longest line, in bytes without its end.
    package static let lineBytesMax = 64 << 10
    /// The most bytes of one event: its data with the line feeds between them, and its name.
    package static let eventBytesMax = 1 << 20

    package struct Event: Sendable, Hashable {
        /// The last id the stream named, in this event or before it; empty where there is none.
        package var id: String
        /// `message` unless the stream named another.
        package var event: String
        package var data: String

        package init(id: String = "", event: String = "message", data: String) {
            self.id = id
            self.event = event
            self.data = data
        }
    }

    package enum Failure: Error, Hashable, Sendable {
        case lineTooLong
        case eventTooLong
    }

    /// What a reconnection names as `Last-Event-ID`: the id as of the last block that was read to its end, with data or without.
    package private(set) var lastEventID: String
    /// How long to wait before a reconnection, in milliseconds, where the stream has said so.
    package private(set) var retry: Int?

    private var line: [UInt8] = []
    private var isFirstLine = true
    private var endedWithCarriageReturn = false
    private var id: String
    private var name = ""
    private var data: [UInt8] = []
    private var hasData = false
    private var failure: Failure?

    /// - Parameter lastEventID: What an earlier connection had come to.
    package init(lastEventID: String = "") {
        self.lastEventID = lastEventID
        id = lastEventID
    }

    /// Takes the next bytes of the stream and gives the events they complete.
    ///
    /// - Throws: When a line or an event is longer than allowed. The stream cannot be read any further: every later call throws the same.
    package mutating func read(_ bytes: some Sequence<UInt8>) throws(Failure) -> [Event] {
        if let failure { throw failure }
        var events: [Event] = []
        do throws(Failure) {
            for byte in bytes {
                let followsCarriageReturn = endedWithCarriageReturn
                endedWithCarriageReturn = byte == UInt8(ascii: "\r")
                switch byte {
                case UInt8(ascii: "\n") where followsCarriageReturn: break
                case UInt8(ascii: "\n"), UInt8(ascii: "\r"): if let event = try endLine() { events.append(event) }
                default:
                    guard line.count < Self.lineBytesMax else { throw Failure.lineTooLong }
                    line.append(byte)
                }
            }
        } catch {
            failure = error
            throw error
        }
        return events
    }

    private mutating func endLine() throws(Failure) -> Event? {
        var text = line[...]
        // A byte order mark is one only before everything else.
        if isFirstLine && text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        isFirstLine = false
        defer { line.removeAll(keepingCapacity: true) }
        guard !text.isEmpty else { return endBlock() }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else {
            try take(field: text, value: [])
            return nil
        }
        var value = text[(colon + 1)...]
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        // Without a name before its colon the line is a comment; no field is named so.
        try take(field: text[..<colon], value: value)
        return nil
    }

    private mutating func take(field: ArraySlice<UInt8>, value: ArraySlice<UInt8>) throws(Failure) {
        switch String(decoding: field, as: UTF8.self) {
        case "data":
            guard data.count + value.count + 1 + name.utf8.count <= Self.eventBytesMax else { throw .eventTooLong }
            if hasData { data.append(UInt8(ascii: "\n")) }
            data += value
            hasData = true
        case "event":
            guard data.count + value.count <= Self.eventBytesMax else { throw .eventTooLong }
            name = String(decoding: value, as: UTF8.self)
        case "id": if !value.contains(0) { id = String(decoding: value, as: UTF8.self) }
        case "retry":
            // A number that no clock could count is none.
            let isNumber = !value.isEmpty && value.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            if isNumber, let number = Int(String(decoding: value, as: UTF8.self)) { retry = number }
        default: break
        }
    }

    /// The end of a block: its id counts from here on; it is an event only with data.
    private mutating func endBlock() -> Event? {
        defer {
            name = ""
            data.removeAll(keepingCapacity: true)
            hasData = false
        }
        lastEventID = id
        guard hasData else { return nil }
        return Event(id: id, event: name.isEmpty ? "message" : name, data: String(decoding: data, as: UTF8.self))
    }
}
