import Crypto
import Foundation

/// The name that a document is shown by, and how two names are found to be the same.
package enum DocumentName {
    /// The most bytes of a key, in UTF-8: some letters become many by NFKC, and an index takes no more.
    static let keyBytesMax = 2 * OriginalName.bytesMax

    /// What a name is compared and sorted by: NFKC, runs of white space as one space, case folded. Names with equal keys are the same name, and
    /// keys that are equal have the same bytes.
    package static func key(_ name: String) -> String {
        // Folding takes some letters apart.
        let folded = name.precomposedStringWithCompatibilityMapping.folding(options: .caseInsensitive, locale: nil)
            .precomposedStringWithCompatibilityMapping
        let key = folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard key.utf8.count > keyBytesMax else { return key }
        // What does not fit still tells names apart.
        let hash = Hex.encode(SHA256.hash(data: Array(key.utf8)))
        return key.fitting(utf8: keyBytesMax - hash.utf8.count) + hash
    }
}

extension DocumentName {
    /// A name that a client gives a document: as `OriginalName` makes it safe to show. It is no path, so slashes are its own.
    ///
    /// - Throws: `invalid` when nothing that can be shown is left of it.
    package static func shown(_ name: String) throws -> String {
        let shown = OriginalName.shown(name)
        // What nothing is left of is called `document`, which nobody asked for.
        guard shown != "document" || name.contains("document") else {
            throw ColophonError(.invalid, "The name has no characters that can be shown.", field: "name")
        }
        return shown
    }

    /// The name with a number before its extension: `report (2).pdf`, no longer than names may be.
    package static func numbered(_ name: String, _ number: Int) -> String {
        let suffix = " (\(number))" + fileExtension(of: name)
        let stem = name.prefix(name.count - fileExtension(of: name).count)
        return stem.prefix(OriginalName.charactersMax - suffix.count).fitting(utf8: OriginalName.bytesMax - suffix.utf8.count) + suffix
    }

    /// With its dot; empty when the name has none, or one too long to be one.
    private static func fileExtension(of name: String) -> Substring {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex, name.distance(from: dot, to: name.endIndex) <= 17 else {
            return ""
        }
        let part = name[dot...]
        return part.count > 1 && part.utf8.count <= 64 && !part.contains(" ") ? part : ""
    }
}
