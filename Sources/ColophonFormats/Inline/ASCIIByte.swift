/// The classes of characters that both formats are defined by; bytes of characters beyond ASCII are in none of them.
extension UInt8 {
    var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }

    var isASCIIDigit: Bool { (0x30...0x39).contains(self) }

    var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }

    /// Space, tab, line feed, form feed, carriage return.
    var isASCIISpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C }

    var isSpaceOrTab: Bool { self == 0x20 || self == 0x09 }

    var isASCIIPunctuation: Bool {
        (0x21...0x2F).contains(self) || (0x3A...0x40).contains(self) || (0x5B...0x60).contains(self) || (0x7B...0x7E).contains(self)
    }

    var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

    /// What the byte is worth as a digit of base 16.
    var hexValue: UInt32? {
        switch self {
        case 0x30...0x39: UInt32(self - 0x30)
        case 0x41...0x46: UInt32(self - 0x41 + 10)
        case 0x61...0x66: UInt32(self - 0x61 + 10)
        default: nil
        }
    }
}

extension Collection<UInt8> {
    /// The bytes as text; they come from valid UTF-8, cut only at ASCII.
    var string: String { String(decoding: self, as: UTF8.self) }
}

extension Collection<UInt8> where SubSequence == ArraySlice<UInt8> {
    /// The bytes without the white space around them.
    var trimmed: ArraySlice<UInt8> {
        var rest = self[...]
        while let byte = rest.first, byte.isASCIISpace { rest.removeFirst() }
        while let byte = rest.last, byte.isASCIISpace { rest.removeLast() }
        return rest
    }
}
