import ColophonCore
import ColophonStore
import ColophonTestSupport

/// Plays verbs on one store and tells what happened in words without made-up identifiers.
struct VerbPlayer {
    let open: OpenStore
    private(set) var documents: [DocumentID] = []
    private(set) var runs: [(document: DocumentID, run: RunID)] = []
    /// Every claim ever given, valid or not.
    private var claims: [ClaimedJob] = []
    /// The same of jobs that are no runs.
    var bareClaims: [JobClaim] = []
    /// Documents whose ids the store made, which are others on each store.
    private var unnamed: [DocumentID] = []
    var uploads = 0

    init(open: OpenStore) { self.open = open }

    private static let failures: [RunFailure.Code] = [.ioError, .parseFailed, .lost, .unknown, .passwordProtected]

    mutating func play(_ verb: RandomVerb) async -> String {
        // No two things at one moment: engines may order equals as they like.
        open.clock.advance(by: .milliseconds(2))
        do {
            let text = try await tell(verb)
            return named(text)
        } catch let error as ColophonError {
            return "error \(error.code.rawValue) \(error.reason ?? "")"
        } catch {
            return "error \(error)"
        }
    }

    private mutating func tell(_ verb: RandomVerb) async throws -> String {
        let (store, scope) = (open.store, open.scope)
        let document = verb.pick(0, of: documents)
        let run = verb.pick(0, of: runs)
        let claim = verb.pick(0, of: claims)
        switch verb.kind {
        case .upload: return try await upload(to: try DocumentID(chosen: "doc-\(documents.count)"), verb, process: true)
        case .uploadAgain: return try await upload(to: document, verb, process: true)
        case .uploadUnprocessed: return try await upload(to: document, verb, process: false)
        case .uploadAnywhere: return try await upload(to: nil, verb, process: verb.numbers[2] % 4 != 0)
        case .uploadRecorded: return try await upload(to: nil, verb, process: true, duplicate: .record)
        case .uploadElsewhere:
            uploads += 1
            let id = try DocumentID(chosen: "other-\(uploads)")
            return told(try await open.upload("\(verb.numbers[1] % 4)", to: id, in: open.stranger).detail.run)
        case .enqueue, .claimBare, .extendBare, .finishBare, .putBackBare: return try await playBare(verb)
        case .claim:
            let limit = Int(verb.numbers[0] % 3) + 1
            let jobs = try await open.claim("w\(verb.numbers[1] % 2)", lease: .seconds(5 + Int64(verb.numbers[2] % 10)), limit: limit)
            claims += jobs
            return jobs.map { "\($0.documentID) \($0.attempt) \($0.claim.epoch) \($0.isQuarantined)" }.joined(separator: ";")
        case .renew:
            guard let claim else { return "-" }
            let beat = Heartbeat(claim: claim.claim, progress: verb.numbers[1] % 2 == 0 ? nil : PageProgress(done: 1, total: 9))
            return "\(try await store.renew([beat], lease: .seconds(7)).count)"
        case .complete, .completeStale:
            guard let claim = verb.kind == .complete ? claims.last : claim else { return "-" }
            try await store.complete(claim.claim, with: open.result(of: claim.claim, pages: Int(verb.numbers[1] % 9)))
            return "completed"
        case .fail:
            guard let claim, let code = verb.pick(1, of: Self.failures) else { return "-" }
            return "\(try await store.fail(claim.claim, with: RunFailure(code), policy: RetryPolicy(), retryDelay: .seconds(1)))"
        case .release:
            guard let claim else { return "-" }
            try await store.release(claim.claim)
            return "released"
        case .reap: return "\(try await store.reapExpiredLeases(limit: 2, policy: RetryPolicy()))"
        case .lost: return "\(try await store.lost(among: claims.map(\.claim)).count)"
        case .inspect:
            guard let run else { return "-" }
            let detail = try await store.runDetail(run.run, of: run.document, in: scope)
            let place = detail.queue.map { "\($0.ahead) \($0.dueAt) \($0.orderAt)" } ?? "-"
            let attempts = detail.attempts.map { "\($0)" }.joined(separator: ",")
            let depth = try await store.queueDepth()
            return "\(told(detail.run)) \(place) \(detail.heartbeatAt?.milliseconds ?? 0) \(attempts) \(depth)"
        case .disown:
            guard let run else { return "-" }
            return "\(try await SQLStore(open.database).stopAnswering(with: run.run, in: scope.workspace))"
        case .reapDead: return "\(try await store.reapLeases(of: WorkerID(rawValue: "w0"), limit: 9, policy: RetryPolicy()))"
        case .cancel:
            guard let run else { return "-" }
            return told(try await store.cancelRun(run.run, of: run.document, in: scope))
        case .cancelAll:
            guard let document else { return "-" }
            return told(try await store.cancelRuns(of: document, in: scope))
        case .retry:
            guard let run else { return "-" }
            return told(try await store.retryRun(run.run, of: run.document, in: scope))
        case .start, .reparse:
            guard let document else { return "-" }
            let run = try await store.startRun(
                of: document, fresh: verb.kind == .reparse, recipe: OpenStore.recipe, in: scope)
            if !runs.contains(where: { $0.run == run.id }) { runs.append((document, run.id)) }
            return told(run)
        case .delete:
            guard let document, verb.numbers[1] % 3 == 0 else { return "-" }
            try await store.deleteDocument(document, in: scope)
            return "deleted"
        case .advance:
            open.clock.advance(by: .milliseconds(Int64(verb.numbers[0] % 6000)))
            return "\(open.clock.now().milliseconds)"
        case .list:
            let page = try await store.documents(limit: 3, after: document, in: scope)
            return page.map { "\($0.document.id) \($0.version.number) \(told($0.run))" }.joined(separator: ";")
        case .artifact:
            guard let document else { return "-" }
            let resolved = try await store.artifact(.markdown, run: nil, of: document, in: scope)
            return "\(resolved.artifact.sha256) \(told(resolved.run))"
        case .keep, .download, .expire, .trim: return try await retain(verb)
        case .create, .addVersion, .edit, .tag, .restore, .deleteSome, .startSome, .listRows, .catalogue, .listRuns:
            return try await playDocuments(verb)
        }
    }

