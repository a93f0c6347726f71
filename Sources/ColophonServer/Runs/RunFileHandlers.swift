import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

/// What a run reads, and what it has made.
struct RunFileHandlers: Sendable {
    /// The results that a run makes for people and programs.
    private static let formats: [ArtifactKind] = [.structure, .markdown, .html, .text, .mapped, .fields, .invoice]

    let library: Library

    func input(_ request: Request, _ context: ServerContext) async throws -> Response {
        return try .json(RunInput(try await version(context)))
    }

    func downloadInput(_ request: Request, _ context: ServerContext) async throws -> Response {
        return try await VersionAnswer.response(for: version(context), to: request, context, library: library)
    }

    private func version(_ context: ServerContext) async throws -> DocumentVersion {
        try await library.version(readBy: library.run(context.runID, in: context.scope), in: context.scope)
    }

    func output(_ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try await finishedRun(context)
        var items: [RunOutput.Item] = []
        for kind in Self.formats {
            guard let artifact = try await library.artifactIfKept(kind, of: run, in: context.scope) else { continue }
            items.append(
                RunOutput.Item(
                    format: kind == .invoice ? "xml" : kind.rawValue, source: kind.xmlSource, contentType: kind.contentType,
                    byteSize: artifact.bytes,
                    sha256: artifact.sha256))
        }
        return try .json(RunOutput(items: items))
    }

    func downloadOutput(_ request: Request, _ context: ServerContext) async throws -> Response {
        let kinds = try ResultHandlers.kinds(named: request.single("format") ?? "json", source: request.single("source"))
        let run = try await finishedRun(context)
        return try await ResultHandlers(library: library).answer(kinds, run: run.id, of: run.documentID, context)
    }

    /// - Throws: `conflict` while there is nothing yet, `notFound` where there will be nothing.
    private func finishedRun(_ context: ServerContext) async throws -> Run {
        let run = try await library.run(context.runID, in: context.scope)
        switch run.status {
        case .complete: return run
        case .failed: throw ColophonError(.notFound, "This run failed; it has no output.", reason: "RUN_FAILED_NO_OUTPUT")
        case .cancelled: throw ColophonError(.notFound, "This run was cancelled; it has no output.", reason: "RUN_CANCELLED_NO_OUTPUT")
        case .uploaded, .queued, .processing:
            throw ColophonError(.conflict, "This run is not complete; its output comes with its end.", reason: "OUTPUT_NOT_READY")
        }
    }
}

extension ArtifactKind {
    /// Where XML is from; nil for what is none.
    fileprivate var xmlSource: String? {
        switch self {
        case .invoice: "embedded"
        case .mapped: "mapping"
        default: nil
        }
    }
}
