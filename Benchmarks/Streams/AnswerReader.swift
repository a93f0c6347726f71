/// Reads an HTTP/1.1 answer as it comes, to the byte (RFC 9112, sections 4 to 7): the head, then a body that is chunked, has a length, or
/// lasts until the end.
package struct AnswerReader {
    private enum State {
        case head, chunkSize
        case chunk(Int)
        case chunkEnd, trailer
        case length(Int)
        case untilEnd, complete
    }

    private static let lineMax = 65_536

    package private(set) var status: Int?
    /// Names in lower case.
    package private(set) var headers: [String: String] = [:]
    private var state = State.head
    private var line: [UInt8] = []

    package init() {}

    /// Whether the whole answer is there; one that lasts until the end never says so.
    package var isComplete: Bool { if case .complete = state { true } else { false } }

    /// Takes bytes off the wire.
    ///
    /// - Returns: The bytes of the body among them.
    package mutating func read(_ bytes: [UInt8]) throws -> [UInt8] {
        var body: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            switch state {
            case .chunk(let left), .length(let left):
                let part = rest.prefix(left)
                body += part
                rest = rest.dropFirst(part.count)
                let isChunk = if case .chunk = state { true } else { false }
                if left > part.count {
                    state = isChunk ? .chunk(left - part.count) : .length(left - part.count)
                } else {
                    state = isChunk ? .chunkEnd : .complete
                }
            case .untilEnd:
                body += rest
                rest = []
            case .complete: throw WireFault("bytes after the end of the answer", at: rest)
            case .head, .chunkSize, .chunkEnd, .trailer: try readLine(&rest)
            }
        }
        return body
    }

    private mutating func readLine(_ rest: inout ArraySlice<UInt8>) throws {
        let end = rest.firstIndex(of: UInt8(ascii: "\n"))
        line += rest[..<(end ?? rest.endIndex)]
        guard line.count < Self.lineMax else { throw WireFault("a line without an end", at: line) }
        guard let end else {
            rest = []
            return
        }
        rest = rest[(end + 1)...]
        guard line.last == UInt8(ascii: "\r") else { throw WireFault("a line of HTTP that does not end with CR LF", at: line) }
        let text = String(decoding: line.dropLast(), as: UTF8.self)
        line = []
        try take(text)
    }

    private mutating func take(_ text: String) throws {
        switch state {
        case .chunkSize:
            guard let size = Int(text.prefix { $0 != ";" }, radix: 16) else { throw WireFault("no size of a chunk", at: text.utf8) }
            state = size == 0 ? .trailer : .chunk(size)
        case .chunkEnd:
            guard text.isEmpty else { throw WireFault("a chunk that is longer than it says", at: text.utf8) }
            state = .chunkSize
        case .trailer: if text.isEmpty { state = .complete }
        default: try takeHead(text)
        }
    }

    private mutating func takeHead(_ text: String) throws {
        if status == nil {
            let words = text.split(separator: " ", maxSplits: 2)
            guard words.count >= 2, words[0] == "HTTP/1.1", let number = Int(words[1]) else { throw WireFault("no status", at: text.utf8) }
            status = number
        } else if !text.isEmpty {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw WireFault("a header without a colon", at: text.utf8) }
            headers[parts[0].lowercased()] = parts[1].trimmingPrefix(" ").description
        } else if status == 204 || status == 304 {
            // These have no body, and say no length.
            state = .complete
        } else if headers["transfer-encoding"] == "chunked" {
            state = .chunkSize
        } else if let length = headers["content-length"] {
            guard let length = Int(length) else { throw WireFault("a length that is no number", at: length.utf8) }
            state = length == 0 ? .complete : .length(length)
        } else {
            state = .untilEnd
        }
    }
}
