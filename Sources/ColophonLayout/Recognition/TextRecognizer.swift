/// Reads the words of an image.
package protocol TextRecognizer {
    /// What reads, with its version, such as `tesseract 5.3.0`.
    var engine: String { get }
    /// The languages it was given, as it names them.
    var languages: [String] { get }

    /// - Parameter image: In any quarter turn; the answer says which.
    /// - Returns: `nil` when nothing could be found out about the image. Words may be none.
    /// - Complexity: Some 0.5 to 3 s and 200 MB for a page at 300 dots per inch.
    func recognize(_ image: GreyImage) -> RecognizedText?
}

/// Reads the files of images.
package protocol ImageDecoder {
    /// The file's images in order, so many at most, each with at most so many pixels: larger ones are made smaller.
    ///
    /// - Parameter onImage: Called with each image as it is read, or nil for one that cannot be read. What it throws ends the reading.
    func decode(_ bytes: UnsafeRawBufferPointer, imagesMax: Int, pixelsMax: Int, onImage: (GreyImage?) throws -> Void) throws
}

/// What was read on an image.
package struct RecognizedText {
    /// In reading order, all of them in the frame in which the text stands upright.
    package var words: [RecognizedWord]
    /// Clockwise quarter turns from that frame to the image.
    package var turns: Int
    /// Words that were left out because it was too uncertain what they are.
    package var droppedWords: Int

    package init(words: [RecognizedWord], turns: Int, droppedWords: Int) {
        self.words = words
        self.turns = turns
        self.droppedWords = droppedWords
    }
}

/// A word; lengths in pixels from the upper left corner of the upright image.
package struct RecognizedWord {
    package var text: String
    package var left: Int
    package var top: Int
    package var right: Int
    package var bottom: Int
    /// The height of its line's baseline, in the middle of the line.
    package var baseline: Int
    /// The height of its line's letters, ascenders and descenders included.
    package var lineHeight: Int
    package var startsLine: Bool
    /// From 0 to 1.
    package var confidence: Double

    package init(
        text: String, left: Int, top: Int, right: Int, bottom: Int, baseline: Int, lineHeight: Int, startsLine: Bool, confidence: Double
    ) {
        self.text = text
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
        self.baseline = baseline
        self.lineHeight = lineHeight
        self.startsLine = startsLine
        self.confidence = confidence
    }
}
