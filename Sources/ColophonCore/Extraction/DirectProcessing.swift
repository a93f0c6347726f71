/// Processes one document at once, without a ledger: what a gateway serves. Every verb throws `RunFailure` for what the document or its
/// reader did, `unavailable` when too much is being done already, and `CancellationError` when the task was cancelled.
package protocol DirectProcessing: Sendable {
    /// What documents may be mapped with, sorted by name.
    var mappings: [MappingSummary] { get }

    /// The DoclingDocument JSON of a document.
    func structure(of source: ExtractionSource) async throws -> [UInt8]

    /// What a mapping makes of a document.
    func map(_ source: ExtractionSource, with choice: MappingChoice) async throws -> DirectMapping

    /// What a mapping makes of DoclingDocument JSON, which is read when its turn has come.
    func map(structure: @escaping @Sendable () throws -> [UInt8], with choice: MappingChoice) async throws -> DirectMapping
}

/// What a mapping made of a document.
package enum DirectMapping: Sendable, Equatable {
    case xml([UInt8])
    /// All that keeps the document from being turned into XML, never none.
    case refused([Problem])

    package struct Problem: Sendable, Equatable {
        package var code: String
        package var field: String?
        package var message: String

        package init(code: String, field: String?, message: String) {
            self.code = code
            self.field = field
            self.message = message
        }
    }
}
