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
            let pages = document.pages.keys.sorted()
            var lines: [UInt8] = []
            for number in pages { lines += try PageRecord(number, of: document).line() }
            files = [
                (.structure, try document.jsonBytes()),
                (.markdown, Array(try document.markdown().utf8)),
                (.html, Array(try document.html().utf8)),
                (.text, Array(try document.plainText().utf8)),
                (.pages, lines),
            ]
            pageCount = pages.count
            itemCount = document.texts.count + document.tables.count + document.pictures.count
        } catch let error as DoclingDocumentError {
            throw RunFailure(.parseFailed, "The document's structure cannot be shown: \(error).")
        }
    }
}
