import CTesseract
import ColophonLayout

/// Goes through what Tesseract read, word by word.
struct ResultWalk {
    let functions: tesseract_functions
    let results: tesseract_results
    /// Dots per inch of the image.
    let resolution: Int
    /// Of 100; words below it are counted and passed over.
    let confidenceMin: Float
    private(set) var dropped = 0
    private var isFirst = true
    private var isLineStart = true
    private var baseline = 0

    init(functions: tesseract_functions, results: tesseract_results, resolution: Int, confidenceMin: Float) {
        self.functions = functions
        self.results = results
        self.resolution = resolution
        self.confidenceMin = confidenceMin
    }

    mutating func next() -> RecognizedWord? {
        let level = Int32(TESSERACT_LEVEL_WORD)
        while isFirst || functions.TessResultIteratorNext(results, level) != 0 {
            isFirst = false
            guard let places = functions.TessResultIteratorGetPageIteratorConst(results) else { return nil }
            if functions.TessPageIteratorIsAtBeginningOf(places, Int32(TESSERACT_LEVEL_LINE)) != 0 {
                isLineStart = true
                baseline = lineBaseline(places)
            }
            let confidence = functions.TessResultIteratorConfidence(results, level)
            guard let text = functions.TessResultIteratorGetUTF8Text(results, level) else { continue }
            defer { functions.TessDeleteText(text) }
            var box: (left: Int32, top: Int32, right: Int32, bottom: Int32) = (0, 0, 0, 0)
            guard functions.TessPageIteratorBoundingBox(places, level, &box.left, &box.top, &box.right, &box.bottom) != 0 else { continue }
            let word = String(cString: text)
            guard word.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { continue }
            guard confidence >= confidenceMin else {
                dropped += 1
                continue
            }
            defer { isLineStart = false }
            return RecognizedWord(
                text: word, left: Int(box.left), top: Int(box.top), right: Int(box.right), bottom: Int(box.bottom),
                baseline: baseline, lineHeight: lineHeight() ?? Int(box.bottom - box.top), startsLine: isLineStart,
                confidence: Double(confidence) / 100)
        }
        return nil
    }

    /// In the middle of the line, which may slope a little.
    private func lineBaseline(_ places: tesseract_places) -> Int {
        var ends: (x1: Int32, y1: Int32, x2: Int32, y2: Int32) = (0, 0, 0, 0)
        _ = functions.TessPageIteratorBaseline(places, Int32(TESSERACT_LEVEL_LINE), &ends.x1, &ends.y1, &ends.x2, &ends.y2)
        return (Int(ends.y1) + Int(ends.y2)) / 2
    }

    /// From the font size, which Tesseract takes from a line's letters, ascenders and descenders.
    private func lineHeight() -> Int? {
        var flags: (Int32, Int32, Int32, Int32, Int32, Int32) = (0, 0, 0, 0, 0, 0)
        var points: Int32 = 0
        var font: Int32 = 0
        _ = functions.TessResultIteratorWordFontAttributes(
            results, &flags.0, &flags.1, &flags.2, &flags.3, &flags.4, &flags.5, &points, &font)
        return points > 0 ? Int(points) * resolution / 72 : nil
    }
}
