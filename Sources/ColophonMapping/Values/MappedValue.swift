package import Foundation

/// A value with where it comes from.
package struct MappedValue: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case text(String)
        case number(Decimal)
        case date(LocalDate)
    }

    /// What a value was taken from.
    package enum Source: String, Sendable {
        /// What the pages show.
        case layout
        /// The electronic invoice that the document carries.
        case embedded
        /// The operator's settings.
        case setting
        /// The mapping itself.
        case literal
        /// Other values.
        case computed
    }

    package var content: Content
    package var source: Source
    /// From 0 to 1: how sure the rule is that this is meant, by how it was found. 1 for what was not looked for.
    package var confidence: Double
    /// None for what does not stand on a page; the operands' for what was computed.
    package var places: [ValuePlace]

    /// More places of a computed value are left out.
    static let placesMax = 8

    package init(_ content: Content, source: Source, confidence: Double = 1, places: [ValuePlace] = []) {
        self.content = content
        self.source = source
        self.confidence = confidence
        self.places = Array(places.prefix(Self.placesMax))
    }

    /// As text: numbers with a point and no more digits than they need, dates as `YYYY-MM-DD`.
    package var text: String {
        switch content {
        case .text(let text): text
        case .number(let number): DecimalText.plain(number)
        case .date(let date): date.description
        }
    }
}
