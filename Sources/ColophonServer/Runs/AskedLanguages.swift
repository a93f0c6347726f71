import ColophonCore
import Hummingbird

extension Request {
    /// In which languages a request wants pages recognised, as `ocrLanguages=deu,eng`; nil leaves the server's.
    ///
    /// - Throws: `invalid` for what names no languages.
    func languages() throws -> [String]? {
        // A plus sign is a space in a query.
        try single("ocrLanguages").map { list in
            try RunSettings.languages(
                named: list.split(omittingEmptySubsequences: false) { ", +".contains($0) }.map(String.init))
        }
    }
}

extension JSONBody {
    /// The same as a member of a body.
    func languages() throws -> [String]? {
        try texts("ocrLanguages").map { try RunSettings.languages(named: $0, field: prefix + "ocrLanguages") }
    }
}
