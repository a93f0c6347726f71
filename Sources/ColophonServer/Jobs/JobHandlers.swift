import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

/// The queue's routes: a job is a run that makes XML. Names are those that its clients were promised, and another's job is forbidden, not unknown.
struct JobHandlers: Sendable {
    /// The largest file that the queue takes, in bytes.
    static let bytesMax: Int64 = 50 << 20

    let library: Library
    let streams: RunStreamHandlers

    func upload(_ request: Request, _ context: ServerContext) async throws -> Response {
        let scope = try context.scope
        let file = try await SentFile.stage(
            request, isForm: true, known: ["mapping", "pretty"], bytesMax: min(Self.bytesMax, library.limits.uploadBytesMax),
            library: library,
            in: scope
        ) { form in
            // What stands before the file is checked before the file is read.
            if form.fields["mapping"] != nil { _ = try library.making(change(form.fields)) }
        }
        let making: Library
        do {
            guard ContentType.sniff(file.receipt.head, declared: nil) == "application/pdf" else {
                throw ColophonError(.badRequest, "This file is no PDF.", field: "file", reason: "NOT_PDF")
            }
            making = try library.making(change(file.fields))
        } catch {
            await library.discard(file.receipt.key)
            throw error
        }
        let outcome = try await making.upload(
            file.receipt, to: nil, name: file.name, declaredType: file.declaredType, in: scope)
        return try .json(
            UploadedJob(job: JobOut(outcome.detail.run, outcome.detail.version), dedupedFrom: outcome.dedupedFrom?.rawValue))
    }

    private func change(_ fields: [String: String]) throws -> SettingsChange {
        SettingsChange(mapping: try MappingFields.choice(fields, usual: library.usualMapping))
    }

    func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let scope = try context.scope
        var query = try RunQuery.parse(
            limit: request.single("limit"), cursor: request.single("cursor"), status: request.single("status"), limits: library.limits)
        // To these clients what was cancelled has failed.
        if query.statuses.contains(.failed) { query.statuses.insert(.cancelled) }
        let since = try request.single("since").map { text in
            guard let time = Timestamp(text: text) else {
                throw ColophonError(.invalid, "since must be a time such as 2031-03-14T09:00:00Z.", field: "since")
            }
            return time
        }
        let page = try await library.jobs(query, since: since, in: scope)
        return try .json(
            JobList(
                jobs: page.items.map { JobOut($0.run, $0.version) }, nextCursor: page.nextCursor,
                activeCount: try await library.activeRuns(in: scope)))
    }

    func show(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await answer(job(context), context)
    }

    func retry(_ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try await job(context)
        return try await answer(library.retry(run.id, of: run.documentID, in: context.scope), context)
    }

    func cancel(_ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try await job(context)
        return try await answer(library.cancel(run.id, of: run.documentID, in: context.scope), context)
    }

    private func answer(_ run: Run, _ context: ServerContext) async throws -> Response {
        try .json(JobOut(run, try await library.version(readBy: run, in: context.scope)))
    }

    func mappings(_ request: Request, _ context: ServerContext) async throws -> Response {
        try .json(MappingList(library.mappings, default: library.usualMapping))
    }

    /// What happened to a job: a page of its events, or all of them as they come for who asks for a stream.
    func events(_ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try await job(context)
        if request.headers[.accept]?.contains("text/event-stream") == true { return try await streams.stream(request, context) }
        let after = try request.number("after", as: Int64.self) ?? 0
        let page = try await library.events(of: run.documentID, after: after, limit: request.number("limit"), in: context.scope)
        return try .json(
            JobEventList(
                events: page.items.filter { $0.runID == run.id }.map {
                    JobEventList.Event(seq: $0.seq, eventType: $0.type.rawValue, at: $0.at.text, actor: $0.actor, meta: $0.meta)
                }, nextAfter: page.items.last?.seq ?? after, hasMore: page.hasMore))
    }

    func job(_ context: ServerContext) async throws -> Run { try await job(context.runID, context) }

    /// - Throws: `forbidden` for what is not the caller's, whether it exists or not.
    func job(_ id: RunID, _ context: ServerContext) async throws -> Run {
        do {
            return try await library.run(id, in: context.scope)
        } catch let error as ColophonError where error.code == .notFound {
            throw ColophonError(.forbidden, "This job is not yours, or there is none.", reason: "FORBIDDEN")
        }
    }
}
