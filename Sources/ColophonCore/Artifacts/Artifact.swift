/// A stored result of a run; exists only once the run is complete.
package struct Artifact: Sendable, Equatable {
    package var kind: ArtifactKind
    package var blob: BlobKey
    /// Lower-case hexadecimal.
    package var sha256: String
    package var bytes: Int64

    package init(kind: ArtifactKind, blob: BlobKey, sha256: String, bytes: Int64) {
        self.kind = kind
        self.blob = blob
        self.sha256 = sha256
        self.bytes = bytes
    }
}

/// The views of an extraction that are kept.
package enum ArtifactKind: String, CaseIterable, Sendable {
    /// DoclingDocument JSON, from which the others were made.
    case structure = "json"
    case markdown = "md"
    case html
    case text
    /// The size of each page, as JSON lines.
    case pages
    /// The XML of an electronic invoice that the document carries, as it was put in; only where it does.
    case invoice = "invoice-xml"
    /// The XML that a mapping made; only where the run has one.
    case mapped = "xml"
    /// What the mapping found, where and how surely, as JSON; only where the run has one.
    case fields

    /// What every complete run keeps, whatever it read.
    package static let kept = allCases.filter { ![.invoice, .mapped, .fields].contains($0) }

    package var contentType: String {
        switch self {
        case .structure, .fields: "application/json"
        case .markdown: "text/markdown; charset=utf-8"
        case .html: "text/html; charset=utf-8"
        case .text: "text/plain; charset=utf-8"
        case .pages: "application/jsonl"
        case .invoice, .mapped: "application/xml"
        }
    }

    /// What a downloaded file's name ends in, without the dot.
    package var fileExtension: String {
        switch self {
        case .text: "txt"
        case .invoice, .mapped: "xml"
        case .fields: "fields.json"
        case .structure, .markdown, .html: rawValue
        case .pages: "jsonl"
        }
    }

    /// Why a complete run may be without it.
    package var absence: String {
        switch self {
        case .invoice: "This document carries no electronic invoice."
        case .mapped: "This run was made without a mapping."
        case .fields: "This run tells of no fields: it was made without a mapping, or a gateway mapped it."
        default: "This run kept no such result."
        }
    }

    package var fileName: String {
        switch self {
        case .structure: "structure.json"
        case .markdown: "document.md"
        case .html: "document.html"
        case .text: "document.txt"
        case .pages: "pages.jsonl"
        case .invoice: "invoice.xml"
        case .mapped: "mapped.xml"
        case .fields: "fields.json"
        }
    }
}
