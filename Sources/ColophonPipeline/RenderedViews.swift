import ColophonCore
import DoclingDocument

/// The files that a finished extraction publishes, made from the parsed structure: nothing that a child wrote is served as it came.
struct RenderedViews {
    let files: [(ArtifactKind, [UInt8])]
    let pageCount: Int
    let itemCount: Int

    /// - Throws: `RunFailure` when the structure cannot be rendered.
    init(_ document: DoclingDocument, of claim: RunClaim) throws {
        do {
            files = [
                (.structure, try document.jsonBytes()),
                (.markdown, Array(try document.markdown().utf8)),
                (.html, Array(try document.html().utf8)),
                (.text, Array(try document.plainText().utf8)),
                (.pages, try PageRecord.lines(of: document)),
            ]
            pageCount = document.pages.count
            itemCount = document.texts.count + document.tables.count + document.pictures.count
        } catch let error as DoclingDocumentError {
            throw RunFailure(.parseFailed, "The document's structure cannot be shown: \(error.message).")
        }
    }
}
