import CPDFium

/// What a font's name and flags say about its style.
///
/// Names come first: weights and flags are often wrong, in TeX's fonts above all (PDF 32000-1, 9.8.2 has the flags).
struct FontStyle {
    var flags: Glyph.Flags = []

    init(name: [UInt8], descriptorFlags: Int32, weight: Int32) {
        var lower = name
        for index in lower.indices where lower[index] >= 65 && lower[index] <= 90 { lower[index] += 32 }
        func has(_ part: StaticString) -> Bool { Self.contains(lower, part) }

        let isLight = has("light") || has("regular") || has("book")
        if has("bold") || has("black") || has("heavy") || has("-medi") || has("demi") || has("cmbx") || has("sfbx") || has("-bd")
            || (descriptorFlags & (1 << 18)) != 0 || (weight >= 600 && weight <= 1000 && !isLight)
        {
            flags.insert(.bold)
        }
        if has("italic") || has("oblique") || has("slant") || has("-ital") || has("cmti") || has("cmsl") || has("sfti")
            || (descriptorFlags & (1 << 6)) != 0
        {
            flags.insert(.italic)
        }
        if Self.symbolFonts.contains(where: has) { flags.insert(.symbol) }
        if has("courier") || has("mono") || has("consol") || has("cmtt") || has("sftt") || has("typewriter") || has("menlo")
            || has("inconsolata") || (descriptorFlags & 1) != 0
        {
            flags.insert(.monospaced)
        }
    }

    /// Fonts of signs: their letters are bullets, ticks and arrows.
    private static let symbolFonts: [StaticString] = ["wingdings", "webdings", "dingbat", "symbolmt", "starbats", "marlett"]

    private static func contains(_ name: [UInt8], _ part: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: part.utf8Start, count: part.utf8CodeUnitCount)
        guard name.count >= wanted.count, !wanted.isEmpty else { return false }
        for start in 0...(name.count - wanted.count) {
            var index = 0
            while index < wanted.count, name[start + index] == wanted[index] { index += 1 }
            if index == wanted.count { return true }
        }
        return false
    }
}
