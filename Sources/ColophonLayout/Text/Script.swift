/// Which way and how characters are written.
enum Script {
    /// Hebrew, Arabic, Syriac, Thaana, N'Ko and the presentation forms: classes R and AL of Unicode's bidirectional algorithm.
    @inline(__always)
    static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        let code = scalar.value
        guard code >= 0x590 else { return false }
        return code <= 0x8FF || (code >= 0xFB1D && code <= 0xFDFF) || (code >= 0xFE70 && code <= 0xFEFE)
            || (code >= 0x10800 && code <= 0x10FFF) || (code >= 0x1E800 && code <= 0x1EFFF)
    }

    /// Chinese and Japanese, which put no spaces between words.
    @inline(__always)
    static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
        let code = scalar.value
        guard code >= 0x2E80 else { return false }
        return code <= 0x9FFF || (code >= 0xF900 && code <= 0xFAFF) || (code >= 0xFF00 && code <= 0xFFEF)
            || (code >= 0x20000 && code <= 0x3FFFF)
    }
}