    /// The verbs of retention, with times as short as the players' lives.
    private func retain(_ verb: RandomVerb) async throws -> String {
        let (store, scope) = (open.store, open.scope)
        func time(_ index: Int) -> Duration { .milliseconds(Int64(verb.numbers[index] % 3000) + 1) }
        switch verb.kind {
        case .keep:
            let policy = RetentionPolicy(
                sources: verb.numbers[0] % 3 == 0 ? nil : time(0), results: verb.numbers[1] % 3 == 0 ? nil : time(1), afterDownload: time(2)
            )
            try await store.setRetention(policy, of: scope.workspace)
            var last: DocumentID?
            repeat { last = try await store.reschedule(after: last, limit: 2, in: scope.workspace) } while last != nil
            return "\(try await store.retention(of: scope.workspace))"
        case .download:
            guard let run = verb.pick(0, of: runs) else { return "-" }
            try await store.noteDownload(of: run.run, of: run.document, in: scope)
            return "downloaded"
        case .expire:
            let purged = try await store.purgeDeleted(olderThan: time(0), limit: 9)
            let expiries = [try await store.expire(.source, limit: 100), try await store.expire(.results, limit: 100)]
            return "\(purged) " + expiries.map { "\($0.count) \($0.blobs.count) \($0.bytes)" }.joined(separator: ";")
        default:
            let trimmed = try await store.trimEvents(olderThan: time(0), after: nil, limit: 100)
            return "\(trimmed.removed) \(try await store.trimFeed(olderThan: time(1), after: nil, limit: 3)?.removed ?? -1)"
        }
    }

    private mutating func upload(
        to id: DocumentID?, _ verb: RandomVerb, process: Bool, duplicate: DuplicateChoice = .reuse
    ) async throws -> String {
        let isAgain = [.uploadAgain, .uploadUnprocessed].contains(verb.kind)
        if isAgain && id == nil { return "-" }
        uploads += 1
        let outcome = try await open.upload("\(verb.numbers[1] % 4)", to: id, process: process, duplicate: duplicate)
        let document = outcome.detail.document.id
        if outcome.created {
            documents.append(document)
            if id == nil { unnamed.append(document) }
        }
        if outcome.dedupedFrom == nil { runs.append((document, outcome.detail.run.id)) }
        return "\(outcome.created) \(outcome.reusedVersion) \(outcome.dedupedFrom == nil) \(told(outcome.detail.run))"
    }

    /// Names the documents whose ids the store made by their order.
    func named(_ text: String) -> String {
        unnamed.enumerated().reduce(text) { $0.replacing($1.element.rawValue, with: "unnamed-\($1.offset)") }
    }

    /// Remembers what a verb made.
    mutating func note(_ row: DocumentRow, created: Bool) {
        if created {
            documents.append(row.id)
            unnamed.append(row.id)
        }
        if let run = row.lastRun { note(run) }
    }

    mutating func note(_ run: Run) {
        if !runs.contains(where: { $0.run == run.id }) { runs.append((run.documentID, run.id)) }
    }

    func told(_ run: Run) -> String {
        let failure = run.failure.map { "\($0.code) \($0.message)" } ?? "-"
        return "\(run.documentID) #\(run.number) \(run.status) \(run.step) \(run.attempt) \(run.epoch) \(run.pagesDone) \(failure) "
            + "\(run.createdAt.milliseconds) \(run.updatedAt.milliseconds) \(run.endedAt?.milliseconds ?? 0) \(run.leasedBy?.rawValue ?? "-")"
    }
}
