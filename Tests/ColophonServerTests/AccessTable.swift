/// What the access matrix knows of a route: where it takes ids, and a request that works.
///
/// Ids are written as `{document}`, `{run}` and `{workspace}`; each is a place where another's id may come in. Those of the path are known by
/// the names of its parameters.
struct RouteExample {
    /// After the `?`.
    var query = ""
    var body: Body = .none
    /// What it answers to whoever may; nil is success.
    var status: Int?
    /// Whether anybody may call it, whoever they are.
    var isOpen = false
    /// Whether an unknown id is no error: it is made, or answered by an empty list or in a list of those that were not found.
    var takesUnknown = false
    /// Whether what is behind the gate takes more than a router and a store: a process that draws, a connection of its own.
    var needsMore = false
    /// Whether it changes nothing though its method could: what it is asked for does not fit into an address.
    var onlyReads = false

    enum Body {
        case none
        case bytes(String)
        case json(String)
        /// A file `a.txt` in a form.
        case form
    }

    static let open = Self(isOpen: true)
    static let plain = Self()
    /// The document lives and its run is complete, so this cannot be done to it.
    static let conflicting = Self(status: 409)
    static func query(_ text: String, takesUnknown: Bool = false) -> Self { Self(query: text, takesUnknown: takesUnknown) }
    static func json(_ text: String, takesUnknown: Bool = false) -> Self { Self(body: .json(text), takesUnknown: takesUnknown) }
}

/// One line a route. A route without one fails the matrix; so does an open one that is not said to be open.
enum AccessTable {
    /// What the parameters of a path stand for.
    static let parameters = [
        ":w": "{workspace}", ":id": "{document}", ":run": "{run}", ":n": "1", ":number": "1", ":hash": "0", ":name": "list.js",
        "pg_{file}": "pg_1.md",
    ]

    /// Paths that are one resource under several names, and what they are called here.
    static let prefixes = [("/document/:id", "/v1/documents/:id"), ("/api/v1/workspaces/:w", "/workspaces/:w")]

    static func example(_ method: String, _ path: String) -> RouteExample? {
        var path = path
        for (prefix, name) in prefixes where path == prefix || path.hasPrefix(prefix + "/") { path = name + path.dropFirst(prefix.count) }
        return routes["\(method) \(path)"]
    }

