import ColophonChild
import ColophonLayout
import ColophonTesseract

/// What this process can do about pages that only show their text; made before files can no longer be opened.
struct Recognition {
    let mode: RecognitionMode
    /// Why pages stay unread, where they do.
    let reason: String

    init(_ wanted: ChildRecognition) {
        switch wanted {
        case .off:
            (mode, reason) = (.off, "recognition is off")
        case .later:
            (mode, reason) = Tesseract.isInstalled ? (.later, "") : (.off, TesseractError.notInstalled.description)
        case .inLanguages(let languages):
            do throws(TesseractError) {
                (mode, reason) = (.with(try Tesseract(languages: languages)), "nothing could be found out about the image")
            } catch {
                (mode, reason) = (.off, error.description)
            }
        }
    }
}
