import ColophonCore
import Foundation

/// Takes a form apart (RFC 7578; RFC 2046, section 5.1): bytes in, events out, no I/O. It holds what it was fed last, and of what came before
/// no more than could be the beginning of a boundary.
struct MultipartParser {
    enum Event: Equatable {
        case begin(MultipartHead)
        /// Bytes of the part that began last, never none.
        case bytes(ArraySlice<UInt8>)
        case end
    }

    /// The most bytes of one part's headers.
    static let headBytesMax = 8 << 10
    static let partsMax = 32
    /// The most bytes before the first part, behind the last one, and behind a boundary on its line; each counted by itself.
    static let ignoredBytesMax = 64 << 10

    private enum State {
        /// Before the first boundary.
        case preamble
        /// Behind a boundary, on its line.
        case boundary
        case head
        case body
        case epilogue
    }

    /// Line break, two hyphens, the boundary.
    private let delimiter: [UInt8]
    private var state = State.preamble
    private var input: ArraySlice<UInt8> = []
    /// Whether nothing was read since the last line break that belongs to no content: then a boundary needs none of its own.
    private var isAtLineStart = true
    private var head: [UInt8] = []
    private var parts = 0
    private var ignored = 0

    init(boundary: String) { delimiter = Array("\r\n--\(boundary)".utf8) }

    /// Whether the last boundary has come.
    var isComplete: Bool { state == .epilogue }

    /// Gives it more; what it was fed before must have been taken out by `next` until that had nothing.
    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        if input.isEmpty { input = bytes } else { input += bytes }
    }

    /// What comes next; nil when more bytes are needed to tell, or nothing comes any more.
    ///
    /// - Throws: `badRequest` when it is no form, `tooLarge` past one of the bounds.
    mutating func next() throws -> Event? {
        while true {
            switch state {
            case .preamble:
                switch content() {
                case .some(let bytes): try ignore(bytes.count)
                case .none:
                    guard try passDelimiter() else { return nil }
                    state = .boundary
                }
            case .boundary:
                guard try passBoundaryLine() else { return nil }
            case .head:
                guard try readHead() else { return nil }
                let begun = try MultipartHead(block: head)
                head = []
                isAtLineStart = true
                state = .body
                return .begin(begun)
            case .body:
                if let bytes = content() { return .bytes(bytes) }
                guard try passDelimiter() else { return nil }
                state = .boundary
                return .end
            case .epilogue:
                try ignore(input.count)
                input = []
                return nil
            }
        }
    }

    /// Takes what surely lies before the next boundary; nil when nothing does.
    private mutating func content() -> ArraySlice<UInt8>? {
        if isAtLineStart {
            let length = min(delimiter.count - 2, input.count)
            if input.prefix(length).elementsEqual(delimiter.dropFirst(2).prefix(length)) { return nil }
            isAtLineStart = false
        }
        let length = contentLength()
        guard length > 0 else { return nil }
        defer { input = input.dropFirst(length) }
        return input.prefix(length)
    }

    /// Takes a boundary; false when it has not come whole.
    private mutating func passDelimiter() throws -> Bool {
        let expected = isAtLineStart ? delimiter.dropFirst(2) : delimiter[...]
        guard input.count >= expected.count else { return false }
        input = input.dropFirst(expected.count)
        ignored = 0
        return true
    }

    /// How many bytes come before the next boundary, or before what may become one.
    ///
    /// - Complexity: O(length of the input): a boundary holds no line break but its first.
    private func contentLength() -> Int {
        input.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            var from = 0
            while from < bytes.count, let found = memchr(base + from, 0x0D, bytes.count - from) {
                let start = UnsafeRawPointer(found) - UnsafeRawPointer(base)
                let length = min(delimiter.count, bytes.count - start)
                if memcmp(found, delimiter, length) == 0 { return start }
                from = start + 1
            }
            return bytes.count
        }
    }

    /// Takes the rest of a boundary's line: nothing but white space and a line break, or two hyphens, after which no part comes.
    private mutating func passBoundaryLine() throws -> Bool {
        if ignored == 0, input.first == UInt8(ascii: "-") {
            guard input.count >= 2 else { return false }
            guard input[input.startIndex + 1] == UInt8(ascii: "-") else { throw ColophonError.malformedForm("a boundary is run on") }
            input = input.dropFirst(2)
            state = .epilogue
            return true
        }
        let padding = input.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        try ignore(padding.count)
        input = input.dropFirst(padding.count)
        guard input.count >= 2 else {
            guard input.isEmpty || input.first == 0x0D else { throw ColophonError.malformedForm("a boundary is run on") }
            return false
        }
        guard input.starts(with: [0x0D, 0x0A]) else { throw ColophonError.malformedForm("a boundary is run on") }
        input = input.dropFirst(2)
        parts += 1
        guard parts <= Self.partsMax else {
            throw ColophonError(.tooLarge, "The form has more than \(Self.partsMax) parts.")
        }
        state = .head
        return true
    }

    /// Takes header lines up to and with the empty one; false when that has not come.
    private mutating func readHead() throws -> Bool {
        while let byte = input.popFirst() {
            head.append(byte)
            guard head.count <= Self.headBytesMax else {
                throw ColophonError(.tooLarge, "A part of the form has more than \(Self.headBytesMax) bytes of headers.")
            }
            if byte == 0x0A, head == [0x0D, 0x0A] || head.suffix(4).elementsEqual([0x0D, 0x0A, 0x0D, 0x0A]) {
                head.removeLast(2)
                return true
            }
        }
        return false
    }

    private mutating func ignore(_ count: Int) throws {
        ignored += count
        guard ignored <= Self.ignoredBytesMax else {
            throw ColophonError(.tooLarge, "The form has more than \(Self.ignoredBytesMax) bytes outside of its parts.")
        }
    }
}
