import ColophonProcesses
import ColophonStreams
import Foundation
import Testing

/// Asks a server about the feed of its default workspace, request by request.
struct FeedProbe {
    static let path = "/api/v1/workspaces/default/documents"

    let port: UInt16
    let key: String
    private let http: PlainHTTP

    init(_ server: ColophonServerProcess, data: String) throws {
        port = try #require(server.address.split(separator: ":").last.flatMap { UInt16($0) })
        key = try ColophonServerProcess.localKey(data: data)
        http = PlainHTTP(port: port)
    }

    var headers: [String: String] { ["Authorization": "Bearer \(key)"] }

    /// The newest change there is.
    func head() throws -> Int64 {
        var stream = try OpenStream(port: port, path: "\(Self.path)/stream", headers: headers)
        guard case .ready(let position?, _)? = try stream.next(within: .seconds(10)) else {
            throw WireFault("no ready", at: [])
        }
        return position
    }

    /// What delta says happened after a position, as the stream should tell it.
    func changes(after position: Int64) throws -> [StreamFollower.Event] {
        struct Page: Decodable {
            struct Change: Decodable {
                var id: String
                var documentId: String
                var op: String
            }
            var changes: [Change]
            var nextSince: String
            var hasMore: Bool
        }
        var events: [StreamFollower.Event] = []
        var since = "\(position)"
        while true {
            let answer = try http.ask("GET", "\(Self.path)/delta?since=\(since)&limit=3", headers)
            try #require(answer.status == 200, "\(answer.text)")
            let page = try JSONDecoder().decode(Page.self, from: Data(answer.body))
            events += page.changes.map { change in
                StreamFollower.Event(
                    id: change.id, event: change.op == "delete" ? "document.deleted" : "document.changed",
                    data: #"{"documentId":"\#(change.documentId)","op":"\#(change.op)","id":"\#(change.id)"}"#)
            }
            if !page.hasMore { return events }
            since = page.nextSince
        }
    }

    /// One change to a document that is no run's.
    func edit(_ document: String) throws {
        let answer = try http.ask(
            "PATCH", "\(Self.path)/\(document)", headers.merging(["Content-Type": "application/json"]) { $1 },
            body: #"{"metadata":{"edited":"\#(UUID().uuidString)"}}"#)
        try #require(answer.status == 200, "\(answer.text)")
    }

    /// Signs a browser in.
    ///
    /// - Returns: Its cookie, `name=value`.
    func signIn() throws -> String {
        let answer = try http.ask(
            "POST", "/api/v1/session", ["Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"], body: #"{"key":"\#(key)"}"#)
        let cookie = try #require(answer.headers["set-cookie"]?.split(separator: ";").first, "\(answer.text)")
        return String(cookie)
    }

    func ask(_ method: String, _ path: String, _ headers: [String: String]? = nil, body: String? = nil) throws -> PlainHTTP.Answer {
        try http.ask(method, path, headers ?? self.headers, body: body)
    }
}
