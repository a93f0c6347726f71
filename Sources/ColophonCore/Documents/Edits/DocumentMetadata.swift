/// What a client keeps with a document: a JSON object, as the text that it sent.
package struct DocumentMetadata: Hashable, Sendable {
    /// The longest text, in bytes.
    package static let bytesMax = 64 << 10

    /// A JSON object's text.
    package let json: String

    package static let empty = DocumentMetadata(stored: "{}")

    /// Text that was checked before it was stored.
    package init(stored json: String) { self.json = json }

    /// - Parameter text: Nil and blank text stand for an object without members.
    /// - Throws: `badRequest` when the text is no JSON; `invalid` when it is no object, or too long.
    package init(_ text: String?) throws {
        guard let text, !text.allSatisfy(\.isWhitespace) else {
            self = .empty
            return
        }
        guard text.utf8.count <= Self.bytesMax else {
            throw ColophonError(.invalid, "metadata has at most \(Self.bytesMax) bytes.", field: "metadata")
        }
        guard let value = PlainJSON(text.utf8) else { throw ColophonError(.badRequest, "metadata must be JSON.", field: "metadata") }
        guard case .object = value else { throw ColophonError(.invalid, "metadata must be a JSON object.", field: "metadata") }
        json = text
    }
}
