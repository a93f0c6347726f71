import AsyncHTTPClient
public import ColophonAPI
import NIOCore
import NIOHTTP1

extension ColophonClient {
    /// A document's runs, newest first.
    public func runs(of id: String, limit: Int = 50) async throws(ClientError) -> RunList {
        try await get("/v1/documents/\(PercentEncoding.encode(id))/runs?limit=\(limit)")
    }

    /// One run, with its place in the queue, its lease and its attempts.
    public func run(_ run: String, of id: String) async throws(ClientError) -> RunReport {
        try await get("/v1/documents/\(PercentEncoding.encode(id))/runs/\(PercentEncoding.encode(run))")
    }

    public func cancel(_ run: String, of id: String) async throws(ClientError) -> RunRecord {
        try await post("/v1/documents/\(PercentEncoding.encode(id))/runs/\(PercentEncoding.encode(run))/cancel")
    }

    /// Queues a failed run once more.
    public func retry(_ run: String, of id: String) async throws(ClientError) -> RunRecord {
        try await post("/v1/documents/\(PercentEncoding.encode(id))/runs/\(PercentEncoding.encode(run))/retry")
    }

    /// A new run over the document's newest bytes.
    ///
    /// - Parameter ocrLanguages: In which languages pages without text are recognised; nil leaves the server's.
    public func reparse(_ id: String, ocrLanguages: [String]? = nil) async throws(ClientError) -> DocumentStatus {
        let query = ocrLanguages.map { "?\(Self.query(languages: $0))" } ?? ""
        return try await post("/v1/documents/\(PercentEncoding.encode(id))/reparse" + query)
    }

    static func query(languages: [String]) -> String { "ocrLanguages=\(PercentEncoding.encode(languages.joined(separator: ",")))" }

    /// A stored result, piece by piece.
    ///
    /// - Parameters:
    ///   - format: `json`, `md`, `html` or `text`.
    ///   - run: Pins it to one run; nil takes the newest complete one.
    ///   - piece: Called with the bytes as they come.
    public func export(
        _ id: String, format: String, run: String? = nil, piece: (borrowing [UInt8]) throws -> Void
    ) async throws(ClientError) {
        let path =
            "/v1/documents/\(PercentEncoding.encode(id))/export?format=\(PercentEncoding.encode(format))"
            + (run.map { "&run=\(PercentEncoding.encode($0))" } ?? "")
        try await download(path, piece: piece)
    }
}
