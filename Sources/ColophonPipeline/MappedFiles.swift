import ColophonCore
import ColophonMapping

/// What a mapping makes of an extraction: XML, and what it was made from.
struct MappedFiles: Sendable {
    let xml: [UInt8]
    let fields: [UInt8]

    /// - Throws: `RunFailure`: `invalidMapping` where this process has no such mapping, `validationError` with all that the document lacks.
    init(_ extraction: Extraction, _ choice: MappingChoice, _ mappings: MappingLibrary) throws {
        guard let mapping = mappings.catalogue[choice.name] else {
            throw RunFailure(.invalidMapping, "There is no mapping \"\(choice.name)\" where the file was read.")
        }
        let mapped = mapping.map(
            MappingSource(extraction.document, pages: extraction.pages, invoice: extraction.invoice),
            settings: mappings.settings[choice.name] ?? MappingSettings(),
            pretty: choice.isPretty)
        guard let xml = mapped.xml else { throw RunFailure(.validationError, Self.sentences(mapped.problems)) }
        self.xml = xml
        fields = try MappedReport(mapped).json()
    }

    /// As many problems as a failure's message holds.
    private static func sentences(_ problems: [MappingProblem]) -> String {
        var text = ""
        for (index, problem) in problems.enumerated() {
            let rest = "And \(problems.count - index) more."
            if text.isEmpty, problem.message.count > RunFailure.messageCharactersMax - 100 {
                text = "\(problem.message.prefix(RunFailure.messageCharactersMax - 100))…"
                continue
            }
            guard text.count + problem.message.count + rest.count + 2 <= RunFailure.messageCharactersMax else { return "\(text) \(rest)" }
            text += (text.isEmpty ? "" : " ") + problem.message
        }
        return text
    }
}
