import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

/// What the sender calls the file: `X-File-Name`, percent-encoded where it is not ASCII.
enum FileName {
    /// The longest header value that is looked at, in bytes.
    static let bytesMax = 2048

    static func sent(with request: Request) throws -> String? {
        guard let value = request.headers[.fileName] else { return nil }
        guard value.utf8.count <= bytesMax else { throw ColophonError(.invalid, "X-File-Name is too long.", field: "X-File-Name") }
        return decoded(value)
    }

    /// The decoded name, or the text as it is where it is no valid encoding: a name such as `100%.pdf` was never encoded.
    static func decoded(_ value: String) -> String { PercentEncoding.decode(value) ?? value }
}
