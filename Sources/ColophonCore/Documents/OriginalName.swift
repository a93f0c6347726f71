/// The name that a sender gave a file: kept to be shown, never used as a path.
package enum OriginalName {
    /// The most characters that are kept.
    package static let charactersMax = 255
    /// The most bytes that are kept, in UTF-8: a character may be made of any number of them.
    package static let bytesMax = 4 * charactersMax

    /// A name that is safe to show and to send back in a header: its last path component, as `shown` makes it.
    package static func sanitized(_ name: String?) -> String {
        shown((name ?? "").split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "")
    }

    /// A name without control characters (line breaks and bidirectional overrides among them) and of bounded length; `document` when nothing
    /// is left.
    static func shown(_ name: some StringProtocol) -> String {
        let kept = name.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
            default: true
            }
        }
        let collapsed = String(String.UnicodeScalarView(kept)).split(separator: " ").joined(separator: " ")
        let bounded = collapsed.prefix(charactersMax).fitting(utf8: bytesMax)
        return bounded.isEmpty || bounded == "." || bounded == ".." ? "document" : String(bounded)
    }
}

extension StringProtocol {
    /// The longest beginning of so many bytes that ends between two scalars.
    func fitting(utf8 bytesMax: Int) -> SubSequence {
        guard utf8.count > bytesMax else { return self[...] }
        var (end, bytes) = (startIndex, 0)
        for index in unicodeScalars.indices {
            bytes += UTF8.width(unicodeScalars[index])
            if bytes > bytesMax { break }
            end = unicodeScalars.index(after: index)
        }
        return self[..<end]
    }
}
