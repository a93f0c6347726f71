import Foundation

/// What an expression gives.
enum Outcome: Sendable {
    /// A value that was looked for and not found; so is everything that is calculated from it.
    case missing
    case value(MappedValue)
    case truth(Bool)
    /// All of a list's column, without what is missing.
    case column([MappedValue])
}

/// Why an expression gives nothing.
struct EvaluationError: Error {
    var code: MappingProblem.Code
    /// A sentence.
    var reason: String
    var places: [ValuePlace] = []
}

/// Calculates expressions over values that have names.
struct Evaluation {
    let tables: [String: [String: String]]
    /// The value or column of a name.
    let outcome: (String) -> Outcome

    func callAsFunction(_ expression: Expression) throws(EvaluationError) -> Outcome {
        switch expression {
        case .number(let number): return .value(MappedValue(.number(number), source: .literal))
        case .text(let text): return .value(MappedValue(.text(text), source: .literal))
        case .name(let name): return outcome(name)
        case .negative(let inner):
            guard let operand = try number(inner) else { return .missing }
            return .value(computed(.number(-operand.number), from: [operand.value]))
        case .not(let inner): return try truth(inner).map { .truth(!$0) } ?? .missing
        case .binary(.and, let left, let right): return try joined(left, right, decides: false)
        case .binary(.or, let left, let right): return try joined(left, right, decides: true)
        case .binary(let sign, let left, let right) where [.plus, .minus, .times, .over].contains(sign):
            return try calculate(sign, left, right)
        case .binary(let comparison, let left, let right): return try compare(comparison, left, right)
        case .call(let function, let operands): return try call(function, operands)
        }
    }

    /// The value of an expression that is to have one; nil where something is missing.
    func value(_ expression: Expression) throws(EvaluationError) -> MappedValue? {
        switch try self(expression) {
        case .missing: return nil
        case .value(let value): return value
        case .truth, .column: throw EvaluationError(code: .calculation, reason: "A value was expected.")
        }
    }

    /// Whether a condition holds; nil where something is missing.
    func truth(_ expression: Expression) throws(EvaluationError) -> Bool? {
        switch try self(expression) {
        case .missing: return nil
        case .truth(let truth): return truth
        case .value, .column: throw EvaluationError(code: .calculation, reason: "A condition was expected.")
        }
    }

    func number(_ expression: Expression) throws(EvaluationError) -> (number: Decimal, value: MappedValue)? {
        guard let value = try value(expression) else { return nil }
        return (try Self.number(value), value)
    }

    private static func number(_ value: MappedValue) throws(EvaluationError) -> Decimal {
        guard case .number(let number) = value.content else {
            throw EvaluationError(code: .calculation, reason: "\"\(value.text.prefix(60))\" is no number.", places: value.places)
        }
        return number
    }

    /// A value that others gave: as sure as the least sure of them.
    func computed(_ content: MappedValue.Content, from operands: [MappedValue]) -> MappedValue {
        MappedValue(
            content, source: .computed, confidence: operands.map(\.confidence).min() ?? 1, places: operands.flatMap(\.places))
    }

    private func joined(_ left: Expression, _ right: Expression, decides: Bool) throws(EvaluationError) -> Outcome {
        let (first, second) = (try truth(left), try truth(right))
        if first == decides || second == decides { return .truth(decides) }
        return first == nil || second == nil ? .missing : .truth(!decides)
    }

    private func calculate(_ sign: Expression.Operator, _ left: Expression, _ right: Expression) throws(EvaluationError) -> Outcome {
        guard let first = try number(left), let second = try number(right) else { return .missing }
        let result: Decimal
        switch sign {
        case .plus: result = first.number + second.number
        case .minus: result = first.number - second.number
        case .times: result = first.number * second.number
        default:
            guard second.number != 0 else {
                throw EvaluationError(code: .calculation, reason: "Something is divided by zero.", places: second.value.places)
            }
            result = first.number / second.number
        }
        return .value(computed(.number(try Self.bounded(result)), from: [first.value, second.value]))
    }

    /// Products of products could grow out of what a decimal holds exactly.
    private static func bounded(_ number: Decimal) throws(EvaluationError) -> Decimal {
        guard number.isFinite, number.magnitude < Decimal(sign: .plus, exponent: 24, significand: 1) else {
            throw EvaluationError(code: .calculation, reason: "A number is too large.")
        }
        return number
    }

    private func compare(_ comparison: Expression.Operator, _ left: Expression, _ right: Expression) throws(EvaluationError) -> Outcome {
        guard let first = try value(left), let second = try value(right) else { return .missing }
        let order: (less: Bool, equal: Bool)
        switch (first.content, second.content) {
        case (.number(let a), .number(let b)): order = (a < b, a == b)
        case (.date(let a), .date(let b)): order = (a < b, a == b)
        case (.text(let a), .text(let b)): order = (a < b, a == b)
        default: throw EvaluationError(code: .calculation, reason: "Values of different kinds are compared.")
        }
        return switch comparison {
        case .less: .truth(order.less)
        case .lessOrEqual: .truth(order.less || order.equal)
        case .greater: .truth(!order.less && !order.equal)
        case .greaterOrEqual: .truth(!order.less)
        case .unequal: .truth(!order.equal)
        default: .truth(order.equal)
        }
    }
}
