package import ColophonCore
import HTTPTypes

/// The cookie that holds a browser's session.
///
/// Over TLS its name begins with `__Host-`: then no other host, and nothing that came without TLS, can have put it there.
package struct SessionCookie: Sendable {
    package let name: String
    private let isSecure: Bool

    package init(isSecure: Bool) {
        self.isSecure = isSecure
        name = (isSecure ? "__Host-" : "") + "colophon_session"
    }

    /// The value that was sent; nil where none was. Several that differ are none that is good: nobody can tell who put the other there.
    func value(in headers: HTTPFields) -> String? {
        let values = Set(
            headers[values: .cookie].flatMap { $0.split(separator: ";") }.compactMap { pair -> String? in
                let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, parts[0] == name else { return nil }
                return String(parts[1])
            })
        return values.count > 1 ? "" : values.first
    }

    /// The value of `Set-Cookie` that gives a browser a session.
    package func setting(_ token: SessionToken) -> String {
        line(token.text, seconds: StoredSession.lifetime.components.seconds)
    }

    /// The value of `Set-Cookie` that takes it away.
    package var clearing: String { line("", seconds: 0) }

    private func line(_ value: String, seconds: Int64) -> String {
        "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }
}
