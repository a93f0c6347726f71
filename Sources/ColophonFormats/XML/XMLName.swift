/// The namespaces that readers of office files tell apart; the strict and the transitional form count as one.
package enum XMLSpace: UInt8, Sendable {
    case none, other
    case word, wordExtension, math, drawing, presentation, sheet, chart, relationships, compatibility, vml

    private static let byURI: [String: XMLSpace] = [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": .word,
        "http://purl.oclc.org/ooxml/wordprocessingml/main": .word,
        "http://schemas.microsoft.com/office/word/2010/wordml": .wordExtension,
        "http://schemas.openxmlformats.org/officeDocument/2006/math": .math,
        "http://purl.oclc.org/ooxml/officeDocument/math": .math,
        "http://schemas.openxmlformats.org/drawingml/2006/main": .drawing,
        "http://purl.oclc.org/ooxml/drawingml/main": .drawing,
        "http://schemas.openxmlformats.org/presentationml/2006/main": .presentation,
        "http://purl.oclc.org/ooxml/presentationml/main": .presentation,
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": .sheet,
        "http://purl.oclc.org/ooxml/spreadsheetml/main": .sheet,
        "http://schemas.openxmlformats.org/drawingml/2006/chart": .chart,
        "http://purl.oclc.org/ooxml/drawingml/chart": .chart,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": .relationships,
        "http://purl.oclc.org/ooxml/officeDocument/relationships": .relationships,
        "http://schemas.openxmlformats.org/markup-compatibility/2006": .compatibility,
        "urn:schemas-microsoft-com:vml": .vml,
    ]

    init(uri: String) { self = uri.isEmpty ? .none : XMLSpace.byURI[uri] ?? .other }
}

/// The name of an element or attribute, its prefix resolved.
package struct XMLName: Hashable, Sendable {
    package var space: XMLSpace
    package var local: String

    package init(_ space: XMLSpace, _ local: String) {
        self.space = space
        self.local = local
    }
}
