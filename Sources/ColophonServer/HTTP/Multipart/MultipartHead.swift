import ColophonAPI
import ColophonCore

/// What a part of a form says about itself.
struct MultipartHead: Equatable {
    /// The form's name for it.
    var name: String
    /// What the sender calls the file; nil where it names none.
    var fileName: String?
    var contentType: String?

    /// - Parameter block: The header lines, each with its line break.
    /// - Throws: `badRequest` when they are malformed, `invalid` for an encoding that would have to be undone.
    init(block: [UInt8]) throws {
        var fields: [String: String] = [:]
        for line in try Self.lines(of: block) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !line.contains(0)
            else { throw ColophonError.malformedForm("a part has a header that is none") }
            // Browsers send file names as they are; nobody wants the control characters in them.
            let shown = line[(colon + 1)...].filter { $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }
            let value = String(decoding: shown, as: UTF8.self)
            // The first one holds: what a proxy appended comes after it.
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            if fields[name] == nil { fields[name] = Self.trimmed(value) }
        }
        guard let disposition = fields["content-disposition"].flatMap({ HeaderParameters($0) }), disposition.value == "form-data",
            let name = disposition["name"]
        else { throw ColophonError.malformedForm("a part has no Content-Disposition of form-data with a name") }
        if let encoding = fields["content-transfer-encoding"]?.lowercased(), !["7bit", "8bit", "binary"].contains(encoding) {
            throw ColophonError(
                .invalid, "A part comes in the transfer encoding \(encoding.prefix(32)); send its bytes as they are.",
                field: Self.unescaped(name))
        }
        self.name = Self.unescaped(name)
        // RFC 7578 wants no extended name in a form; where there is one it says more than the plain one.
        fileName = disposition["filename*"].flatMap(Self.extended) ?? disposition["filename"].map(Self.unescaped)
        contentType = fields["content-type"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Header lines without their breaks; a line that begins with white space goes on with the one before (RFC 5322, section 2.2.3).
    private static func lines(of block: [UInt8]) throws -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = block.startIndex
        while start < block.endIndex {
            guard let end = block[start...].firstIndex(of: 0x0D), end + 1 < block.endIndex, block[end + 1] == 0x0A else {
                throw ColophonError.malformedForm("a part's headers do not end in a line break")
            }
            let line = block[start..<end]
            if let first = line.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
                guard let last = lines.popLast() else { throw ColophonError.malformedForm("a part's headers begin with white space") }
                lines.append(last + line)
            } else if !line.isEmpty {
                lines.append(line)
            }
            start = end + 2
        }
        return lines
    }

    /// What browsers encode in a name of a form, and nothing else: quotes and line breaks (HTML, "multipart form data").
    private static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let known: UInt8? =
                switch Substring(rest.prefix(2)).uppercased() {
                case "22": 0x22
                case "0D": 0x0D
                case "0A": 0x0A
                default: nil
                }
            bytes.append(known ?? byte)
            if known != nil { rest = rest.dropFirst(2) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `UTF-8'language'encoded` (RFC 8187, section 3.2.1); nil for another character set, which nobody has to understand.
    private static func extended(_ text: String) -> String? {
        let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
        return PercentEncoding.decode(String(parts[2]))
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...].drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}

extension ColophonError {
    /// - Parameter what: What is wrong, to follow a colon.
    static func malformedForm(_ what: String) -> Self {
        Self(.badRequest, "The form cannot be read: \(what).", reason: "MALFORMED_FORM")
    }
}
