import ColophonCore

/// What separates the parts of a form, as the request's `Content-Type` says it.
enum MultipartBoundary {
    /// The most characters that it may have (RFC 2046, section 5.1.1).
    static let charactersMax = 70

    /// Whether a body says that it is a form.
    static func isForm(_ contentType: String?) -> Bool {
        contentType.flatMap { HeaderParameters($0) }?.value == "multipart/form-data"
            || contentType?.lowercased().hasPrefix("multipart/form-data") == true
    }

    /// - Throws: `invalid` when the header names no form, or no boundary that could be one.
    static func sent(in contentType: String?) throws -> String {
        guard let header = contentType.flatMap({ HeaderParameters($0) }), header.value == "multipart/form-data",
            let boundary = header["boundary"]
        else {
            throw ColophonError(.invalid, "This takes multipart/form-data with a boundary.", field: "content-type")
        }
        guard (1...charactersMax).contains(boundary.utf8.count), boundary.last != " ", boundary.utf8.allSatisfy(isAllowed) else {
            throw ColophonError(
                .invalid, "The boundary must have 1 to \(charactersMax) characters of those that RFC 2046 allows.", field: "content-type")
        }
        return boundary
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "'()+_,-./:=? ".utf8.contains(byte)
        }
    }
}
