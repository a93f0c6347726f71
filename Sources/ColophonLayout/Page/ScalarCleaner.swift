/// Decides which characters of a PDF are text.
enum ScalarCleaner {
    /// White space of every kind becomes a space; controls, noncharacters and invisible marks go.
    ///
    /// - Returns: `nil` for what is no text.
    @inline(__always)
    static func clean(_ code: UInt32) -> Unicode.Scalar? {
        if code > 0x20, code < 0x7F { return Unicode.Scalar(code) }
        switch code {
        case 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return " "
        // PDFium's mark for a hyphen at a line's end.
        case 0x02: return "-"
        case 0x00...0x1F, 0x7F...0x9F: return nil
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFF: return nil
        case 0xFDD0...0xFDEF: return nil
        default:
            guard code & 0xFFFE != 0xFFFE else { return nil }
            return Unicode.Scalar(code)
        }
    }
}
