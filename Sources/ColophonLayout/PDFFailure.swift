/// Why a PDF gave no document.
package enum PDFFailure: Error, Equatable {
    /// The bytes are no PDF: no `%PDF-` in the first 1,024 of them.
    case unsupportedFormat
    /// A PDF that cannot be read; the reason is one a person understands.
    case parseFailed(String)
    /// The document opens only with a password.
    case passwordProtected
    /// The document opens only with another password than the one that was given.
    case wrongPassword
    /// The document has this many pages, more than the limits allow.
    case tooManyPages(Int)
    /// The document has pages whose text can only be recognised, and was to be started again for that.
    case needsRecognition
    /// The document has no page of this number, only so many.
    case noSuchPage(Int, of: Int)
}

extension PDFFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unsupportedFormat: "This kind of file cannot be read."
        case .parseFailed(let reason): "The document could not be read: \(reason)."
        case .passwordProtected: "The PDF is protected by a password."
        case .wrongPassword: "The password does not open the PDF."
        case .tooManyPages(let count): "The document has too many pages: \(count)."
        case .needsRecognition: "The document has pages that must be recognised."
        case .noSuchPage(let number, of: let count): "The PDF has no page \(number); it has \(count)."
        }
    }
}
