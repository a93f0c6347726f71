package import DoclingDocument

/// What a document's bytes are, beside PDF; the bytes decide where they can, then the media type, then the name.
package enum SourceFormat: Sendable, Equatable {
    case office(OfficeFormat)
    case html, markdown, csv, plainText
    /// A file of an office from before 2007, or one that is protected: it is told apart, and not read.
    case olderOffice

    /// Nil for what nothing here reads.
    ///
    /// - Parameters:
    ///   - type: A media type such as `text/markdown`; empty when nobody knows it.
    ///   - name: What the document is called; its ending tells kinds of text apart.
    ///   - inflater: Nil where the machine has no zlib; then no office document can be told.
    package static func of(_ bytes: UnsafeRawBufferPointer, type: String, name: String, inflater: Inflater?) -> SourceFormat? {
        if let inflater, let office = OfficeFormat.sniff(bytes, inflater: inflater) { return .office(office) }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return office(type: type, name: name) }
        if CompoundFile.failure(of: bytes) != nil { return .olderOffice }
        guard SourceText.decode(bytes) != nil || SourceText.decodeWestern(bytes) != nil else { return nil }
        if looksLikeHTML(bytes) { return .html }
        // Many senders call every text plain.
        return types[type] ?? ending(of: name).flatMap { endings[$0] } ?? (type == "text/plain" ? .plainText : nil)
    }

    /// What an archive that cannot be looked into is said to be: its reader says what is wrong with it.
    private static func office(type: String, name: String) -> SourceFormat? {
        let formats: [String: OfficeFormat] = ["docx": .docx, "xlsx": .xlsx, "pptx": .pptx]
        let subtypes: [String: OfficeFormat] = [
            "wordprocessingml.document": .docx, "spreadsheetml.sheet": .xlsx, "presentationml.presentation": .pptx,
        ]
        let family = "application/vnd.openxmlformats-officedocument."
        let said = type.hasPrefix(family) ? subtypes[String(type.dropFirst(family.count))] : nil
        return (said ?? ending(of: name).flatMap { formats[$0] }).map { .office($0) }
    }

    private static func ending(of name: String) -> String? {
        let parts = name.split(separator: ".")
        return parts.count > 1 ? parts.last.map { $0.lowercased() } : nil
    }

    private static let types: [String: SourceFormat] = [
        "text/html": .html, "application/xhtml+xml": .html, "text/markdown": .markdown, "text/csv": .csv,
        "text/tab-separated-values": .csv,
    ]

    private static let endings: [String: SourceFormat] = [
        "html": .html, "htm": .html, "xhtml": .html, "md": .markdown, "markdown": .markdown, "csv": .csv, "tsv": .csv, "txt": .plainText,
        "text": .plainText, "log": .plainText,
    ]

    /// The document type, or the root element, behind white space (HTML, section 13.1).
    private static func looksLikeHTML(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? UnsafeRawBufferPointer(rebasing: bytes[3...]) : bytes
        let head = body.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }.prefix(15).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return ["<!doctype html", "<html"].contains { head.starts(with: $0.utf8) }
    }

    /// Reads a document of this format. Does no I/O.
    ///
    /// - Parameter bytes: The whole file; must stay in place until this returns.
    /// - Throws: `FormatFailure`.
    package func document(from bytes: UnsafeRawBufferPointer, name: String, inflater: Inflater?) throws(FormatFailure) -> DoclingDocument {
        if case .office(let office) = self {
            guard let inflater else { throw .damaged("libz.so.1 is missing on this machine") }
            return switch office {
            case .docx: try WordReader.document(from: bytes, name: name, inflater: inflater)
            case .xlsx: try SheetReader.document(from: bytes, name: name, inflater: inflater)
            case .pptx: try SlideReader.document(from: bytes, name: name, inflater: inflater)
            }
        }
        if self == .olderOffice { throw CompoundFile.failure(of: bytes) ?? .damaged("it is no compound file") }
        guard let text = SourceText.decode(bytes) ?? SourceText.decodeWestern(bytes) else {
            throw .damaged("its text is in none of UTF-8, UTF-16 and Windows-1252")
        }
        return switch self {
        case .html: try HTMLReader.document(from: text, name: name)
        case .markdown: try MarkdownReader.document(from: text, name: name)
        case .csv: try CSVReader.document(from: text, name: name)
        case .plainText, .office, .olderOffice: try PlainTextReader.document(from: text, name: name)
        }
    }
}
