import Foundation

/// What a mapping found, as JSON: each value with where it stands and how sure it is.
package struct MappedReport: Encodable {
    private struct Value: Encodable {
        var name: String
        var title: String
        var value: String
        var source: String
        var confidence: Double
        var places: [Place]?
    }

    private struct Place: Encodable {
        var page: Int
        /// Left, top, right, bottom, in points from the top left corner of the page as it is shown.
        var box: [Double]
        var text: String
    }

    private struct List: Encodable {
        var name: String
        var title: String
        var lines: [[Value]]
    }

    private struct Problem: Encodable {
        var code: String
        var field: String?
        var message: String
        var places: [Place]?
    }

    private var mapping: String
    private var fields: [Value]
    private var lists: [List]
    private var problems: [Problem]
    private var warnings: [Problem]

    package init(_ mapped: Mapped) {
        mapping = mapped.mapping
        fields = mapped.fields.map(Self.value)
        lists = mapped.lists.map { List(name: $0.name, title: $0.title, lines: $0.lines.map { $0.map(Self.value) }) }
        problems = mapped.problems.map(Self.problem)
        warnings = mapped.warnings.map(Self.problem)
    }

    /// JSON with sorted keys.
    package func json(pretty: Bool = false) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    private static func value(_ field: Mapped.Field) -> Value {
        Value(
            name: field.name, title: field.title, value: field.value.text, source: field.value.source.rawValue,
            confidence: (field.value.confidence * 100).rounded() / 100, places: places(field.value.places))
    }

    private static func problem(_ problem: MappingProblem) -> Problem {
        Problem(code: problem.code.rawValue, field: problem.field, message: problem.message, places: places(problem.places))
    }

    private static func places(_ places: [ValuePlace]) -> [Place]? {
        places.isEmpty
            ? nil
            : places.map { place in
                Place(
                    page: place.page, box: [place.left, place.top, place.right, place.bottom].map { ($0 * 100).rounded() / 100 },
                    text: place.text)
            }
    }
}
