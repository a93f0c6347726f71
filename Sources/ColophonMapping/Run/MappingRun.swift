extension Mapping {
    /// Maps a document. Does no I/O; the cost grows with the words of the document times the labels of the mapping.
    ///
    /// - Parameters:
    ///   - settings: What the operator has set for this mapping.
    ///   - pretty: Whether elements of the XML stand in lines of their own, indented by two.
    package func map(_ source: MappingSource, settings: MappingSettings = MappingSettings(), pretty: Bool = false) -> Mapped {
        var run = MappingRun(mapping: self, source: source, settings: settings)
        return run.mapped(pretty: pretty)
    }
}

/// One document on its way through a mapping: found, calculated, checked, written.
struct MappingRun {
    let mapping: Mapping
    let settings: [String: String]
    let tables: [String: [String: String]]
    let text: SourceText
    let numbers: NumberReader
    let dates: DateReader
    /// The electronic invoice, where it is one that the mapping knows.
    let embedded: EmbeddedFields?
    var values: [String: MappedValue] = [:]
    var lines: [String: [[String: MappedValue]]] = [:]
    var problems: [MappingProblem] = []
    var warnings: [MappingProblem] = []

    static let problemsMax = 100

    init(mapping: Mapping, source: MappingSource, settings: MappingSettings) {
        self.mapping = mapping
        self.settings = settings.values
        tables = mapping.tables.merging(settings.tables) { own, set in
            own.merging(set.map { (TextKey.tableKey($0), $1) }, uniquingKeysWith: { $1 })
        }
        text = SourceText(pages: source.pages)
        numbers = NumberReader(mapping.decimal, words: text.rows.lazy.flatMap { $0.words.map(\.text) })
        dates = DateReader(order: mapping.dateOrder)
        let carried = source.invoice.flatMap { EmbeddedFields($0) }
        embedded = carried?.isKnown(to: mapping) == true ? carried : nil
        if source.invoice != nil, carried == nil, mapping.hasEmbedded {
            problems.append(
                MappingProblem(.embeddedUnreadable, "The electronic invoice in this document is no XML that can be read, or too large."))
        }
        if text.isCut { problems.append(MappingProblem(.tooLarge, "The document has more words than a mapping reads.")) }
        if source.pages.count > SourceText.pagesMax {
            problems.append(MappingProblem(.tooLarge, "The document has more than the \(SourceText.pagesMax) pages that a mapping reads."))
        }
    }

    mutating func mapped(pretty: Bool) -> Mapped {
        checkSettings()
        for field in mapping.fields { find(field) }
        for list in mapping.lists { find(list) }
        for computation in mapping.computations { compute(computation) }
        for field in mapping.fields
        where field.isRequired && values[field.name] == nil && !problems.contains(where: { $0.field == field.name }) {
            report(MappingProblem(.fieldMissing, field: field.name, "The \(field.title) was not found."))
        }
        for list in mapping.lists { require(list) }
        for check in mapping.checks { verify(check) }
        var xml: [UInt8]?
        if problems.isEmpty {
            do throws(EvaluationError) {
                xml = try XMLOutput(run: self, pretty: pretty).bytes(of: mapping.xml)
            } catch {
                report(MappingProblem(error.code, error.reason, places: error.places))
            }
        }
        return Mapped(
            mapping: mapping.name, fields: namedFields(), lists: namedLists(), problems: problems, warnings: warnings,
            xml: xml)
    }

    mutating func report(_ problem: MappingProblem, onlyWarns: Bool = false) {
        if onlyWarns {
            if warnings.count < Self.problemsMax, !warnings.contains(problem) { warnings.append(problem) }
            return
        }
        if problems.count < Self.problemsMax, !problems.contains(problem) { problems.append(problem) }
    }
}
