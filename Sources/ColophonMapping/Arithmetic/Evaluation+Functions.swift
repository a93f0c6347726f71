import Foundation

extension Evaluation {
    func call(_ function: Expression.Function, _ operands: [Expression]) throws(EvaluationError) -> Outcome {
        switch function {
        case .has:
            switch try self(operands[0]) {
            case .missing: return .truth(false)
            case .column(let values): return .truth(!values.isEmpty)
            case .value, .truth: return .truth(true)
            }
        case .if:
            guard let condition = try truth(operands[0]) else { return .missing }
            return try self(operands[condition ? 1 : 2])
        case .coalesce:
            for operand in operands { if let value = try value(operand) { return .value(value) } }
            return .missing
        case .sum, .count, .min, .max: return try gather(function, operands)
        case .round, .abs: return try numeric(function, operands)
        case .lookup: return try lookUp(operands)
        case .digits, .upper, .concat, .pad: return try textual(function, operands)
        }
    }

    private func gather(_ function: Expression.Function, _ operands: [Expression]) throws(EvaluationError) -> Outcome {
        var values: [MappedValue] = []
        for operand in operands {
            switch try self(operand) {
            case .missing: return .missing
            case .value(let value): values.append(value)
            case .column(let column): values += column
            case .truth: throw EvaluationError(code: .calculation, reason: "A value was expected.")
            }
        }
        if function == .count { return .value(computed(.number(Decimal(values.count)), from: values)) }
        var numbers: [Decimal] = []
        for value in values {
            guard case .number(let number) = value.content else {
                throw EvaluationError(code: .calculation, reason: "\"\(value.text.prefix(60))\" is no number.", places: value.places)
            }
            numbers.append(number)
        }
        switch function {
        case .sum: return .value(computed(.number(numbers.reduce(0, +)), from: values))
        default:
            guard let extreme = function == .min ? numbers.min() : numbers.max() else { return .missing }
            return .value(computed(.number(extreme), from: values))
        }
    }

    private func numeric(_ function: Expression.Function, _ operands: [Expression]) throws(EvaluationError) -> Outcome {
        guard let operand = try number(operands[0]) else { return .missing }
        if function == .abs { return .value(computed(.number(operand.number.magnitude), from: [operand.value])) }
        guard case .number(let decimals) = operands[1], let places = Int("\(decimals)"), (0...10).contains(places) else {
            throw EvaluationError(code: .calculation, reason: "Numbers are rounded to 0 to 10 decimals.")
        }
        return .value(computed(.number(DecimalText.rounded(operand.number, decimals: places)), from: [operand.value]))
    }

    private func lookUp(_ operands: [Expression]) throws(EvaluationError) -> Outcome {
        guard case .text(let name) = operands[0], let table = tables[name] else {
            throw EvaluationError(code: .calculation, reason: "There is no such table.")
        }
        guard let key = try value(operands[1]) else { return operands.count > 2 ? try self(operands[2]) : .missing }
        if let found = table[TextKey.tableKey(key.text)] { return .value(computed(.text(found), from: [key])) }
        if operands.count > 2 { return try self(operands[2]) }
        throw EvaluationError(
            code: .unknownValue, reason: "\"\(key.text.prefix(60))\" is not in the table \(name).", places: key.places)
    }

    private func textual(_ function: Expression.Function, _ operands: [Expression]) throws(EvaluationError) -> Outcome {
        var values: [MappedValue] = []
        for operand in function == .pad ? [operands[0]] : operands {
            guard let value = try value(operand) else { return .missing }
            values.append(value)
        }
        let text = values.map(\.text).joined()
        switch function {
        case .digits: return .value(computed(.text(text.filter { $0.isASCII && $0.isNumber }), from: values))
        case .upper: return .value(computed(.text(text.uppercased()), from: values))
        case .pad:
            guard case .number(let length) = operands[1], let length = Int("\(length)"), (0...100).contains(length),
                case .text(let filler) = operands[2], filler.count == 1
            else { throw EvaluationError(code: .calculation, reason: "Texts are padded to a length up to 100 with one character.") }
            return .value(computed(.text(text + String(repeating: filler, count: max(0, length - text.count))), from: values))
        default: return .value(computed(.text(text), from: values))
        }
    }
}

extension TextKey {
    /// What a table's rows are found by: a text's key, or the text itself where it has neither letters nor digits, as the signs of currencies.
    static func tableKey(_ text: String) -> String {
        let key = TextKey(text)
        return key.isEmpty ? text.filter { !$0.isWhitespace } : key.value
    }
}
