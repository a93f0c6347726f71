import ColophonCore

/// One row of an answer, read by column name.
///
/// A column that is missing, or that holds another type than the schema says, throws `internal`: the file is not ours or is damaged.
package struct SQLRow: Sendable {
    /// Shared by the rows of one answer.
    private let columns: [String: Int]
    private let values: [SQLValue]

    package init(columns: [String: Int], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    func integer(_ column: String) throws -> Int64 { try require(optionalInteger(column), column) }
    func int(_ column: String) throws -> Int { Int(try integer(column)) }
    func text(_ column: String) throws -> String { try require(optionalText(column), column) }
    func time(_ column: String) throws -> Timestamp { Timestamp(milliseconds: try integer(column)) }
    func optionalTime(_ column: String) throws -> Timestamp? { try optionalInteger(column).map(Timestamp.init(milliseconds:)) }
    func optionalInt(_ column: String) throws -> Int? { try optionalInteger(column).map(Int.init) }
    func id<ID: Identifier>(_ column: String, as type: ID.Type = ID.self) throws -> ID { ID(rawValue: try text(column)) }
    func optionalID<ID: Identifier>(_ column: String, as type: ID.Type = ID.self) throws -> ID? {
        try optionalText(column).map(ID.init(rawValue:))
    }

    func word<Word: RawRepresentable<String>>(_ column: String, as type: Word.Type = Word.self) throws -> Word {
        try require(Word(rawValue: try text(column)), column)
    }

    func optionalInteger(_ column: String) throws -> Int64? {
        switch try value(column) {
        case .null: nil
        case .integer(let value): value
        default: throw Self.mismatch(column)
        }
    }

    func optionalText(_ column: String) throws -> String? {
        switch try value(column) {
        case .null: nil
        case .text(let value): value
        default: throw Self.mismatch(column)
        }
    }

    func bytes(_ column: String) throws -> [UInt8] {
        guard case .bytes(let value) = try value(column) else { throw Self.mismatch(column) }
        return value
    }

    /// The columns that hold text, for those who look at any row.
    package var texts: [String: String] {
        columns.compactMapValues { index in if case .text(let text) = values[index] { text } else { nil } }
    }

    /// Every column with its value, in order of their names.
    var cells: [(column: String, value: SQLValue)] { columns.sorted { $0.key < $1.key }.map { ($0.key, values[$0.value]) } }

    func value(_ column: String) throws -> SQLValue {
        guard let index = columns[column] else { throw Self.mismatch(column) }
        return values[index]
    }

    fileprivate func columns(after prefix: String) -> [String: Int] {
        let columns = columns.filter { $0.key.hasPrefix(prefix) }.map { (String($0.key.dropFirst(prefix.count)), $0.value) }
        return Dictionary(uniqueKeysWithValues: columns)
    }

    fileprivate func part(_ columns: [String: Int]) -> SQLRow { SQLRow(columns: columns, values: values) }

    private func require<Value>(_ value: Value?, _ column: String) throws -> Value {
        guard let value else { throw Self.mismatch(column) }
        return value
    }

    private static func mismatch(_ column: String) -> ColophonError {
        ColophonError(.internal, "The database holds something unexpected in column \(column).")
    }
}

extension [SQLRow] {
    /// The columns of one answer's rows whose names begin so, under the rest of their names.
    func part(_ prefix: String) -> [SQLRow] {
        guard let columns = first?.columns(after: prefix) else { return [] }
        return map { $0.part(columns) }
    }
}

extension SQLRow: CustomStringConvertible {
    /// Column by column, for logs and comparisons.
    package var description: String {
        columns.sorted { $0.value < $1.value }.map { "\($0.key)=\(values[$0.value])" }.joined(separator: " ")
    }
}
