/// Makes glyphs of recognised words, so that they go the way of all others.
struct RecognizedGlyphs {
    /// Pixels to points.
    let scale: Float
    /// The page's height in points, in the frame in which the text stands upright.
    let height: Float

    /// A line's height, ascenders and descenders included, is that of its font, as far as one can see.
    private static let descent: Float = 0.22
    /// Heights are whole points, and the same font gives two of them: those so near to what is usual are that.
    private static let usualTolerance = 0.15

    func glyphs(of words: [RecognizedWord]) -> [Glyph] {
        let heights = words.map(\.lineHeight).sorted()
        let usual = heights.isEmpty ? 0 : heights[heights.count / 2]
        var glyphs: [Glyph] = []
        var previous: RecognizedWord?
        for word in words {
            let scalars = word.text.unicodeScalars.compactMap { ScalarCleaner.clean($0.value) }
            guard !scalars.isEmpty, word.right > word.left, word.lineHeight > 0 else { continue }
            let isUsual = Double(abs(word.lineHeight - usual)) <= Self.usualTolerance * Double(usual)
            let size = Float(isUsual ? usual : word.lineHeight) * scale
            let baseline = height - Float(word.baseline) * scale
            if let previous, !word.startsLine {
                let space = box(from: Float(previous.right), to: Float(max(word.left, previous.right)), baseline, size)
                glyphs.append(glyph(" ", space, baseline, size, .space))
            }
            let step = Float(word.right - word.left) / Float(scalars.count)
            for (index, scalar) in scalars.enumerated() {
                let left = Float(word.left) + Float(index) * step
                let flags: Glyph.Flags = index == 0 && word.startsLine ? .afterBreak : []
                glyphs.append(glyph(scalar, box(from: left, to: left + step, baseline, size), baseline, size, flags))
            }
            previous = word
        }
        return glyphs
    }

    private func box(from left: Float, to right: Float, _ baseline: Float, _ size: Float) -> Box {
        Box(x0: left * scale, y0: baseline - Self.descent * size, x1: right * scale, y1: baseline + (1 - Self.descent) * size)
    }

    private func glyph(_ scalar: Unicode.Scalar, _ box: Box, _ baseline: Float, _ size: Float, _ flags: Glyph.Flags) -> Glyph {
        Glyph(box: box, baseline: baseline, size: size, scalar: scalar, flags: flags, direction: 0)
    }
}
