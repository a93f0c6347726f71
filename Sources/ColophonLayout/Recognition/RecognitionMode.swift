/// What becomes of pages that have an image and no text.
package enum RecognitionMode {
    /// They stay without text, and are named.
    case off
    /// The first of them ends the conversion with `PDFFailure.needsRecognition`: somebody starts it again with a recognizer.
    case later
    /// They are read.
    case with(any TextRecognizer)
}
