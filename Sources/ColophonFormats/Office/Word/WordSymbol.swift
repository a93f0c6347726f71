/// Characters of the fonts that put symbols where letters belong.
enum WordSymbol {
    private static let greekCapitals = Array("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")
    private static let greekSmalls = Array("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")
    private static let wingdings: [UInt32: Character] = [
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xE0: "→", 0xE8: "➔",
        0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    ]

    /// The character that a symbol looks like; a square for those not known here.
    ///
    /// - Parameter code: In hexadecimal; fonts of symbols have theirs from F000 on.
    static func text(font: String, code: String) -> String {
        guard let code = UInt32(code, radix: 16), code > 0, let scalar = Unicode.Scalar(code) else { return "" }
        guard (0xF000...0xF0FF).contains(code) || code < 0x100 && ["Symbol", "Wingdings"].contains(font) else { return String(scalar) }
        let index = code & 0xFF
        switch (font, index) {
        case ("Symbol", 0x41...0x5A): return String(greekCapitals[Int(index - 0x41)])
        case ("Symbol", 0x61...0x7A): return String(greekSmalls[Int(index - 0x61)])
        case ("Symbol", 0xB7): return "•"
        case ("Wingdings", _): return String(wingdings[index] ?? "▪")
        default: return (0x21...0x7E).contains(index) ? String(Character(Unicode.Scalar(UInt8(index)))) : "▪"
        }
    }
}
