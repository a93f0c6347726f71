import ColophonCore
import HTTPTypes

/// Whether a browser sends a request for our own pages, or for a stranger's who borrows its cookie.
struct SameOrigin: Sendable {
    let isSecure: Bool

    /// - Throws: `forbidden` with reason `CSRF_REFUSED`.
    func check(_ caller: Caller) throws {
        let isAllowed = [.get, .head].contains(caller.method) ? maySee(caller) : mayAct(caller)
        guard isAllowed else {
            throw ColophonError(
                .forbidden, "A page of another site may not do this with your session; use a key instead.", reason: "CSRF_REFUSED")
        }
    }

    /// Methods that change nothing: other sites may link to us, and no more.
    private func maySee(_ caller: Caller) -> Bool {
        guard caller.headers[.fetchSite] == "cross-site" else { return true }
        return caller.headers[.fetchMode] == "navigate" && [nil, "document"].contains(caller.headers[.fetchDest])
    }

    /// Methods that change something: only our own pages, or nobody's.
    private func mayAct(_ caller: Caller) -> Bool {
        if let site = caller.headers[.fetchSite] { return ["same-origin", "none"].contains(site) }
        // Browsers leave that header out where they do not trust the connection, and always name the origin.
        guard let origin = caller.headers[.origin]?.lowercased(), let authority = caller.authority?.lowercased() else { return false }
        // Without TLS of our own a proxy may have ended it.
        return origin == "https://\(authority)" || (!isSecure && origin == "http://\(authority)")
    }
}
