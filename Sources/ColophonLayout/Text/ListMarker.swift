/// The bullet, number or letter that a list item begins with.
struct ListMarker {
    enum Kind: Equatable {
        case bullet
        /// `1.`, `1)`, `(1)`; the value tells whether items count on.
        case number(Int)
        /// `a)`, `(b)`, `c.`.
        case letter(Int)
        /// `ii)`, `(iv)`.
        case roman(Int)
    }

    var kind: Kind
    /// The marker as it is written.
    var text: String
    /// How many bytes of the line's UTF-8 the marker and the white space after it take.
    var length: Int

    /// - Returns: `nil` when the line does not begin with a marker followed by text.
    init?(prefixOf line: String) {
        let bytes = line.utf8
        guard let space = bytes.prefix(16).firstIndex(of: 0x20) else {
            guard let bullet = Self.attachedBullet(line) else { return nil }
            self = bullet
            return
        }
        let marker = line[..<space]
        guard let kind = Self.kind(of: marker) else {
            guard let bullet = Self.attachedBullet(line) else { return nil }
            self = bullet
            return
        }
        self.kind = kind
        text = String(marker)
        length = bytes.distance(from: bytes.startIndex, to: space) + 1
        guard length < bytes.count else { return nil }
    }

    private init(kind: Kind, text: String, length: Int) {
        self.kind = kind
        self.text = text
        self.length = length
    }

    /// A bullet without a space after it, which only unmistakable bullets may lack.
    private static func attachedBullet(_ line: String) -> ListMarker? {
        guard let first = line.unicodeScalars.first, isSureBullet(first) else { return nil }
        let length = UTF8.width(first)
        guard length < line.utf8.count else { return nil }
        return ListMarker(kind: .bullet, text: String(Character(first)), length: length)
    }

    static func isSureBullet(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2022, 0x2023, 0x25E6, 0x25AA, 0x25AB, 0x25CF, 0x25CB, 0x25A0, 0x25A1, 0x2043, 0x2219, 0x27A2, 0x2794, 0x25B6, 0x25BA, 0x2666,
            0x25C6, 0x2756, 0x2713, 0x2714, 0x2610, 0x2611, 0x2612, 0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC, 0xF076, 0xF02D, 0xF0A8, 0xF06E, 0xF071:
            true
        default: false
        }
    }

    private static func kind(of marker: Substring) -> Kind? {
        let scalars = Array(marker.unicodeScalars.prefix(9))
        guard let first = scalars.first, scalars.count <= 8 else { return nil }
        if scalars.count == 1 {
            switch first.value {
            case 0x2D, 0x2013, 0x2014, 0x2A, 0xB7, 0x2212: return .bullet
            default: return isSureBullet(first) ? .bullet : nil
            }
        }
        var body = scalars[...]
        guard let last = body.last else { return nil }
        if first == "(" || first == "[" {
            guard last == (first == "(" ? ")" : "]") else { return nil }
            body = body.dropFirst().dropLast()
        } else {
            guard last == "." || last == ")" || last == ":" && false else { return nil }
            body = body.dropLast()
        }
        guard !body.isEmpty else { return nil }
        if body.allSatisfy({ $0.value >= 48 && $0.value <= 57 }), body.count <= 3 {
            return .number(body.reduce(0) { $0 * 10 + Int($1.value) - 48 })
        }
        if first != "[", body.count == 1, let letter = body.first, letter.properties.isAlphabetic, letter.isASCII {
            if letter == "i" { return .roman(1) }
            return .letter(Int((letter.value | 0x20) - 96))
        }
        if first != "[", let value = roman(body) { return .roman(value) }
        return nil
    }

    private static func roman(_ body: ArraySlice<Unicode.Scalar>) -> Int? {
        var total = 0
        var previous = 0
        for scalar in body.reversed() {
            let value: Int
            switch scalar {
            case "i": value = 1
            case "v": value = 5
            case "x": value = 10
            default: return nil
            }
            total += value < previous ? -value : value
            previous = value
        }
        return total > 0 ? total : nil
    }
}
