/// Why Tesseract could not be used.
package enum TesseractError: Error, Equatable {
    /// The machine has no Tesseract 5.
    case notInstalled
    /// The library is there and could not be opened, or lacks a function.
    case notLoadable(reason: String)
    /// There is no data for these languages.
    case languagesMissing([String])
}

extension TesseractError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notInstalled: "Tesseract is not installed (apt-get install tesseract-ocr)"
        case .notLoadable(let reason): "Tesseract could not be loaded (\(reason))"
        case .languagesMissing(let languages):
            "Tesseract has no data for \(languages.joined(separator: ", ")) "
                + "(apt-get install \(languages.map { "tesseract-ocr-" + $0.replacing("_", with: "-") }.joined(separator: " ")))"
        }
    }
}
