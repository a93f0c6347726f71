/// One server-sent event as the server writes it: its data are JSON on one line of ASCII, so that readers which break lines elsewhere
/// than the standard does, at U+2028 for one, still read it whole.
package struct EventFrame: Sendable, Hashable {
    /// How long a client waits before it reconnects, in milliseconds.
    package var retry: Int?
    /// Where a reconnection goes on; none leaves the client's place as it was.
    package var id: Int64?
    package var event: String?
    /// A JSON text.
    package var data: String

    /// - Parameters:
    ///   - event: A name without line breaks; the program's own, never a caller's.
    ///   - data: A JSON text; line breaks between its tokens become spaces.
    package init(retry: Int? = nil, id: Int64? = nil, event: String? = nil, data: String) {
        precondition(event?.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ?? true, "an event's name is a word")
        self.retry = retry
        self.id = id
        self.event = event
        self.data = data
    }

    /// The frame with the empty line that ends it; lines end with LF.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.utf8.count + 64)
        if let retry { bytes += "retry: \(retry)\n".utf8 }
        if let id { bytes += "id: \(id)\n".utf8 }
        if let event { bytes += "event: \(event)\n".utf8 }
        bytes += "data: ".utf8
        Self.appendASCII(data, to: &bytes)
        bytes += "\n\n".utf8
        return bytes
    }

    /// Outside ASCII there are only characters inside strings, where JSON lets them be written by number.
    private static func appendASCII(_ json: String, to bytes: inout [UInt8]) {
        for unit in json.utf16 {
            switch unit {
            case 0x0A, 0x0D: bytes.append(UInt8(ascii: " "))
            case ..<0x7F: bytes.append(UInt8(unit))
            default:
                let digits = String(unit, radix: 16)
                bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
            }
        }
    }
}
