/// The words of a search: every one of them must be found in a document's name, in one of its tags, or at the beginning of its id.
package enum SearchTokens {
    package static let charactersMax = 200
    package static let countMax = 8
    /// Shorter ones are left out.
    package static let tokenCharactersMin = 2

    /// - Returns: The words as names and tags are compared.
    /// - Throws: `invalid` when the text is too long or has too many words.
    package static func parse(_ text: String?) throws -> [String] {
        guard let text else { return [] }
        guard text.count <= charactersMax, text.utf8.count <= charactersMax * 8 else {
            throw ColophonError(.invalid, "q has at most \(charactersMax) characters.", field: "q")
        }
        let key = DocumentName.key(text)
        // A database takes some of them for a text's end.
        guard !key.holdsControls else { throw ColophonError(.invalid, "q must not hold control characters.", field: "q") }
        let tokens = key.split(separator: " ").map(String.init).filter { $0.count >= tokenCharactersMin }
        guard tokens.count <= countMax else { throw ColophonError(.invalid, "q has at most \(countMax) words.", field: "q") }
        return tokens
    }
}
