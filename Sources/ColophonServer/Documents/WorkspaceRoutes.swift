import ColophonCore
import Hummingbird

/// The routes of a workspace's documents and runs, under both of their prefixes.
enum WorkspaceRoutes {
    /// The two prefixes are one resource: the longer one is what existing clients call.
    static let prefixes = ["/workspaces/:w", "/api/v1/workspaces/:w"]

    /// - Parameter streams: Made once: what is counted over all streams must not depend on the path.
    static func all(library: Library, streams: RunStreamHandlers) -> [Route] {
        let routes = documents(library: library) + runs(library: library, streams: streams) + FeedHandlers(library: library).routes
        return prefixes.flatMap { prefix in
            routes.map { route in
                Route(route.method, prefix + route.path, asks: route.asks, cost: route.cost) { request, context in
                    try request.allow(route.query)
                    return try await route.handler(request, context)
                }
            }
        }
    }

    private static func documents(library: Library) -> [Route] {
        let documents = WorkspaceDocumentHandlers(library: library)
        let batches = BatchHandlers(library: library)
        let versions = VersionHandlers(library: library)
        let runs = WorkspaceRunHandlers(library: library)
        let results = ResultHandlers(library: library)
        return [
            Route(.get, "/documents", needs: .read, cost: 2, documents.list)
                .taking("limit", "cursor", "sort", "filters", "joinOperator", "q", "includeTotal", "includeFacets", "lifecycle"),
            Route(.post, "/documents", needs: .write, cost: .upload, documents.create),
            Route(.get, "/documents/tags", needs: .read, cost: 2, batches.catalogue)
                .taking("q", "limit", "cursor", "sort"),
            Route(.post, "/documents/batch/delete", needs: .write, cost: 5, batches.delete),
            Route(.post, "/documents/batch/tags", needs: .write, cost: 5, batches.tags),
            Route(.get, "/documents/:id", needs: .read, documents.show),
            Route(.get, "/documents/:id/listrow", needs: .read, documents.show),
            Route(.patch, "/documents/:id", needs: .write, documents.change),
            Route(.delete, "/documents/:id", needs: .write, documents.delete),
            Route(.post, "/documents/:id/restore", needs: .write, documents.restore),
            Route(.put, "/documents/:id/tags", needs: .write, documents.replaceTags),
            Route(.patch, "/documents/:id/tags", needs: .write, documents.changeTags),
            Route(.get, "/documents/:id/events", needs: .read, documents.events)
                .taking("after", "limit"),
            Route(.get, "/documents/:id/versions", needs: .read, versions.list)
                .taking("limit", "before"),
            Route(.post, "/documents/:id/versions", needs: .write, cost: .upload, versions.add)
                .taking("ocrLanguages", "mapping", "pretty"),
            Route(.get, "/documents/:id/download", needs: .read, cost: 5, versions.download),
            Route(.get, "/documents/:id/versions/:n/download", needs: .read, cost: 5, versions.download),
            Route(.get, "/documents/:id/page/:n/image", needs: .read, cost: 10, results.image)
                .taking("run", "width"),
            Route(.get, "/documents/:id/page/:n/boxes", needs: .read, cost: 5, results.boxes)
                .taking("run"),
            Route(.get, "/documents/:id/runs", needs: .read, runs.listOfDocument)
                .taking("limit", "cursor", "status"),
            Route(.post, "/documents/:id/runs", needs: .write, cost: 5, runs.startOfDocument),
        ]
    }

    private static func runs(library: Library, streams: RunStreamHandlers) -> [Route] {
        let runs = WorkspaceRunHandlers(library: library)
        let files = RunFileHandlers(library: library)
        return [
            Route(.get, "/runs", needs: .read, cost: 2, runs.list)
                .taking("limit", "cursor", "documentId", "status"),
            Route(.post, "/runs", needs: .write, cost: 5, runs.start),
            Route(.post, "/runs/batch", needs: .write, cost: 5, BatchHandlers(library: library).runs),
            Route(.get, "/runs/:run", needs: .read, runs.show),
            Route(.post, "/runs/:run/cancel", needs: .write, runs.cancel),
            Route(.post, "/runs/:run/retry", needs: .write, cost: 5, runs.retry),
            Route(.get, "/runs/:run/input", needs: .read, files.input),
            Route(.get, "/runs/:run/input/download", needs: .read, cost: 5, files.downloadInput),
            Route(.get, "/runs/:run/output", needs: .read, files.output),
            Route(.get, "/runs/:run/output/download", needs: .read, cost: 5, files.downloadOutput)
                .taking("format", "source"),
            Route(.get, "/runs/:run/events/download", needs: .read, cost: 5, streams.download),
            Route(.get, "/runs/:run/events/stream", needs: .read, cost: 5, streams.stream)
                .taking("cursor"),
        ]
    }
}
