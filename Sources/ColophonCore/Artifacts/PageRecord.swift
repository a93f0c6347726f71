package import DoclingDocument
import FoundationEssentials

/// One page of a result, as the `pages` artifact holds it: one JSON object a line.
package struct PageRecord: Codable, Sendable, Equatable {
    /// From 1.
    package var pageNumber: Int
    /// In points, 1/72 inch.
    package var width: Double
    package var height: Double
    package var markdown: String
    package var text: String

    /// Renders one page of a document.
    package init(_ number: Int, of document: DoclingDocument) throws {
        pageNumber = number
        width = document.pages[number]?.size.width ?? 0
        height = document.pages[number]?.size.height ?? 0
        markdown = try document.markdown(pageNumber: number)
        text = try document.plainText(pageNumber: number)
    }

    /// The record as a line, with its line break.
    package func line() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [0x0A]
    }

    /// The records of a whole artifact.
    package static func records(in artifact: [UInt8]) throws -> [PageRecord] {
        let decoder = JSONDecoder()
        return try artifact.split(separator: 0x0A).map { try decoder.decode(PageRecord.self, from: Data($0)) }
    }
}
