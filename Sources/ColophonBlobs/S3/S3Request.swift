import NIOCore
import NIOHTTP1

/// A request before it is signed.
struct S3Request: Sendable {
    var method: HTTPMethod
    /// The whole key of an object; empty for the bucket itself.
    var key: String
    /// Not encoded.
    var query: [(name: String, value: String)] = []
    /// Besides those that every request carries.
    var headers: [(name: String, value: String)] = []
    var body: ByteBuffer?
    /// SHA-256 of the body in lower-case hexadecimal; the store checks it.
    var payload = SigV4.emptyPayload
    /// What the store may need to do it, beyond what any request may take.
    var workTime: Duration = .zero

    /// Method and key, for the log.
    var label: String { "\(method.rawValue) \(key.isEmpty ? "the bucket" : key)" }
}
