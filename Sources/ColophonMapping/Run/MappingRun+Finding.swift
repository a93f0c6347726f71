extension MappingRun {
    mutating func checkSettings() {
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

    mutating func find(_ field: FieldRule) {
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

    mutating func find(_ list: ListRule) {
        // As with fields: what the carried invoice does not have is not looked for on the pages.
        if let embedded, !list.embedded.isEmpty {
            let path = list.embedded.first { !embedded.elements(at: $0).isEmpty }
            let elements = path.map { embedded.elements(at: $0) } ?? []
            if elements.count > ListFinder.linesMax {
                report(MappingProblem(.tooLarge, field: list.name, "The document has more than \(ListFinder.linesMax) lines."))
            }
            lines[list.name] = elements.prefix(ListFinder.linesMax).map { element in
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

    mutating func require(_ list: ListRule) {
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
}
