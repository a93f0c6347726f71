import ColophonCore
package import HTTPTypes
package import NIOCore

/// A request as access is decided by: without its body, and whatever serves it.
package struct Caller: Sendable {
    package var method: HTTPRequest.Method
    package var headers: HTTPFields
    /// The host that was asked for, with its port.
    package var authority: String?
    package var address: ClientAddress

    /// - Parameters:
    ///   - authority: Nil takes the `Host` header.
    ///   - address: Who is at the other end of the connection.
    ///   - isForwarded: Whether that is a proxy of ours: then it has written whom it serves at the end of `X-Forwarded-For`.
    package init(
        method: HTTPRequest.Method, headers: HTTPFields, authority: String? = nil, address: SocketAddress?, isForwarded: Bool = false
    ) {
        self.method = method
        self.headers = headers
        self.authority = authority ?? headers[.host]
        let client = isForwarded ? headers[values: .forwardedFor].last?.split(separator: ",").last.map { $0.filter { $0 != " " } } : nil
        self.address = ClientAddress(client.flatMap { try? SocketAddress(ipAddress: $0, port: 0) } ?? address)
    }

    /// The key that was sent: `Authorization: Bearer …`, `Authorization: Api-Key …` or `X-API-Key: …`; nil where none of them was.
    var key: String? {
        if let key = headers[.apiKey] { return key }
        guard let credentials = headers[.authorization] else { return nil }
        let parts = credentials.split(separator: " ", maxSplits: 1)
        // The scheme's name is case-insensitive (RFC 9110, section 11.1).
        guard parts.count == 2, ["bearer", "api-key"].contains(parts[0].lowercased()) else { return nil }
        return parts[1].filter { $0 != " " }
    }
}

/// Whom a connection comes from, as far as it tells one customer of a network from another: an IPv4 address, or the first half of an IPv6 one.
package struct ClientAddress: Hashable, Sendable {
    private let bytes: [UInt8]

    package init(_ address: SocketAddress?) {
        guard let address else {
            bytes = []
            return
        }
        // A socket's address as the system lays it out: IPv4's begins at its fifth byte, IPv6's at its ninth.
        let raw = address.withSockAddr { pointer, length in Array(UnsafeRawBufferPointer(start: pointer, count: length)) }
        switch address {
        case .v4 where raw.count >= 8: bytes = Array(raw[4..<8])
        case .v6 where raw.count >= 24:
            let all = raw[8..<24]
            let isMapped = all.prefix(12).elementsEqual([UInt8](repeating: 0, count: 10) + [0xFF, 0xFF])
            bytes = Array(isMapped ? all.suffix(4) : all.prefix(8))
        default: bytes = []
        }
    }
}
