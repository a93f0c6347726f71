/// What a reader could not read, or read in another way than the rest; page numbers from 1, ascending.
package struct ReadingNotes: Equatable {
    /// Pages that are damaged, and empty in the result.
    package var damagedPages: [Int] = []
    /// Pages that show an image and have no text, which nobody read.
    package var unrecognizedPages: [Int] = []
    /// Pages that were recognised so poorly that they are likely of another language than was looked for, or hardly legible.
    package var poorlyRecognizedPages: [Int] = []

    package init() {}

    /// Less than this, of 1, is poor: a bad print still has some 0.8.
    private static let poorConfidence = 0.65

    /// Notes what is to be said of a page.
    mutating func note(_ content: PageContent, number: Int) {
        if content.isDamaged { damagedPages.append(number) }
        if content.isRecognized == false, !content.isDamaged { unrecognizedPages.append(number) }
        if let confidence = content.recognition?.confidence, confidence < Self.poorConfidence { poorlyRecognizedPages.append(number) }
    }
}
