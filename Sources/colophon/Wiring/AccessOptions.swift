import ArgumentParser
import ColophonCore
import ColophonServer
import Foundation

/// Who may come in, how often, and over what.
struct AccessOptions: ParsableArguments {
    @Option(help: "What a key may spend a minute, in units; 0 is without a limit (COLOPHON_RATE_LIMIT; default 6000).")
    var rateLimit: Int?

    @Flag(name: .customLong("no-anonymous"), help: "Browsers need a key from the start (COLOPHON_ANONYMOUS=off).")
    var noAnonymous = false

    @Option(help: "The server's certificate with those above it, in PEM; then it speaks https (COLOPHON_TLS_CERT).")
    var tlsCert: String?

    @Option(help: "The certificate's private key, in PEM (COLOPHON_TLS_KEY).")
    var tlsKey: String?

    @Flag(
        name: .customLong("behind-proxy"),
        help: "All requests come through a proxy that ends TLS and says in X-Forwarded-For whom it serves (COLOPHON_BEHIND_PROXY=on).")
    var behindProxy = false

    func validate() throws {
        var limits = Limits()
        try apply(to: &limits)
        _ = try proxied()
        guard (certificatePath == nil) == (keyPath == nil) else {
            throw ValidationError("--tls-cert (COLOPHON_TLS_CERT) and --tls-key (COLOPHON_TLS_KEY) belong together; give both or neither.")
        }
    }

    func apply(to limits: inout Limits) throws {
        if rateLimit != nil || environment["COLOPHON_RATE_LIMIT"] != nil {
            guard let value = rateLimit ?? environment["COLOPHON_RATE_LIMIT"].flatMap({ Int($0) }), (0...1_000_000_000).contains(value)
            else { throw ValidationError("--rate-limit (COLOPHON_RATE_LIMIT) must be a whole number from 0 to 1000000000.") }
            limits.unitsPerMinute = value
        }
        limits.allowsAnonymous = try !noAnonymous && Self.flag("COLOPHON_ANONYMOUS", default: true)
    }

    /// The certificate and its key; nil for plain HTTP.
    func tls() throws -> ServerTLS? {
        guard let certificatePath, let keyPath else { return nil }
        return try ServerTLS(certificate: certificatePath, key: keyPath)
    }

    var isBehindProxy: Bool { (try? proxied()) ?? false }

    private func proxied() throws -> Bool { try behindProxy || Self.flag("COLOPHON_BEHIND_PROXY", default: false) }

    private var certificatePath: String? { tlsCert ?? environment["COLOPHON_TLS_CERT"] }
    private var keyPath: String? { tlsKey ?? environment["COLOPHON_TLS_KEY"] }
    private var environment: [String: String] { ProcessInfo.processInfo.environment }

    private static func flag(_ name: String, default fallback: Bool) throws -> Bool {
        switch ProcessInfo.processInfo.environment[name] {
        case nil: return fallback
        case "on": return true
        case "off": return false
        default: throw ValidationError("\(name) must be on or off.")
        }
    }
}
