import ColophonAPI
import ColophonCore
import Hummingbird

extension Request {
    /// Refuses every query parameter but these: one that was misspelt would otherwise be ignored in silence.
    ///
    /// - Throws: `invalid` that names the first other one.
    func allow(_ names: [String]) throws {
        for (name, _) in queryItems where !names.contains(name) { throw ColophonError.extraForbidden(name) }
    }

    /// A whole number from the query; nil when it is absent.
    ///
    /// - Throws: `invalid` when it is there and is no number.
    func number<Number: FixedWidthInteger>(_ name: String, as type: Number.Type = Number.self) throws -> Number? {
        guard let text = try single(name) else { return nil }
        guard let value = Number(text) else { throw ColophonError(.invalid, "\(name) must be a whole number.", field: name) }
        return value
    }

    func flag(_ name: String, default fallback: Bool) throws -> Bool {
        switch try single(name) {
        case nil: return fallback
        case "true", "1": return true
        case "false", "0": return false
        default: throw ColophonError(.invalid, "\(name) must be true or false.", field: name)
        }
    }

    /// One of a few words from the query.
    ///
    /// - Throws: `invalid` for any other, which names them all.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, default fallback: Word) throws -> Word {
        guard let text = try single(name) else { return fallback }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: " or ")
            throw ColophonError(.invalid, "\(name) must be \(words).", field: name)
        }
        return word
    }

    /// A value from the query; nil when it is absent.
    ///
    /// - Throws: `invalid` when it is there twice: nobody can know which is meant.
    func single(_ name: String) throws -> String? {
        let values = queryItems.filter { $0.name == name }
        guard values.count <= 1 else { throw ColophonError(.invalid, "\(name) is given more than once.", field: name) }
        return values.first?.value
    }

    private var queryItems: [(name: String, value: String)] { FormQuery.items(uri.query) }
}
