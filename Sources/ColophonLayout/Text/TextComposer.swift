/// Writes words as text: spaces, ligatures, right-to-left runs, normal form C.
struct TextComposer {
    let glyphs: [Glyph]
    let words: [Word]

    func text(of line: TextLine) -> String {
        text(of: line.words, isRightToLeft: line.isRightToLeft)
    }

    /// The words' text with single spaces, in normal form C.
    func text(of indices: [Int32], isRightToLeft: Bool) -> String {
        var bytes: [UInt8] = []
        var isASCII = true
        var last: Word?
        for index in isRightToLeft ? logicalOrder(indices) : indices {
            let word = words[Int(index)]
            if let last, needsSpace(between: last, and: word) { bytes.append(0x20) }
            if isBullet(word) {
                append("\u{2022}", to: &bytes, &isASCII)
            } else if word.isRightToLeft {
                appendRightToLeft(word, to: &bytes)
                isASCII = false
            } else {
                for position in word.glyphs { append(glyphs[position].scalar, to: &bytes, &isASCII) }
            }
            last = word
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return isASCII ? text : String(decoding: text._nfcCodeUnits, as: UTF8.self)
    }

    /// A lone letter of a font of signs stands for one, mostly a bullet; which letter means nothing.
    private func isBullet(_ word: Word) -> Bool {
        guard word.glyphs.count == 1, let position = word.glyphs.first, glyphs[position].flags.contains(.symbol) else { return false }
        let scalar = glyphs[position].scalar
        return scalar.isASCII && scalar.properties.isAlphabetic || scalar.value >= 0xE000 && scalar.value <= 0xF8FF
    }

    /// PDFium turns the letters of right-to-left words round, those of a ligature with them: alef and lam of one glyph are turned back.
    private func appendRightToLeft(_ word: Word, to bytes: inout [UInt8]) {
        var isASCII = true
        var position = word.glyphs.lowerBound
        while position < word.glyphs.upperBound {
            let glyph = glyphs[position]
            if position + 1 < word.glyphs.upperBound, glyphs[position + 1].scalar.value == 0x644, glyphs[position + 1].box == glyph.box,
                [0x622, 0x623, 0x625, 0x627].contains(glyph.scalar.value)
            {
                append(glyphs[position + 1].scalar, to: &bytes, &isASCII)
                append(glyph.scalar, to: &bytes, &isASCII)
                position += 2
            } else {
                append(glyph.scalar, to: &bytes, &isASCII)
                position += 1
            }
        }
    }

    /// Mostly digits, with the signs of numbers around them.
    func isNumeric(_ indices: [Int32]) -> Bool {
        var digits = 0
        var others = 0
        for index in indices {
            for position in words[Int(index)].glyphs {
                let value = glyphs[position].scalar.value
                if value >= 48, value <= 57 { digits += 1 } else { others += 1 }
                if others > digits + 3 { return false }
            }
        }
        return digits > 0 && digits >= others
    }

    private func needsSpace(between last: Word, and next: Word) -> Bool {
        guard next.followsSpace || max(next.box.x0 - last.box.x1, last.box.x0 - next.box.x1) > 0.28 * max(last.size, next.size) else {
            return false
        }
        if let end = last.glyphs.last, let start = next.glyphs.first, Script.isIdeographic(glyphs[end].scalar),
            Script.isIdeographic(glyphs[start].scalar)
        {
            return false
        }
        return true
    }

    /// Words of a right-to-left line from right to left, with the order within runs of Latin words and numbers kept.
    ///
    /// PDFium gives each word's own characters in logical order; the order of words is taken from where they stand
    /// (Unicode's bidirectional algorithm, rule L2, in reverse).
    private func logicalOrder(_ indices: [Int32]) -> [Int32] {
        var sorted = indices.sorted { words[Int($0)].box.midX > words[Int($1)].box.midX }
        var start = 0
        while start < sorted.count {
            var end = start
            while end < sorted.count, !words[Int(sorted[end])].isRightToLeft { end += 1 }
            if end - start > 1 { sorted[start..<end].reverse() }
            start = max(end, start) + 1
        }
        return sorted
    }

    @inline(__always)
    private func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8], _ isASCII: inout Bool) {
        if scalar.isASCII {
            bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            return
        }
        switch scalar.value {
        case 0xAD: bytes.append(UInt8(ascii: "-"))
        case 0xFB00: bytes.append(contentsOf: [0x66, 0x66])
        case 0xFB01: bytes.append(contentsOf: [0x66, 0x69])
        case 0xFB02: bytes.append(contentsOf: [0x66, 0x6C])
        case 0xFB03: bytes.append(contentsOf: [0x66, 0x66, 0x69])
        case 0xFB04: bytes.append(contentsOf: [0x66, 0x66, 0x6C])
        case 0xFB05, 0xFB06: bytes.append(contentsOf: [0x73, 0x74])
        default:
            isASCII = false
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }
}
