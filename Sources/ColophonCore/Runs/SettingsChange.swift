/// What somebody asks of a run's settings; what is nil stays as it is.
package struct SettingsChange: Sendable, Equatable {
    /// In which languages pages without text are recognised; none recognises nothing.
    package var recognitionLanguages: [String]?
    package var mapping: MappingChoice?

    package init(recognitionLanguages: [String]? = nil, mapping: MappingChoice? = nil) {
        self.recognitionLanguages = recognitionLanguages
        self.mapping = mapping
    }

    package static let none = SettingsChange()

    package func applied(to settings: RunSettings) -> RunSettings {
        var settings = settings
        if let recognitionLanguages { settings.recognitionLanguages = recognitionLanguages }
        if let mapping { settings.mapping = mapping }
        return settings
    }
}

/// With which mapping a document is turned into XML.
package struct MappingChoice: Hashable, Sendable {
    /// Its versioned name.
    package var name: String
    /// Whether the XML's elements stand in lines of their own.
    package var isPretty: Bool

    package init(name: String, isPretty: Bool = false) {
        self.name = name
        self.isPretty = isPretty
    }
}

/// A mapping as clients are told of it.
package struct MappingSummary: Sendable, Equatable {
    package var name: String
    package var title: String
    package var summary: String

    package init(name: String, title: String, summary: String) {
        self.name = name
        self.title = title
        self.summary = summary
    }
}

extension [MappingSummary] {
    /// - Throws: `badRequest` with reason `INVALID_MAPPING` for a mapping that is not among these.
    package func require(_ choice: MappingChoice) throws {
        guard contains(where: { $0.name == choice.name }) else {
            throw ColophonError(
                .badRequest, "There is no mapping \"\(choice.name.prefix(64))\" here.", field: "mapping", reason: "INVALID_MAPPING")
        }
    }
}
