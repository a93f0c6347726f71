import ColophonChild
import ColophonLayout
import ColophonTesseract

/// What this process can do about pages that only show their text; made before files can no longer be opened.
struct Recognition {
    let mode: RecognitionMode
    /// Why pages stay unread, where they do.
    let reason: String
    /// In which languages pages are read, for people.
    var languages: String {
        guard case .with(let recognizer) = mode else { return "" }
        return "they were taken to be in \(recognizer.languages.joined(separator: ", "))"
    }

    /// What reads images' pixels.
    let decoder: (any ImageDecoder)?

    init(_ wanted: ChildRecognition) {
        switch wanted {
        case .off:
            (mode, reason, decoder) = (.off, "recognition is off", nil)
        case .later:
            (mode, reason) = Tesseract.isInstalled ? (.later, "") : (.off, TesseractError.notInstalled.description)
            decoder = nil
        case .inLanguages(let languages):
            do throws(TesseractError) {
                let tesseract = try Tesseract(languages: languages)
                (mode, reason, decoder) = (.with(tesseract), "nothing could be found out about the image", tesseract)
            } catch {
                (mode, reason, decoder) = (.off, error.description, nil)
            }
        }
    }
}
