import AsyncHTTPClient
public import ColophonAPI
import FoundationEssentials
import NIOCore
import NIOHTTP1

extension ColophonClient {
    /// Uploads a file; memory does not grow with it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - id: Chooses the document's id, `doc-…`; nil makes a new document.
    ///   - process: False only stores it.
    ///   - duplicate: What to do where `id` is nil and the workspace has a run of equal bytes and settings.
    ///   - ocrLanguages: In which languages pages without text are recognised, as Tesseract names them; nil leaves the server's.
    ///   - mapping: With which mapping the document is turned into XML; nil makes none.
    ///   - password: What opens a protected PDF; the server stores it nowhere.
    public func upload(
        path: String, to id: String? = nil, process: Bool = true, duplicate: DuplicateChoice = .reuse,
        ocrLanguages: [String]? = nil, mapping: String? = nil, password: String? = nil, timeout: Duration = .seconds(3600)
    ) async throws(ClientError) -> DocumentStatus {
        let file: FileBody
        do { file = try FileBody(path: path) } catch { throw .file(path: path, cause: error) }
        var request = request(
            .POST,
            (id.map { "/v1/documents/\(PercentEncoding.encode($0))/upload" } ?? "/v1/documents")
                + "?process=\(process)&duplicate=\(duplicate.rawValue)" + (ocrLanguages.map { "&\(Self.query(languages: $0))" } ?? "")
                + (mapping.map { "&mapping=\(PercentEncoding.encode($0))" } ?? ""))
        request.headers.add(name: "content-type", value: "application/octet-stream")
        request.headers.add(name: "x-file-name", value: PercentEncoding.encode(path.split(separator: "/").last.map(String.init) ?? path))
        if let password { request.headers.add(name: "x-document-password", value: password) }
        request.body = .stream(file, length: .known(file.bytes))
        return try await decode(send(request, timeout: timeout))
    }

    /// A document with the state of its newest run.
    public func status(of id: String) async throws(ClientError) -> DocumentStatus {
        try await get("/v1/documents/\(PercentEncoding.encode(id))/status")
    }

    public func documents(limit: Int = 50, after: String? = nil) async throws(ClientError) -> DocumentList {
        try await get("/v1/documents?limit=\(limit)" + (after.map { "&after=\(PercentEncoding.encode($0))" } ?? ""))
    }

    public func delete(_ id: String) async throws(ClientError) -> Deletion {
        try await decode(send(request(.DELETE, "/v1/documents/\(PercentEncoding.encode(id))")))
    }

    public func events(of id: String, after: Int64 = 0, limit: Int = 200) async throws(ClientError) -> EventList {
        try await get("/v1/documents/\(PercentEncoding.encode(id))/events?after=\(after)&limit=\(limit)")
    }

    /// Waits until the document's newest run is final.
    ///
    /// - Parameter progress: Called with each state that was seen.
    /// - Throws: `timedOut` when it is not final after `timeout`.
    public func wait(
        for id: String, timeout: Duration = .seconds(300), progress: (DocumentStatus) -> Void = { _ in }
    ) async throws(ClientError) -> DocumentStatus {
        let end = ContinuousClock.now + timeout
        var pause = Duration.milliseconds(20)
        while true {
            let status = try await status(of: id)
            progress(status)
            if status.isFinal { return status }
            guard ContinuousClock.now < end else { throw .timedOut }
            do { try await Task.sleep(for: pause) } catch { throw .timedOut }
            pause = min(pause * 2, .seconds(1))
        }
    }
}
