/// The name that a sender gave a file: kept to be shown, never used as a path.
package enum OriginalName {
    /// The most characters that are kept.
    package static let charactersMax = 255

    /// A name that is safe to show and to send back in a header: its last path component without control characters
    /// (line breaks and bidirectional overrides among them); `document` when nothing is left.
    package static func sanitized(_ name: String?) -> String {
        let last = (name ?? "").split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let kept = last.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
            default: true
            }
        }
        let collapsed = String(String.UnicodeScalarView(kept)).split(separator: " ").joined(separator: " ").prefix(charactersMax)
        return collapsed.isEmpty || collapsed == "." || collapsed == ".." ? "document" : String(collapsed)
    }
}
