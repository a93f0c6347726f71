import ColophonCore
import ColophonMapping

/// What a mapping makes of an extraction: XML, and what it was made from.
struct MappedFiles: Sendable {
    let xml: [UInt8]
    /// Nil where another service has mapped, and says no more than its XML.
    let fields: [UInt8]?

    /// - Throws: `RunFailure`: `invalidMapping` where this process has no such mapping, `validationError` with all that the document lacks.
    init(_ extraction: Extraction, _ choice: MappingChoice, _ mappings: MappingLibrary) throws {
        if let xml = extraction.xml {
            (self.xml, fields) = (xml, nil)
            return
        }
        let mapped = try mappings.mapped(
            MappingSource(extraction.document, pages: extraction.pages, invoice: extraction.invoice), with: choice)
        guard let xml = mapped.xml else { throw RunFailure(.validationError, mapped.problems.sentences) }
        self.xml = xml
        fields = try MappedReport(mapped).json()
    }
}

extension MappingLibrary {
    /// - Throws: `RunFailure` with `invalidMapping` where there is no such mapping here.
    func mapped(_ source: MappingSource, with choice: MappingChoice) throws -> Mapped {
        guard let mapping = catalogue[choice.name] else {
            throw RunFailure(.invalidMapping, "There is no mapping \"\(choice.name)\" where the file was read.")
        }
        return mapping.map(source, settings: settings[choice.name] ?? MappingSettings(), pretty: choice.isPretty)
    }
}

extension [MappingProblem] {
    /// As many problems as a failure's message holds.
    var sentences: String {
        var text = ""
        for (index, problem) in enumerated() {
            let rest = "And \(count - index) more."
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
