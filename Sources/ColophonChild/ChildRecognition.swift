/// What a child is to do about pages whose text only an image shows.
package enum ChildRecognition: Equatable, Sendable {
    /// Nothing; it says which they are.
    case off
    /// To stop at the first of them and say so, where there is something to recognise them with.
    case later
    /// To recognise them in these languages, as Tesseract names them.
    case inLanguages([String])

    /// The most languages at once; each makes reading slower.
    package static let languagesMax = 8

    var word: String {
        switch self {
        case .off: "-"
        case .later: "?"
        case .inLanguages(let languages): languages.joined(separator: "+")
        }
    }

    /// Nil unless the word is what `word` gives.
    init?(word: String) {
        switch word {
        case "-": self = .off
        case "?": self = .later
        default:
            guard let languages = Self.languages(word) else { return nil }
            self = .inLanguages(languages)
        }
    }

    /// The names in a list such as `eng+deu`; nil unless they are names that Tesseract could have, each once. They become parts of
    /// file names there.
    package static func languages(_ list: String) -> [String]? {
        let names = list.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        let isName = { (name: String) in
            (1...32).contains(name.utf8.count) && name.utf8.allSatisfy { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 == 0x5F }
        }
        guard (1...languagesMax).contains(names.count), names.allSatisfy(isName), Set(names).count == names.count else { return nil }
        return names
    }
}
