/// What a child is to do about pages whose text only an image shows.
package enum ChildRecognition: Equatable, Sendable {
    /// Nothing; it says which they are.
    case off
    /// To stop at the first of them and say so, where there is something to recognise them with.
    case later
    /// To recognise them in these languages, as Tesseract names them.
    case inLanguages([String])

    var word: String {
        switch self {
        case .off: "-"
        case .later: "?"
        case .inLanguages(let languages): languages.joined(separator: "+")
        }
    }

    /// Who starts a child has checked what the languages are called.
    init(word: String) {
        switch word {
        case "-": self = .off
        case "?": self = .later
        default: self = .inLanguages(word.split(separator: "+").map(String.init))
        }
    }
}