    static let routes: [String: RouteExample] = [
        "GET /livez": .open,
        "GET /readyz": .open,
        "GET /health": .open,
        "GET /ready": .open,
        "GET /api/v1/info": .open,
        "GET /api/v1/session": .plain,
        "POST /api/v1/session": Self.signIn,
        "DELETE /api/v1/session": .plain,

        "POST /api/upload": RouteExample(body: .form, status: 400),
        "POST /api/jobs": RouteExample(body: .form, status: 400),
        "GET /api/jobs": .plain,
        "GET /api/jobs/:run": .plain,
        "GET /api/jobs/:run/download": .plain,
        "POST /api/jobs/:run/download-token": .json("{}"),
        "GET /api/jobs/:run/events": .plain,
        "POST /api/jobs/bulk-download": RouteExample(body: .json(#"{"job_ids":["{run}"]}"#), onlyReads: true),
        "POST /api/jobs/:run/retry": .conflicting,
        "POST /api/jobs/:run/cancel": .conflicting,
        "GET /api/mappings": .plain,
        "GET /api/healthz": .open,

        "GET /v1/documents": .query("after={document}"),
        "POST /v1/documents": RouteExample(body: .bytes("new")),
        "GET /v1/documents/:id": .plain,
        "DELETE /v1/documents/:id": .plain,
        "GET /v1/documents/:id/status": .plain,
        "POST /v1/documents/:id/upload": RouteExample(body: .bytes("more"), takesUnknown: true),
        "GET /v1/documents/:id/events": .plain,
        "GET /v1/documents/:id/download": .plain,
        "GET /v1/documents/:id/runs": .plain,
        "POST /v1/documents/:id/runs": .plain,
        "GET /v1/documents/:id/runs/:run": .plain,
        "POST /v1/documents/:id/runs/:run/cancel": .conflicting,
        "POST /v1/documents/:id/runs/:run/retry": .conflicting,
        "POST /v1/documents/:id/cancel": .plain,
        "POST /v1/documents/:id/reparse": .plain,
        "GET /v1/documents/:id/export": .query("run={run}"),
        "GET /v1/documents/:id/pages": .query("run={run}"),
        "GET /v1/documents/:id/page/:n": .query("run={run}"),
        "GET /v1/documents/:id/page/:n/image": RouteExample(query: "run={run}", needsMore: true),
        "GET /v1/documents/:id/page/:n/boxes": .query("run={run}"),
        "GET /v1/documents/:id/pg_{file}": .query("run={run}"),
        "GET /v1/documents/:id/nodes": .query("run={run}"),

        "GET /workspaces/:w/documents": .query(
            "filters=%5B%7B%22id%22%3A%22id%22%2C%22operator%22%3A%22eq%22%2C%22value%22%3A%22{document}%22%7D%5D", takesUnknown: true),
        "POST /workspaces/:w/documents": RouteExample(body: .form),
        "GET /workspaces/:w/documents/:id": .plain,
        "PATCH /workspaces/:w/documents/:id": .json(#"{"name":"{unique}.txt"}"#),
        "DELETE /workspaces/:w/documents/:id": .plain,
        "POST /workspaces/:w/documents/:id/restore": .conflicting,
        "POST /workspaces/:w/documents/batch/delete": .json(#"{"documentIds":["{document}"]}"#, takesUnknown: true),
        "POST /workspaces/:w/documents/batch/tags": .json(#"{"documentIds":["{document}"],"add":["a"]}"#, takesUnknown: true),
        "PUT /workspaces/:w/documents/:id/tags": .json(#"{"tags":["a"]}"#),
        "PATCH /workspaces/:w/documents/:id/tags": .json(#"{"add":["a"]}"#),
        "GET /workspaces/:w/documents/tags": .plain,
        "GET /workspaces/:w/documents/:id/versions": .plain,
        "POST /workspaces/:w/documents/:id/versions": RouteExample(body: .form),
        "GET /workspaces/:w/documents/:id/download": .plain,
        "GET /workspaces/:w/documents/:id/versions/:n/download": .plain,
        "GET /workspaces/:w/documents/:id/page/:n/image": RouteExample(query: "run={run}", needsMore: true),
        "GET /workspaces/:w/documents/:id/page/:n/boxes": .query("run={run}"),
        "GET /workspaces/:w/documents/:id/events": .plain,
        "GET /workspaces/:w/documents/:id/listrow": .plain,
        "GET /workspaces/:w/documents/:id/runs": .plain,
        "POST /workspaces/:w/documents/:id/runs": .json("{}"),
        "GET /workspaces/:w/documents/stream": RouteExample(needsMore: true),
        "GET /workspaces/:w/documents/delta": .query("since=1"),
        "GET /workspaces/:w/runs": .query("documentId={document}", takesUnknown: true),
        "POST /workspaces/:w/runs": .json(#"{"documentId":"{document}"}"#),
        "POST /workspaces/:w/runs/batch": .json(#"{"documentIds":["{document}"]}"#, takesUnknown: true),
        "GET /workspaces/:w/runs/:run": .plain,
        "POST /workspaces/:w/runs/:run/cancel": .conflicting,
        "POST /workspaces/:w/runs/:run/retry": .conflicting,
        "GET /workspaces/:w/runs/:run/input": .plain,
        "GET /workspaces/:w/runs/:run/input/download": .plain,
        "GET /workspaces/:w/runs/:run/output": .plain,
        "GET /workspaces/:w/runs/:run/output/download": .query("format=json"),
        "GET /workspaces/:w/runs/:run/events/download": .plain,
        "GET /workspaces/:w/runs/:run/events/stream": .plain,

        // Pages for people decide for themselves how to say no: `PageAccessTests`.
        "GET /": .open,
        "GET /w/:w": .open,
        "GET /w/:w/documents/:id": .open,
        "GET /w/:w/documents/:id/markdown": .open,
        "GET /queue": .open,
        "GET /sign-in": .open,
        "GET /assets/:hash/:name": .open,
    ]

    /// Its only secret is in its body.
    private static let signIn = RouteExample(body: .json(#"{"key":"x"}"#), isOpen: true)
}
