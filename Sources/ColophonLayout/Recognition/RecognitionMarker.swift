import DoclingDocument

/// Says of each place of a recognised page that its text was recognised, by what, and how surely: in the provenance, as a member of our own.
enum RecognitionMarker {
    private static let member = "colophon__ocr"

    static func mark(_ document: inout DoclingDocument, _ pages: [PageLayout]) {
        let notes = Dictionary(pages.compactMap { page in page.recognition.map { (page.number, value(of: $0)) } }) { first, _ in first }
        guard !notes.isEmpty else { return }
        func mark(_ places: inout [Provenance]) {
            for index in places.indices { places[index].extra[member] = notes[places[index].pageNumber] }
        }
        for index in document.texts.indices { mark(&document.texts[index].prov) }
        for index in document.tables.indices { mark(&document.tables[index].prov) }
    }

    private static func value(of note: PageRecognitionNote) -> JSONValue {
        [
            "engine": .string(note.engine), "languages": .array(note.languages.map { .string($0) }),
            "page_confidence": note.confidence.flatMap { JSONNumber(($0 * 1000).rounded() / 1000) }.map { .number($0) } ?? .null,
            "page_dropped_words": .number(JSONNumber(note.droppedWords)),
        ]
    }
}
