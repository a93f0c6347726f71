package import DoclingDocument
import FoundationEssentials

/// One page of a result, as the `pages` artifact holds it: one JSON object a line.
package struct PageRecord: Codable, Sendable, Equatable {
    /// From 1.
    package var pageNumber: Int
    /// In points, 1/72 inch.
    package var width: Double
    package var height: Double

    /// The records of a document, by page number, as the artifact's bytes.
    package static func lines(of document: DoclingDocument) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        var lines: [UInt8] = []
        for (number, page) in document.pages.sorted(by: { $0.key < $1.key }) {
            lines += try encoder.encode(PageRecord(pageNumber: number, width: page.size.width, height: page.size.height))
            lines.append(0x0A)
        }
        return lines
    }

    /// The records of a whole artifact.
    package static func records(in artifact: [UInt8]) throws -> [PageRecord] {
        let decoder = JSONDecoder()
        return try artifact.split(separator: 0x0A).map { try decoder.decode(PageRecord.self, from: Data($0)) }
    }
}
