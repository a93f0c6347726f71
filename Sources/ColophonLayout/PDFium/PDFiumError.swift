/// Why PDFium could not be used.
package enum PDFiumError: Error, Equatable {
    /// The library is in none of the places where it is looked for.
    case notFound
    /// The library is there and could not be opened.
    case notLoadable(path: String, reason: String)
    /// The library is too old or too new: it lacks a function.
    case symbolMissing(path: String, symbol: String)
}

extension PDFiumError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notFound:
            "PDFium was not found; run scripts/fetch-pdfium, or set PDFIUM_LIBRARY to a libpdfium.so."
        case .notLoadable(let path, let reason):
            "PDFium at \(path) could not be loaded (\(reason)); run scripts/fetch-pdfium, or set PDFIUM_LIBRARY to a libpdfium.so."
        case .symbolMissing(let path, let symbol):
            "PDFium at \(path) has no function \(symbol); run scripts/fetch-pdfium to get the version that fits."
        }
    }
}
