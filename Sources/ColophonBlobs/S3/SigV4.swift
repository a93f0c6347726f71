import ColophonCore
import Crypto
import FoundationEssentials

/// Signs requests with Signature Version 4, in a header or in a URL.
///
/// Written after "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk" and
/// "Authenticating Requests: Using Query Parameters" in Amazon's S3 API reference; paths are encoded once, as S3 has it.
struct SigV4: Sendable {
    typealias Pair = (name: String, value: String)

    let credentials: S3Credentials
    let region: String
    var service = "s3"

    static let emptyPayload = Hex.encode(SHA256.hash(data: [UInt8]()))
    /// Stands in place of the payload's hash where a signature is made before anybody knows the payload.
    static let unsignedPayload = "UNSIGNED-PAYLOAD"

    /// The value of the `Authorization` header.
    ///
    /// - Parameters:
    ///   - path: Not encoded.
    ///   - query: Not encoded.
    ///   - headers: All that are signed: `host`, `x-amz-date`, and for S3 whatever else is sent.
    ///   - payload: SHA-256 of the body in lower-case hexadecimal.
    func authorization(method: String, path: String, query: [Pair], headers: [Pair], payload: String, at moment: Timestamp) -> String {
        let date = Self.date(moment)
        let names = Self.signedHeaders(headers)
        let request = Self.canonicalRequest(method: method, path: path, query: query, headers: headers, payload: payload)
        return "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope(date)),SignedHeaders=\(names),"
            + "Signature=\(signature(of: request, date: date))"
    }

    /// The query of a URL that carries its own signature over `host`; encoded.
    ///
    /// - Parameter expiresSeconds: 1 to 604,800.
    func presignedQuery(
        method: String, host: String, path: String, query: [Pair], expiresSeconds: Int64, at moment: Timestamp
    ) -> String {
        let date = Self.date(moment)
        var query: [Pair] =
            query + [
                ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope(date))"),
                ("X-Amz-Date", date), ("X-Amz-Expires", "\(expiresSeconds)"), ("X-Amz-SignedHeaders", "host"),
            ]
        if let token = credentials.sessionToken { query.append(("X-Amz-Security-Token", token)) }
        let request = Self.canonicalRequest(
            method: method, path: path, query: query, headers: [("host", host)], payload: Self.unsignedPayload)
        return URIEncoding.query(query) + "&X-Amz-Signature=\(signature(of: request, date: date))"
    }

    /// `20130524T000000Z`.
    static func date(_ moment: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
            .formatted(Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted))
    }

    static func canonicalRequest(method: String, path: String, query: [Pair], headers: [Pair], payload: String) -> String {
        let lines = sorted(headers).map { "\($0.name):\($0.value)\n" }.joined()
        return [
            method, URIEncoding.encode(path, keepsSlash: true), URIEncoding.query(query), lines, signedHeaders(headers), payload,
        ].joined(separator: "\n")
    }

    func signingKey(day: String) -> SymmetricKey {
        [day, region, service, "aws4_request"].reduce(SymmetricKey(data: Array("AWS4\(credentials.secretAccessKey)".utf8))) {
            SymmetricKey(data: Self.mac($1, key: $0))
        }
    }

    private func signature(of canonicalRequest: String, date: String) -> String {
        let text = ["AWS4-HMAC-SHA256", date, scope(date), Hex.encode(SHA256.hash(data: Array(canonicalRequest.utf8)))]
            .joined(separator: "\n")
        return Hex.encode(Self.mac(text, key: signingKey(day: String(date.prefix(8)))))
    }

    private func scope(_ date: String) -> String { "\(date.prefix(8))/\(region)/\(service)/aws4_request" }

    private static func signedHeaders(_ headers: [Pair]) -> String { sorted(headers).map(\.name).joined(separator: ";") }

    /// Lower-case names in order, values without blanks at their ends and with single ones inside.
    private static func sorted(_ headers: [Pair]) -> [Pair] {
        headers.map { ($0.name.lowercased(), $0.value.split(separator: " ").joined(separator: " ")) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private static func mac(_ text: String, key: SymmetricKey) -> HashedAuthenticationCode<SHA256> {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    }
}
