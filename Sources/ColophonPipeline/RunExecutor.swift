import ColophonCore
import ColophonMapping
import DoclingDocument
import Logging

/// Executes one claimed run: extract, render, store, commit. However it ends, the ledger is told, or its lease runs out.
struct RunExecutor: Sendable {
    let library: Library
    let extractor: any Extractor
    let mappings: MappingLibrary
    let policy: RetryPolicy
    let outage: Outage
    let logger: Logger

    /// How long a run waits, at least, when there was no room for its results, in seconds.
    private static let fullDiskPause = 5

    /// What a failure asks for, twice as long after each attempt.
    private static func pause(after failure: RunFailure, attempt: Int) -> Duration {
        (failure.retryAfter ?? .zero) * (1 << min(max(attempt - 1, 0), 10))
    }

    /// Returns when nothing of the run is left in this process.
    func execute(_ run: ActiveRun) async {
        await withTaskGroup { group in
            group.addTask { await attempt(run) }
            group.addTask { await run.waitUntilLost() }
            group.addTask { await run.watchBudget(on: library.machine.clock) }
            // A lost claim cancels the attempt, which kills the child; a finished attempt ends the waiting.
            await group.next()
            group.cancelAll()
        }
    }

    private func attempt(_ run: ActiveRun) async {
        let claim = run.job.claim
        var written: [BlobKey] = []
        do {
            if run.job.isQuarantined { throw RunFailure(.lost) }
            let version = run.job.version
            let heavyWork = library.machine.heavyWork
            let extraction = try await library.blobs.withDescriptor(version.blob, sha256: version.sha256, by: heavyWork) { descriptor in
                try run.checkHeld(on: library.machine.clock)
                let source = ExtractionSource(
                    descriptor: descriptor, name: version.originalName, type: version.contentType,
                    password: library.passwords.password(
                        for: version.sha256, in: claim.workspace, now: library.machine.clock.elapsed()),
                    settings: run.job.settings, wantsWords: run.job.settings.mapping != nil, correlation: claim.run.rawValue)
                return try await extractor.extract(source) { run.note($0) }
            }
            var mapped: MappedFiles?
            if let choice = run.job.settings.mapping {
                try run.checkHeld(on: library.machine.clock)
                mapped = try await heavyWork.run { [mappings] in try MappedFiles(extraction, choice, mappings) }
            }
            let views = try await RenderedViews.make(of: extraction, mapped: mapped, by: heavyWork)
            var artifacts: [Artifact] = []
            for (kind, bytes) in views.files {
                let key = BlobKey.result(kind, of: claim)
                try run.checkHeld(on: library.machine.clock)
                written.append(key)
                let receipt = try await library.blobs.put(key, bytes: bytes)
                artifacts.append(Artifact(kind: kind, blob: key, sha256: receipt.sha256, bytes: receipt.bytes))
            }
            try run.checkHeld(on: library.machine.clock)
            try await library.store.complete(
                claim, with: RunResult(artifacts: artifacts, pages: views.pageCount, items: views.itemCount, warnings: extraction.warnings))
        } catch {
            await conclude(run, after: error, written: written)
        }
    }

    private func conclude(_ run: ActiveRun, after error: any Error, written: [BlobKey]) async {
        let claim = run.job.claim
        var logger = logger
        logger[metadataKey: "run"] = "\(claim.run)"
        logger[metadataKey: "epoch"] = "\(claim.epoch)"
        // After an unclear commit the rows may refer to the blobs: then only the sweep, which asks them, may remove any.
        if (error as? ColophonError)?.code != .internal {
            for key in written { await library.discard(key) }
        }
        do {
            if run.isLost || (error as? ColophonError)?.reason == "LEASE_LOST" {
                logger.notice("The run was cancelled, taken away or could not be renewed; its results are dropped.")
            } else if Task.isCancelled || error is CancellationError {
                try await library.store.release(claim)
                logger.info("The run is handed back, untried.")
            } else if let held = error as? WorkHeld {
                try await library.store.release(claim, after: held.pause)
                logger.info("The run is handed back for a while: what maps is away.")
            } else if await outage.isBehind(error) {
                // No attempt of this run's: another worker, which may see the bytes, can have it at once.
                try await library.store.release(claim)
                logger.notice("The run is handed back until its bytes can be reached.")
            } else {
                let failure = RunFailure(reporting: error)
                var generator = RandomSourceGenerator(library.machine.random)
                let random = policy.delay(afterAttempt: run.job.attempt, using: &generator)
                // What is away has said when to come back: attempts before that would only be used up. A full disk says nothing,
                // but takes somebody to make room.
                let away = error as? ColophonError
                let wanted = away?.retryAfterSeconds ?? (away?.code == .storageFull ? Self.fullDiskPause : 0)
                let delay = min(policy.cap, max(random, .seconds(wanted), Self.pause(after: failure, attempt: run.job.attempt)))
                let outcome = try await library.store.fail(claim, with: failure, policy: policy, retryDelay: delay)
                logger.notice(
                    "The attempt failed.",
                    metadata: ["code": "\(failure.code.rawValue)", "outcome": "\(outcome)", "error": "\(String(reflecting: error))"])
            }
        } catch {
            logger.error("The end of a run could not be recorded; its lease will run out.", metadata: ["error": "\(error)"])
        }
    }
}

extension RunFailure {
    /// What any error of an attempt means for its run.
    init(reporting error: any Error) {
        switch error {
        case let failure as RunFailure: self = failure
        case let error as ColophonError where [.storageFull, .unavailable, .notFound, .damaged].contains(error.code):
            self.init(.ioError, error.message)
        default: self.init(.unknown)
        }
    }
}
