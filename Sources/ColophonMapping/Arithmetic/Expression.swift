import Foundation

/// A calculation of a mapping: decimal arithmetic, comparisons and a fixed list of functions over the fields' values. It has no loops, no
/// variables and no effects, so its cost is that of its length.
indirect enum Expression: Hashable, Sendable {
    case number(Decimal)
    case text(String)
    /// A field such as `invoice.date`, a column of the list at hand such as `item.amount`, all of a column such as `items.amount`, or a
    /// setting such as `settings.tin`.
    case name(String)
    case negative(Expression)
    case binary(Operator, Expression, Expression)
    case not(Expression)
    case call(Function, [Expression])

    enum Operator: String, Sendable {
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case equal = "="
        case unequal = "!="
        case and, or
    }

    enum Function: String, CaseIterable, Sendable {
        case round, abs, min, max, sum, count, has, `if`, coalesce, lookup, digits, upper, concat, pad

        /// How many operands it takes.
        var arity: ClosedRange<Int> {
            switch self {
            case .abs, .sum, .count, .has, .digits, .upper: 1...1
            case .round: 2...2
            case .lookup: 2...3
            case .if, .pad: 3...3
            case .min, .max, .coalesce, .concat: 1...16
            }
        }
    }

    /// The names that it reads.
    var names: Set<String> {
        switch self {
        case .number, .text: []
        case .name(let name): [name]
        case .negative(let inner), .not(let inner): inner.names
        case .binary(_, let left, let right): left.names.union(right.names)
        case .call(_, let operands): operands.reduce(into: []) { $0.formUnion($1.names) }
        }
    }

    /// The names of tables that it looks into.
    var tables: Set<String> {
        switch self {
        case .number, .text, .name: []
        case .negative(let inner), .not(let inner): inner.tables
        case .binary(_, let left, let right): left.tables.union(right.tables)
        case .call(let function, let operands):
            operands.reduce(into: Self.table(function, operands)) { $0.formUnion($1.tables) }
        }
    }

    private static func table(_ function: Function, _ operands: [Expression]) -> Set<String> {
        guard function == .lookup, case .text(let name) = operands[0] else { return [] }
        return [name]
    }
}
