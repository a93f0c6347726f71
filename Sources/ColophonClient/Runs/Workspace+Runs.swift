public import ColophonAPI
import NIOHTTP1

extension Workspace {
    /// A page of runs, newest first.
    ///
    /// - Parameters:
    ///   - document: Only this document's.
    ///   - status: Only those that are `queued, running, succeeded, failed` or `cancelled`.
    ///   - limit: 1 to 200.
    ///   - cursor: `meta.nextCursor` of the page before.
    public func runs(
        of document: String? = nil, status: String? = nil, limit: Int = 50, cursor: String? = nil
    ) async throws(ClientError) -> RunListOut {
        var query = "?limit=\(limit)"
        if let document { query += "&documentId=\(PercentEncoding.encode(document))" }
        if let status { query += "&status=\(PercentEncoding.encode(status))" }
        if let cursor { query += "&cursor=\(PercentEncoding.encode(cursor))" }
        return try await get("/runs" + query)
    }

    /// One run, with its place in the queue, its lease and its attempts.
    public func run(_ id: String) async throws(ClientError) -> RunDetailOut { try await get(Self.path(ofRun: id)) }

    /// Starts a run over a document's newest bytes.
    ///
    /// - Parameter ocrLanguages: In which languages pages without text are recognised; nil leaves the server's.
    public func startRun(of document: String, ocrLanguages: [String]? = nil) async throws(ClientError) -> RunOut {
        try await send(.POST, "/runs", body: RunBody(documentId: document, ocrLanguages: ocrLanguages))
    }

    /// Starts runs over the newest bytes of at most 200 documents.
    ///
    /// - Parameter ocrLanguages: In which languages pages without text are recognised; nil leaves the server's.
    public func startRuns(of documents: [String], ocrLanguages: [String]? = nil) async throws(ClientError) -> BatchRuns {
        try await send(.POST, "/runs/batch", body: BatchRunsBody(documentIds: documents, ocrLanguages: ocrLanguages))
    }

    /// Ends a run at once; one that was cancelled already stays so.
    public func cancelRun(_ id: String) async throws(ClientError) -> RunOut { try await send(.POST, Self.path(ofRun: id) + "/cancel") }

    /// Queues a failed run once more.
    public func retryRun(_ id: String) async throws(ClientError) -> RunOut { try await send(.POST, Self.path(ofRun: id) + "/retry") }

    /// The bytes that a run reads, described.
    public func input(ofRun id: String) async throws(ClientError) -> RunInput { try await get(Self.path(ofRun: id) + "/input") }

    /// The results that a run has made, described.
    ///
    /// - Throws: `refused` with 409 while it goes on, with 404 where it has none.
    public func output(ofRun id: String) async throws(ClientError) -> RunOutput { try await get(Self.path(ofRun: id) + "/output") }

    /// The bytes that a run reads.
    public func downloadInput(ofRun id: String, piece: (borrowing [UInt8]) throws -> Void) async throws(ClientError) {
        try await download(Self.path(ofRun: id) + "/input/download", piece: piece)
    }

    /// A result of a run.
    ///
    /// - Parameters:
    ///   - format: `json`, `md`, `html` or `text`.
    ///   - piece: Called with the bytes as they come.
    public func downloadOutput(
        ofRun id: String, format: String, piece: (borrowing [UInt8]) throws -> Void
    ) async throws(ClientError) {
        try await download(Self.path(ofRun: id) + "/output/download?format=\(PercentEncoding.encode(format))", piece: piece)
    }

    /// Waits until nothing will happen to a run unless somebody asks.
    ///
    /// - Parameter progress: Told of each look, which come less often as time goes by, once a second at least.
    /// - Throws: `timedOut` when it has not ended by then, and what `run` throws.
    public func wait(
        forRun id: String, timeout: Duration = .seconds(300), progress: (RunOut) -> Void = { _ in }
    ) async throws(ClientError) -> RunOut {
        let end = ContinuousClock.now + timeout
        var pause = Duration.milliseconds(20)
        while true {
            let run = try await run(id).run
            progress(run)
            if run.isFinal { return run }
            guard ContinuousClock.now < end else { throw .timedOut }
            do { try await Task.sleep(for: pause) } catch { throw .timedOut }
            pause = min(pause * 2, .seconds(1))
        }
    }

    private static func path(ofRun id: String) -> String { "/runs/\(PercentEncoding.encode(id))" }
}
