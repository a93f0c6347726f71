import ColophonAPI
import ColophonCore
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// XML, one file at a time, many at once, or by a link.
extension JobHandlers {
    /// The most jobs of one download.
    static let bulkMax = 200
    /// The largest XML that goes into a download of many, in bytes: each is read before it is sent.
    static let bulkBytesMax: Int64 = 32 << 20
    /// The most of all of them.
    static let bulkTotalMax: Int64 = 1 << 30
    private static let pieceBytes = 256 << 10

    func download(_ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try await job(context)
        return try await ResultHandlers(library: library).answer(.mapped, run: run.id, of: run.documentID, context)
    }

    /// A link to one job's XML, for whoever has no session here.
    func link(_ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try await job(context)
        let body = try await JSONBody(request, known: ["expires_in"], isOptional: true, bytesMax: 1024)
        var lifetime = Library.linkLifetimeDefault
        switch body.members["expires_in"] {
        case nil: break
        case .integer(let seconds)? where (1...Library.linkLifetimeMax.components.seconds).contains(seconds): lifetime = .seconds(seconds)
        default: throw ColophonError(.invalid, "expires_in is a number of seconds from 1 to 604800.", field: "expires_in")
        }
        let link = try await library.downloadLink(to: run, lifetime: lifetime, in: context.scope)
        return try .json(
            JobLink(
                url: "/api/jobs/\(PercentEncoding.encode(run.id.rawValue))/download?token=\(link.text)", token: link.text,
                expiresAt: link.expiresAt.text), status: .created)
    }

    /// The XML of many jobs as a ZIP file, sent as it is read.
    func downloadAll(_ request: Request, _ context: ServerContext) async throws -> Response {
        let scope = try context.scope
        let body = try await JSONBody(request, known: ["job_ids"], bytesMax: 64 << 10)
        let ids = try body.requiredTexts("job_ids")
        guard (1...Self.bulkMax).contains(ids.count), Set(ids).count == ids.count else {
            throw ColophonError(.invalid, "job_ids names from 1 to \(Self.bulkMax) jobs, each once.", field: "job_ids")
        }
        var files: [(name: String, found: ResolvedArtifact)] = []
        var names = FileNames()
        var total: Int64 = 0
        for (index, id) in ids.enumerated() {
            let run = try await job(RunID(rawValue: id), context)
            let found: ResolvedArtifact
            do { found = try await library.resolved(.mapped, of: run, in: scope) } catch let error as ColophonError {
                // Which of them is to blame.
                throw ColophonError(error.code, error.message, field: "job_ids.\(index)", reason: error.reason)
            }
            guard found.artifact.bytes <= Self.bulkBytesMax else {
                throw ColophonError(.tooLarge, "This job's XML is too large for a download of many.", field: "job_ids.\(index)")
            }
            total += found.artifact.bytes
            guard total <= Self.bulkTotalMax else {
                throw ColophonError(.tooLarge, "This is too much XML for one download; ask for fewer jobs.", field: "job_ids.\(index)")
            }
            let base = ResultHandlers.withoutExtension(found.version.originalName)
            files.append((names.unique(base, ending: ".xml"), found))
        }
        return zip(files, scope, context.channel)
    }

    /// Counts each file as fetched once the last byte of all of them was sent.
    func zip(_ files: [(name: String, found: ResolvedArtifact)], _ scope: WorkspaceScope, _ channel: any Channel) -> Response {
        let length = ZipWriter.length(of: files.map { ($0.name, Int($0.found.artifact.bytes)) })
        let idle = TimeAmount.milliseconds(library.limits.idleTimeout.wholeMilliseconds)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/zip", .contentDisposition: Disposition.attachment.named("colophon-\(files.count)-xml.zip"),
            ],
            body: ResponseBody(contentLength: length) { [library] writer in
                var zip = ZipWriter()
                func write(_ bytes: [UInt8]) async throws {
                    for start in stride(from: 0, to: bytes.count, by: Self.pieceBytes) {
                        let timer = channel.eventLoop.scheduleTask(in: idle) { channel.close(promise: nil) }
                        defer { timer.cancel() }
                        try await writer.write(ByteBuffer(bytes: bytes[start..<min(start + Self.pieceBytes, bytes.count)]))
                    }
                }
                for (name, found) in files {
                    let bytes = try await library.blobs.bytes(
                        of: found.artifact.blob, sha256: found.artifact.sha256, bytesMax: Int(found.artifact.bytes))
                    try await write(zip.add(name, bytes, modified: found.run.endedAt ?? found.run.updatedAt))
                }
                try await write(zip.end())
                try await writer.finish(nil)
                for file in files { await library.noteDownload(of: file.found, in: scope) }
            })
    }
}
