/// A header's value as MIME writes it: a word, then parameters (RFC 2045, section 5.1; RFC 6266, section 4.1).
struct HeaderParameters: Equatable {
    /// Lower case: `form-data`, `multipart/form-data`.
    var value: String
    private var parameters: [String: String] = [:]

    /// By a name in lower case; nil where it is absent.
    subscript(name: String) -> String? { parameters[name] }

    /// - Returns: Nil when it is malformed, or names a parameter twice: nobody can know which is meant.
    init?(_ text: String) {
        var rest = text.utf8[...]
        let head = rest.prefix { $0 != UInt8(ascii: ";") }
        rest = rest.dropFirst(head.count)
        value = Self.trimmed(Substring(head)).lowercased()
        guard !value.isEmpty else { return nil }
        while rest.first == UInt8(ascii: ";") {
            rest = rest.dropFirst().drop(while: Self.isSpace)
            // A semicolon with nothing behind it does no harm.
            if rest.isEmpty || rest.first == UInt8(ascii: ";") { continue }
            let name = rest.prefix(while: Self.isToken)
            rest = rest.dropFirst(name.count).drop(while: Self.isSpace)
            guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "=") else { return nil }
            rest = rest.drop(while: Self.isSpace)
            let text: String
            if rest.first == UInt8(ascii: "\"") {
                guard let quoted = Self.quoted(&rest) else { return nil }
                text = quoted
            } else {
                let plain = rest.prefix { $0 != UInt8(ascii: ";") }
                rest = rest.dropFirst(plain.count)
                text = String(Self.trimmed(Substring(plain)))
            }
            rest = rest.drop(while: Self.isSpace)
            guard parameters.updateValue(text, forKey: Substring(name).lowercased()) == nil else { return nil }
        }
        guard rest.isEmpty else { return nil }
    }

    /// The text between two quotes. Browsers leave a backslash as it is, other senders escape with it: it is an escape only before another
    /// backslash, and before a quote unless that is the last one.
    private static func quoted(_ rest: inout Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        _ = rest.popFirst()
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                let isEscape =
                    switch rest.first {
                    case UInt8(ascii: "\\"): true
                    case UInt8(ascii: "\""): rest.dropFirst().contains(UInt8(ascii: "\""))
                    default: false
                    }
                if isEscape, let next = rest.first {
                    bytes.append(next)
                    _ = rest.popFirst()
                } else {
                    bytes.append(byte)
                }
            default: bytes.append(byte)
            }
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains(byte)
    }
}
