import Foundation

/// A server that speaks S3: scheme, host and port.
package struct S3Endpoint: Sendable, Equatable {
    package let scheme: String
    /// Host, and port unless it is the scheme's own; what the `Host` header says, and so what is signed.
    package let authority: String

    /// - Throws: `ColophonError` with code `invalid` for anything but `http://HOST[:PORT]` or `https://HOST[:PORT]`.
    package init(_ text: String) throws {
        guard let url = URLComponents(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme),
            let host = url.encodedHost, !host.isEmpty, url.user == nil, url.password == nil, url.query == nil, url.fragment == nil,
            ["", "/"].contains(url.path), url.port.map({ (1...65535).contains($0) }) ?? true
        else { throw S3Location.invalid("endpoint is http://HOST:PORT or https://HOST:PORT, without a path") }
        self.scheme = scheme
        let port = url.port.flatMap { $0 == (scheme == "https" ? 443 : 80) ? nil : $0 }
        authority = host.lowercased() + (port.map { ":\($0)" } ?? "")
    }

    private init(host: String) {
        scheme = "https"
        authority = host
    }

    /// Amazon's own for a region; the regions of China have a domain of their own.
    static func amazon(region: String) -> S3Endpoint {
        S3Endpoint(host: "s3.\(region).amazonaws.com" + (region.hasPrefix("cn-") ? ".cn" : ""))
    }
}
