/// What kind of file a document is, as lists show and filter it: a coarse word for its media type.
package enum FileType: String, CaseIterable, Sendable {
    case pdf, image, html, markdown, text, archive, office, other

    /// The kind of files with this media type; the migration that gave old documents theirs holds the same table.
    package static func of(_ contentType: String) -> FileType {
        switch contentType {
        case "application/pdf": .pdf
        case _ where contentType.hasPrefix("image/"): .image
        case "text/html": .html
        case "text/markdown": .markdown
        case _ where contentType.hasPrefix("text/"): .text
        case "application/zip", "application/gzip", "application/x-tar": .archive
        case _ where contentType.hasPrefix("application/vnd."), "application/msword": .office
        default: .other
        }
    }
}

/// How a document came to be.
package enum DocumentSource: String, CaseIterable, Sendable { case uploaded, generated, manual }
