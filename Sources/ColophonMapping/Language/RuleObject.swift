/// The members of an object of a mapping's file, each read once; what nobody reads is a mistake.
struct RuleObject {
    let line: Int
    private let members: [LocatedJSON.Member]

    /// - Parameter known: The names that may be there.
    init(_ value: LocatedJSON, _ what: String, known: [String]) throws(MappingFileError) {
        guard case .object(let members) = value.kind else { throw MappingFileError(line: value.line, "\(what) must be an object.") }
        for member in members where !known.contains(member.name) {
            throw MappingFileError(
                line: member.line,
                "\"\(member.name)\" means nothing in \(what.lowercasedFirst); it may have \(known.joined(separator: ", ")).")
        }
        self.members = members
        line = value.line
    }

    func error(_ reason: String) -> MappingFileError { MappingFileError(line: line, reason) }

    func has(_ name: String) -> Bool { self[name] != nil }

    subscript(name: String) -> LocatedJSON? { members.first { $0.name == name }?.value }

    func required(_ name: String) throws(MappingFileError) -> LocatedJSON {
        guard let value = self[name] else { throw error("\"\(name)\" is missing.") }
        return value
    }

    func string(_ name: String) throws(MappingFileError) -> String? {
        guard let value = self[name] else { return nil }
        return try value.string(name)
    }

    func bool(_ name: String) throws(MappingFileError) -> Bool {
        guard let value = self[name] else { return false }
        guard case .bool(let bool) = value.kind else { throw MappingFileError(line: value.line, "\"\(name)\" must be true or false.") }
        return bool
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(MappingFileError) -> Int? {
        guard let value = self[name] else { return nil }
        guard case .number(let text) = value.kind, let number = Int(text), range.contains(number) else {
            throw MappingFileError(line: value.line, "\"\(name)\" must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// One text or a list of them; none where the member is missing.
    func strings(_ name: String) throws(MappingFileError) -> [String] {
        guard let value = self[name] else { return [] }
        if case .string(let text) = value.kind { return [text] }
        var texts: [String] = []
        for element in try value.elements(name) { texts.append(try element.string(name)) }
        return texts
    }

    func elements(_ name: String) throws(MappingFileError) -> [LocatedJSON] {
        guard let value = self[name] else { return [] }
        return try value.elements(name)
    }

    /// A text that is one of several words.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, _ type: Word.Type = Word.self) throws(MappingFileError)
        -> Word?
    {
        guard let value = self[name] else { return nil }
        guard let word = Word(rawValue: try value.string(name)) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw MappingFileError(line: value.line, "\"\(name)\" must be one of \(words).")
        }
        return word
    }

    func pattern(_ name: String) throws(MappingFileError) -> Pattern? {
        guard let value = self[name] else { return nil }
        let text = try value.string(name)
        do throws(PatternError) {
            return try Pattern(text)
        } catch {
            throw MappingFileError(line: value.line, "The pattern cannot be read: \(error.reason)")
        }
    }

    func expression(_ name: String) throws(MappingFileError) -> Expression? {
        guard let value = self[name] else { return nil }
        return try Expression(reading: try value.string(name), line: value.line)
    }
}

extension LocatedJSON {
    func string(_ name: String) throws(MappingFileError) -> String {
        guard case .string(let text) = kind else { throw MappingFileError(line: line, "\"\(name)\" must be a text.") }
        return text
    }

    func elements(_ name: String) throws(MappingFileError) -> [LocatedJSON] {
        guard case .array(let values) = kind else { throw MappingFileError(line: line, "\"\(name)\" must be a list.") }
        return values
    }

    func members(_ name: String) throws(MappingFileError) -> [Member] {
        guard case .object(let members) = kind else { throw MappingFileError(line: line, "\"\(name)\" must be an object.") }
        return members
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
