import FoundationEssentials

/// What a backup holds; written last, so that a folder without one is no backup.
package struct BackupManifest: Codable, Sendable, Equatable {
    /// The layout of the folder that this program writes and reads.
    package static let formatNow = 1

    package var format = formatNow
    /// The version of Colophon that wrote it.
    package var program: String
    /// The shape of its rows.
    package var schema: Int
    /// The engine that they came from; they fit any.
    package var engine: String
    /// The moment that all its rows are of, on the database's clock.
    package var madeAt: String
    /// By the tables' names.
    package var tables: [String: Lines]
    /// The list of blobs, beside the tables.
    package var blobList: Lines
    /// How many blobs the list names, and their bytes in all; those that are lost do not count.
    package var blobs: Int
    package var bytes: Int64
    /// Blobs that rows promise, but that were missing or damaged before the backup.
    package var lost: [Lost]

    /// A file of lines, each of JSON.
    package struct Lines: Codable, Sendable, Equatable {
        package var count: Int
        package var bytes: Int64
        /// Lower-case hexadecimal.
        package var sha256: String
    }

    package struct Lost: Codable, Sendable, Equatable {
        package var blob: String
        package var workspace: String
        package var document: String
        package var run: String?
        /// `blob_missing`, `blob_damaged` or `blob_unreadable`.
        package var code: String
        package var message: String
    }

    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return Array(try encoder.encode(self)) + [0x0A]
    }
}
