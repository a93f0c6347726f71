import ColophonChild
import ColophonFormats
import ColophonLayout

extension PDFFailure {
    /// The code that the run will carry; a run never asks for one page.
    var runCode: String {
        switch self {
        case .unsupportedFormat: "UNSUPPORTED_FORMAT"
        case .parseFailed, .needsRecognition: "PARSE_FAILED"
        case .passwordProtected, .wrongPassword: "PASSWORD_PROTECTED"
        case .tooManyPages: "TOO_MANY_PAGES"
        case .noSuchPage: SingleAnswer.noSuchPage
        }
    }
}

extension FormatFailure {
    var runCode: String {
        switch self {
        case .damaged, .tooLarge: "PARSE_FAILED"
        case .passwordProtected: "PASSWORD_PROTECTED"
        }
    }

    var sentence: String {
        switch self {
        case .damaged(let reason): "The document could not be read: \(reason)."
        case .tooLarge(let reason): "The document is too large to be read: \(reason)."
        case .passwordProtected: "The document is protected by a password, which only PDFs can be opened with here."
        }
    }
}
