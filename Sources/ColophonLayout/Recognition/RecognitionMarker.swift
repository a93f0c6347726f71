import DoclingDocument

/// Says of each item whose text was recognised that it was, by what, and how surely.
///
/// DoclingDocument's provenance has no room for it; its meta lets anybody add members named `namespace__name` (schema 1.8).
enum RecognitionMarker {
    private static let member = "colophon__ocr"

    static func mark(_ document: inout DoclingDocument, _ pages: [PageLayout]) {
        let notes = Dictionary(pages.compactMap { page in page.recognition.map { (page.number, value(of: $0)) } }) { first, _ in first }
        guard !notes.isEmpty else { return }
        func note(_ prov: [Provenance]) -> JSONValue? { prov.first.flatMap { notes[$0.pageNumber] } }
        for index in document.texts.indices {
            guard let note = note(document.texts[index].prov) else { continue }
            document.texts[index].meta = document.texts[index].meta.adding(note, as: member)
        }
        for index in document.tables.indices {
            guard let note = note(document.tables[index].prov) else { continue }
            document.tables[index].meta = document.tables[index].meta.adding(note, as: member)
        }
    }

    private static func value(of note: PageRecognitionNote) -> JSONValue {
        [
            "engine": .string(note.engine), "languages": .array(note.languages.map { .string($0) }),
            "page_confidence": note.confidence.flatMap { JSONNumber(($0 * 1000).rounded() / 1000) }.map { .number($0) } ?? .null,
            "page_dropped_words": .number(JSONNumber(note.droppedWords)),
        ]
    }
}

extension ItemMeta? {
    fileprivate func adding(_ value: JSONValue, as name: String) -> ItemMeta {
        var meta = self ?? ItemMeta()
        meta.members[name] = value
        return meta
    }
}
