package import DoclingDocument

/// Turns the bytes of a document into its structure.
package protocol Extractor: Sendable {
    /// The name and version that a run records.
    var name: String { get }
    var version: String { get }

    /// Reads one document.
    ///
    /// Cancelling the calling task ends the work within two seconds, whatever the document does.
    ///
    /// - Parameter progress: Called after the document was opened and after each page, from one task, in order.
    /// - Throws: `RunFailure` for whatever the document or its reader did; `CancellationError` when the task was cancelled.
    func extract(_ source: ExtractionSource, progress: @escaping @Sendable (PageProgress) -> Void) async throws -> Extraction

    /// For how long runs with a mapping are not worth beginning, since what maps is away; nil when they are.
    var mappingPause: Duration? { get }
}

extension Extractor {
    package var mappingPause: Duration? { nil }
}

/// What an attempt needs is away: its run goes back into the queue for a while, and the attempt is none.
package struct WorkHeld: Error, Equatable {
    package var pause: Duration

    package init(for pause: Duration) { self.pause = pause }
}

/// A document to be read.
package struct ExtractionSource: Sendable {
    /// The bytes, readable from offset 0; stays the caller's to close.
    package var descriptor: Int32
    /// What the document is called in the result; its ending tells the kinds of text apart.
    package var name: String
    /// Its media type, as far as it is known.
    package var type: String?
    /// What opens it where it is protected.
    package var password: String?
    package var settings: RunSettings
    /// Whether the words of each page are wanted beside the document.
    package var wantsWords: Bool
    /// What names the work in the logs of whoever else has a part in it: the run's id.
    package var correlation: String

    package init(
        descriptor: Int32, name: String, type: String? = nil, password: String? = nil, settings: RunSettings = RunSettings(),
        wantsWords: Bool = false, correlation: String = ""
    ) {
        self.descriptor = descriptor
        self.name = name
        self.type = type
        self.password = password
        self.settings = settings
        self.wantsWords = wantsWords
        self.correlation = correlation
    }
}

/// What reading a document gave.
package struct Extraction: Sendable {
    package var document: DoclingDocument
    /// The XML of an electronic invoice that the document carries, byte for byte.
    package var invoice: [UInt8]?
    /// What of the document is missing in it.
    package var warnings: [RunWarning]
    /// Each page's words, where they were wanted and the document has pages.
    package var pages: [PageText]
    /// What the run's mapping gave, where another service has done it.
    package var xml: [UInt8]?

    package init(
        document: DoclingDocument, invoice: [UInt8]? = nil, warnings: [RunWarning] = [], pages: [PageText] = [], xml: [UInt8]? = nil
    ) {
        self.document = document
        self.invoice = invoice
        self.warnings = warnings
        self.pages = pages
        self.xml = xml
    }
}
