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
    let source: MappingSource
    let settings: [String: String]
    private let tables: [String: [String: String]]
    private let text: SourceText
    private let numbers: NumberReader
    private let dates: DateReader
    /// The electronic invoice, where it is one that the mapping knows.
    private let embedded: EmbeddedFields?
    private(set) var values: [String: MappedValue] = [:]
    private(set) var lines: [String: [[String: MappedValue]]] = [:]
    private(set) var problems: [MappingProblem] = []
    private(set) var warnings: [MappingProblem] = []

    static let problemsMax = 100

    init(mapping: Mapping, source: MappingSource, settings: MappingSettings) {
        self.mapping = mapping
        self.source = source
        self.settings = settings.values
        tables = mapping.tables.merging(settings.tables) { own, set in
            own.merging(set.map { (TextKey.tableKey($0), $1) }, uniquingKeysWith: { $1 })
        }
        text = SourceText(pages: source.pages)
        numbers = NumberReader(mapping.decimal, words: text.rows.lazy.flatMap { $0.words.map(\.text) })
        dates = DateReader(order: mapping.dateOrder)
        let carried = source.invoice.flatMap { EmbeddedFields($0) }
        embedded = carried?.isKnown(to: mapping) == true ? carried : nil
        if source.invoice != nil, carried == nil {
            problems.append(MappingProblem(.embeddedUnreadable, "The electronic invoice in this document is no XML that can be read."))
        }
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

    private mutating func report(_ problem: MappingProblem, onlyWarns: Bool = false) {
        if onlyWarns {
            if warnings.count < Self.problemsMax, !warnings.contains(problem) { warnings.append(problem) }
            return
        }
        if problems.count < Self.problemsMax, !problems.contains(problem) { problems.append(problem) }
    }

    // MARK: Finding

    private mutating func checkSettings() {
        for setting in mapping.settings {
            guard let value = settings[setting.name] else {
                if setting.isRequired {
                    report(
                        MappingProblem(
                            .settingMissing, field: "settings.\(setting.name)",
                            "This server has not been told the \(setting.name): \(setting.summary)"))
                }
                continue
            }
            if let pattern = setting.pattern, !pattern.matchesWhole(value) {
                report(
                    MappingProblem(
                        .valueInvalid, field: "settings.\(setting.name)",
                        "What this server has for the \(setting.name) is none: \(setting.summary)"))
            }
        }
    }

    private mutating func find(_ field: FieldRule) {
        let finder = FieldFinder(text: text, numbers: numbers, dates: dates)
        // What a document carries as data is surer than what it shows.
        let isEmbedded = embedded != nil && field.hasEmbedded
        var refused: MappedValue?
        let accepts = { (value: MappedValue) in
            guard let pattern = field.pattern, !pattern.matchesWhole(value.text) else { return true }
            refused = refused ?? value
            return false
        }
        for finding in field.finds {
            let value: MappedValue? =
                switch finding {
                case .embedded(let path): embedded?.value(field.type, at: path)
                case .setting(let name): settings[name].map { MappedValue(.text($0), source: .setting) }
                case .literal(let text): MappedValue(.text(text), source: .literal)
                default: isEmbedded ? nil : finder.value(of: field.type, by: finding, accepts: accepts)
                }
            if let value, accepts(value) {
                values[field.name] = value
                return
            }
        }
        if let refused {
            report(
                MappingProblem(
                    .valueInvalid, field: field.name, "\"\(refused.text.prefix(60))\" is no \(field.title).", places: refused.places))
        }
    }

    private mutating func find(_ list: ListRule) {
        if let embedded, let path = list.embedded.first(where: { !embedded.elements(at: $0).isEmpty }) {
            lines[list.name] = embedded.elements(at: path).prefix(ListFinder.linesMax).map { element in
                var line: [String: MappedValue] = [:]
                for column in list.columns {
                    line[column.name] = column.embedded.lazy.compactMap { EmbeddedFields.value(column.type, at: $0, below: element) }.first
                }
                return line
            }
            return
        }
        let (found, isCut) = ListFinder(list: list, text: text, numbers: numbers, dates: dates).lines()
        lines[list.name] = found.map(\.values)
        if isCut { report(MappingProblem(.tooLarge, field: list.name, "The document has more than \(ListFinder.linesMax) lines.")) }
        for (index, line) in found.enumerated() {
            for var problem in line.problems {
                let column = problem.field ?? ""
                problem.field = "\(list.name)[\(index + 1)].\(column)"
                report(problem, onlyWarns: list.column(column)?.isRequired != true)
            }
        }
    }

    private mutating func require(_ list: ListRule) {
        let found = lines[list.name] ?? []
        if found.isEmpty, list.isRequired { report(MappingProblem(.fieldMissing, field: list.name, "No \(list.title) were found.")) }
        for (index, line) in found.enumerated() {
            for column in list.columns where column.isRequired && line[column.name] == nil {
                let field = "\(list.name)[\(index + 1)].\(column.name)"
                if problems.contains(where: { $0.field == field }) { continue }
                report(
                    MappingProblem(
                        .fieldMissing, field: field, "Line \(index + 1) has no \(column.title).", places: line.values.first?.places ?? []))
            }
        }
    }

    // MARK: Calculating

    /// How expressions see the document, or one line of a list.
    func evaluation(list: String? = nil, line: [String: MappedValue] = [:]) -> Evaluation {
        Evaluation(tables: tables) { name in
            if let value = values[name] { return .value(value) }
            let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return .missing }
            switch parts[0] {
            case "settings": return settings[parts[1]].map { .value(MappedValue(.text($0), source: .setting)) } ?? .missing
            case "item": return line[parts[1]].map { .value($0) } ?? .missing
            default: return lines[parts[0]].map { .column($0.compactMap { $0[parts[1]] }) } ?? .missing
            }
        }
    }

    private mutating func compute(_ computation: Mapping.Computation) {
        guard let list = computation.list else {
            if computation.isFallback, values[computation.field] != nil { return }
            do throws(EvaluationError) {
                values[computation.field] = try evaluation().value(computation.expression)
            } catch {
                report(MappingProblem(error.code, field: computation.field, error.reason, places: error.places))
            }
            return
        }
        for (index, line) in (lines[list] ?? []).enumerated() {
            if computation.isFallback, line[computation.field] != nil { continue }
            do throws(EvaluationError) {
                let value = try evaluation(list: list, line: line).value(computation.expression)
                lines[list]?[index][computation.field] = value
            } catch {
                let field = "\(list)[\(index + 1)].\(computation.field)"
                report(MappingProblem(error.code, field: field, "Line \(index + 1): \(error.reason)", places: error.places))
            }
        }
    }

    private mutating func verify(_ check: Mapping.Check) {
        guard let list = check.list else { return verify(check, by: evaluation(), field: check.field, prefix: "") }
        for (index, line) in (lines[list] ?? []).enumerated() {
            verify(
                check, by: evaluation(list: list, line: line), field: "\(list)[\(index + 1)]" + (check.field.map { ".\($0)" } ?? ""),
                prefix: "Line \(index + 1): ")
        }
    }

    /// What is missing contradicts nothing.
    private mutating func verify(_ check: Mapping.Check, by evaluation: Evaluation, field: String?, prefix: String) {
        do throws(EvaluationError) {
            guard try evaluation.truth(check.condition) == false else { return }
            var places: [ValuePlace] = []
            for name in check.condition.names.sorted() { if case .value(let value) = evaluation.outcome(name) { places += value.places } }
            report(
                MappingProblem(.checkFailed, field: field, prefix + (try check.message.text(by: evaluation)), places: places),
                onlyWarns: check.onlyWarns)
        } catch {
            report(MappingProblem(error.code, field: field, prefix + error.reason, places: error.places))
        }
    }

    // MARK: Telling

    private func namedFields() -> [Mapped.Field] {
        var titles = Dictionary(mapping.fields.map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
        var names = mapping.fields.map(\.name)
        for computation in mapping.computations where computation.list == nil && titles[computation.field] == nil {
            titles[computation.field] = FieldReader.title(computation.field)
            names.append(computation.field)
        }
        return names.compactMap { name in values[name].map { Mapped.Field(name: name, title: titles[name] ?? name, value: $0) } }
    }

    private func namedLists() -> [Mapped.List] {
        mapping.lists.map { list in
            var columns = list.columns.map { ($0.name, $0.title) }
            for computation in mapping.computations
            where computation.list == list.name && !columns.contains(where: { $0.0 == computation.field }) {
                columns.append((computation.field, FieldReader.title(computation.field)))
            }
            let lines = (lines[list.name] ?? []).map { line in
                columns.compactMap { name, title in line[name].map { Mapped.Field(name: name, title: title, value: $0) } }
            }
            return Mapped.List(name: list.name, title: list.title, lines: lines)
        }
    }
}

extension MessageTemplate {
    func text(by evaluation: Evaluation) throws(EvaluationError) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .value(let expression): text += try evaluation.value(expression)?.text ?? "?"
            }
        }
        return text
    }
}
