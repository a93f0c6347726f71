import ColophonCore
import FoundationEssentials

/// Where a gateway is, and how long it is waited for.
package struct GatewaySettings: Sendable {
    /// Of its `/process`, with scheme and host.
    let address: URL
    /// Sent as a bearer token; nil sends none.
    package var token: String?
    /// From the first byte that is sent to the last that comes.
    package var timeout: Duration = .seconds(180)
    package var connectTimeout: Duration = .seconds(10)
    /// A longer answer is cut off, and is none.
    package var answerBytesMax = 32 << 20
    /// How long a run waits at least before it is tried again.
    package var retryPause: Duration = .seconds(5)
    /// Whether runs fail at once while the gateway is not asked; otherwise the queue waits.
    package var failsFast = false
    package var breaker = CircuitBreaker.Settings()

    /// - Parameter text: `http://host:port` or `https://…`, with or without a path; `/process` is put behind it.
    /// - Throws: `invalid` for what is no such address.
    package init(address text: String) throws {
        var base = text
        while base.hasSuffix("/") { base.removeLast() }
        guard let url = URL(string: base + "/process"), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = url.host(), !host.isEmpty, url.user() == nil, url.query() == nil, url.fragment() == nil
        else {
            throw ColophonError(.invalid, "A gateway's address is http://HOST:PORT or https://HOST, without a user or a query.")
        }
        address = url
    }
}
