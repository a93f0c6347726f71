import ColophonCore
import DoclingDocument

/// The files that a finished extraction publishes, made from the parsed structure: nothing that a child wrote is served as it came, but
/// for the electronic invoice that a document carries, which is served as a file to be saved.
struct RenderedViews: Sendable {
    let files: [(ArtifactKind, [UInt8])]
    let pageCount: Int
    let itemCount: Int

    /// Renders every view, off the cooperative pool; a cancelled task stops between two of them.
    ///
    /// - Throws: `RunFailure` when the structure cannot be rendered.
    static func make(of extraction: Extraction, mapped: MappedFiles? = nil, by heavyWork: HeavyWork) async throws -> RenderedViews {
        let document = extraction.document
        var files: [(ArtifactKind, [UInt8])] = []
        do {
            for kind in ArtifactKind.allCases {
                if let bytes = try await heavyWork.run({ try kind.bytes(of: extraction, mapped) }) { files.append((kind, bytes)) }
            }
        } catch let error as DoclingDocumentError {
            throw RunFailure(.parseFailed, "The document's structure cannot be shown: \(error.message).")
        }
        return RenderedViews(
            files: files, pageCount: document.pages.count,
            itemCount: document.texts.count + document.tables.count + document.pictures.count)
    }
}

extension ArtifactKind {
    /// Nil where there is nothing of this kind.
    fileprivate func bytes(of extraction: Extraction, _ mapped: MappedFiles?) throws -> [UInt8]? {
        let document = extraction.document
        return switch self {
        case .structure: try document.jsonBytes()
        case .markdown: Array(try document.markdown().utf8)
        case .html: Array(try document.html().utf8)
        case .text: Array(try document.plainText().utf8)
        case .pages: try PageRecord.lines(of: document)
        case .invoice: extraction.invoice
        case .mapped: mapped?.xml
        case .fields: mapped?.fields
        }
    }
}
