/// What the child says to its parent, one frame at a time.
///
/// On the wire: one byte for the type, four bytes for the payload's length (big-endian), the payload. Numbers in payloads are
/// big-endian too. A whole answer is `opened`, a `page` for each page, where they were asked for with
/// its `words` before it, `note`s, pieces of an `invoice` where there is one, then pieces of the `result`
/// and `end`; or a `failure`. Where one page is drawn there are no `page` frames, and the result is the image.
package enum ChildFrame: Equatable, Sendable {
    /// The limits are in force and the document could be opened; it has so many pages.
    case opened(pages: Int)
    /// The words of the page that is finished next, as `PageText` writes them.
    case words([UInt8])
    /// A page was finished, from 1.
    case page(Int)
    /// A piece of the document's JSON, or of the page's image.
    case result([UInt8])
    /// A piece of an electronic invoice that the document carries; all of it comes between the last page and the result.
    case invoice([UInt8])
    /// The document has pages that must be recognised; nothing more will come, and whoever wants them read starts it again with languages.
    case needsRecognition
    /// Something about pages, before the invoice and the result.
    case note(ChildNote)
    /// The result is complete: so many pieces' bytes in all.
    case end(bytes: Int)
    /// Nothing more will come: a code of the run errors' table, and what happened.
    case failure(code: String, message: String)

    /// Words of later pages are not sent: one more than a mapping reads, so that it can tell.
    package static let wordsPagesMax = 201

    /// The largest payload that is sent or accepted.
    package static let payloadBytesMax = 1 << 20

    /// The frame as bytes.
    ///
    /// - Precondition: a piece of the result is at most `payloadBytesMax`.
    package var bytes: [UInt8] {
        let (tag, payload): (UInt8, [UInt8]) =
            switch self {
            case .opened(let pages): (1, Self.number(pages))
            case .page(let number): (2, Self.number(number))
            case .result(let piece): (3, piece)
            case .end(let bytes): (4, Self.number(bytes))
            case .invoice(let piece): (6, piece)
            case .needsRecognition: (7, [])
            case .words(let words): (9, words)
            case .note(let note): (8, note.bytes)
            case .failure(let code, let message): (5, Array("\(code)\n\(message.prefix(2000))".utf8))
            }
        precondition(payload.count <= Self.payloadBytesMax, "a frame's payload is bounded")
        return [tag] + Self.number(payload.count).suffix(4) + payload
    }

    init(tag: UInt8, payload: ArraySlice<UInt8>) throws(ChildProtocolError) {
        switch tag {
        case 1: self = .opened(pages: try Self.number(payload))
        case 2: self = .page(try Self.number(payload))
        case 3: self = .result(Array(payload))
        case 4: self = .end(bytes: try Self.number(payload))
        case 5:
            let text = String(decoding: payload, as: UTF8.self)
            let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            self = .failure(code: String(parts[0]), message: parts.count > 1 ? String(parts[1]) : "")
        case 6: self = .invoice(Array(payload))
        case 7: self = .needsRecognition
        case 9: self = .words(Array(payload))
        case 8: self = .note(try ChildNote(bytes: payload))
        default: throw .unknownType(tag)
        }
    }

    private static func number(_ value: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt64(max(value, 0)).bigEndian) { Array($0) }
    }

    private static func number(_ payload: ArraySlice<UInt8>) throws(ChildProtocolError) -> Int {
        guard payload.count == 8, let value = Int(exactly: payload.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) else { throw .badNumber }
        return value
    }
}

/// The child broke its protocol; whatever it said is not believed.
package enum ChildProtocolError: Error, Equatable {
    case unknownType(UInt8)
    case tooLong(Int)
    case badNumber
    case badNote
    /// A frame that may not come at this point, such as a second `opened` or a page that is skipped.
    case outOfTurn
}
