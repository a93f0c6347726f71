import ColophonFormats
import Foundation

/// Finds values in the electronic invoice that a document carries.
struct EmbeddedFields {
    private let root: XMLElement

    /// An invoice of as many lines as a mapping reads has half of them. This is a process that serves others: what a stranger's file makes it hold is
    /// bounded.
    private static let elementsMax = 300_000

    /// Nil for what is no XML, and for more of it than any invoice has.
    init?(_ xml: [UInt8]) {
        guard let root = try? XMLElement.root(of: xml, countMax: Self.elementsMax) else { return nil }
        self.root = root
    }

    /// Whether some field of the mapping is in it.
    func isKnown(to mapping: Mapping) -> Bool {
        mapping.fields.contains { field in
            field.finds.contains { if case .embedded(let path) = $0 { value(field.type, at: path) != nil } else { false } }
        }
    }

    /// The first value of some type down a path.
    func value(_ type: ValueType, at path: ElementPath) -> MappedValue? { Self.value(type, at: path, below: root) }

    func elements(at path: ElementPath) -> [XMLElement] { Self.elements(path.steps[...], below: root) }

    static func value(_ type: ValueType, at path: ElementPath, below element: XMLElement) -> MappedValue? {
        for found in elements(path.steps[...], below: element) {
            let text = path.attribute.map { found[$0] ?? "" } ?? found.text
            // Names may be broken over lines there.
            let trimmed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if let content = content(trimmed, type) { return MappedValue(content, source: .embedded) }
        }
        return nil
    }

    private static func elements(_ steps: ArraySlice<[String]>, below element: XMLElement) -> [XMLElement] {
        guard let names = steps.first else { return [element] }
        return element.children.filter { names.contains($0.name.local) || names == ["*"] }.flatMap {
            elements(steps.dropFirst(), below: $0)
        }
    }

    /// Electronic invoices write numbers with a point and days as `YYYYMMDD` or `YYYY-MM-DD` (UN/CEFACT qualified data types, EN 16931-3).
    private static func content(_ text: String, _ type: ValueType) -> MappedValue.Content? {
        guard !text.isEmpty else { return nil }
        switch type {
        case .text, .identifier: return .text(text)
        case .number: return NumberReader(.point, words: []).number(text).map { .number($0) }
        case .date: return DateReader(order: .dayFirst).date(String(text.prefix(10))).map { .date($0) }
        }
    }
}
