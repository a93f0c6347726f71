import FoundationEssentials

/// How a run reads its document, as far as anybody may choose.
package struct RunSettings: Hashable, Sendable {
    /// In which languages pages without text are recognised, as Tesseract names them; none recognises nothing.
    package var recognitionLanguages: [String]

    /// With which mapping the document is turned into XML; nil makes none.
    package var mapping: MappingChoice?

    package init(recognitionLanguages: [String] = Self.usualLanguages, mapping: MappingChoice? = nil) {
        self.recognitionLanguages = recognitionLanguages
        self.mapping = mapping
    }

    /// What a run's row leaves out.
    package static let usualLanguages = ["eng"]
    /// The most languages at once; each makes reading slower.
    package static let languagesMax = 8

    private static let usual = RunSettings()
    /// What stands in `json` where nothing is recognised.
    package static let recognizesNothing = #""ocr_languages":[]"#

    /// What a run's row holds of them.
    private struct Stored: Codable {
        var languages: [String]?
        var mapping: String?
        var pretty: Bool?

        enum CodingKeys: String, CodingKey {
            case languages = "ocr_languages"
            case mapping, pretty
        }
    }

    /// As a run's row holds them: JSON with sorted keys and without spaces, without what is as usual. Equal settings give equal text.
    package var json: String {
        if self == Self.usual { return "{}" }
        let stored = Stored(
            languages: recognitionLanguages == Self.usualLanguages ? nil : recognitionLanguages, mapping: mapping?.name,
            pretty: mapping?.isPretty == true ? true : nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(stored) else {
            preconditionFailure("strings and flags can be encoded")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Throws: `internal` for what `json` does not give, such as what a newer version has written.
    package init(json: String) throws {
        self.init()
        // Most rows of long lists.
        if json == "{}" { return }
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(json.utf8)) else {
            throw ColophonError(.internal, "A run's settings cannot be read.")
        }
        let languages = stored.languages ?? Self.usualLanguages
        recognitionLanguages = languages
        mapping = stored.mapping.map { MappingChoice(name: $0, isPretty: stored.pretty ?? false) }
        // A name becomes part of a file's name, whoever has written it here.
        let isNamed = languages.isEmpty || (try? Self.languages(named: languages)) == languages
        guard isNamed, self.json == json else { throw ColophonError(.internal, "A run's settings cannot be read.") }
    }

    /// Languages as a client sends them: names, or `off` alone.
    ///
    /// - Throws: `invalid`, naming the field, for what Tesseract cannot call a language: a name becomes part of a file's name.
    package static func languages(named names: [String], field: String = "ocrLanguages") throws -> [String] {
        if names == ["off"] { return [] }
        let isName = { (name: String) in
            name != "off" && (1...32).contains(name.utf8.count) && name.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F }
        }
        guard (1...languagesMax).contains(names.count), names.allSatisfy(isName), Set(names).count == names.count else {
            throw ColophonError(
                .invalid, "ocrLanguages names from 1 to \(languagesMax) languages as Tesseract does, such as eng and deu; or off.",
                field: field)
        }
        return names
    }
}
