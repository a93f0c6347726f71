extension MappingRun {
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

    mutating func compute(_ computation: Mapping.Computation) {
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

    mutating func verify(_ check: Mapping.Check) {
        guard let list = check.list else { return verify(check, by: evaluation(), field: check.field, prefix: "") }
        for (index, line) in (lines[list] ?? []).enumerated() {
            verify(
                check, by: evaluation(list: list, line: line), field: "\(list)[\(index + 1)]" + (check.field.map { ".\($0)" } ?? ""),
                prefix: "Line \(index + 1): ")
        }
    }

    /// What is missing contradicts nothing.
    mutating func verify(_ check: Mapping.Check, by evaluation: Evaluation, field: String?, prefix: String) {
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
