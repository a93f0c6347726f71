package import ColophonCore
package import ColophonMapping
import Logging
import ServiceLifecycle

/// Claims jobs and executes them, as many at once as it has slots.
///
/// When it is told to stop, its children are killed and its jobs handed back, untried.
package struct Worker: Service {
    private let library: Library
    private let executor: RunExecutor
    private let outage: Outage
    private let id: WorkerID
    private let slots: Int
    private let pollInterval: Duration
    private let logger: Logger

    /// - Parameters:
    ///   - mappings: What runs may be mapped with.
    ///   - slots: How many documents are read at once; one a core is right.
    ///   - pollInterval: How often the queue is looked at when nobody said that it is worth it; losing every wake-up costs this much.
    package init(
        library: Library, extractor: any Extractor, mappings: MappingLibrary = MappingLibrary(), id: WorkerID = .make(), slots: Int,
        policy: RetryPolicy = RetryPolicy(),
        pollInterval: Duration = .seconds(1)
    ) {
        precondition(slots > 0, "a worker has at least one slot")
        self.library = library
        self.id = id
        self.slots = slots
        self.pollInterval = pollInterval
        var logger = library.logger
        logger[metadataKey: "worker"] = "\(id)"
        self.logger = logger
        outage = Outage(blobs: library.blobs, logger: logger)
        executor = RunExecutor(library: library, extractor: extractor, mappings: mappings, policy: policy, outage: outage, logger: logger)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await runUntilCancelled() }
    }

    /// Returns when no child is left and every job is handed back, as far as the database can be reached.
    package func runUntilCancelled() async {
        let active = ActiveRuns()
        await withDiscardingTaskGroup { group in
            let clock = library.machine.clock
            let pulse = Pulse(store: library.store, limits: library.limits, active: active, clock: clock, logger: logger)
            group.addTask { await pulse.run() }
            while !Task.isCancelled {
                await outage.end(on: clock)
                let sentAt = clock.elapsed()
                let claimed = await claim(slots - active.count)
                let budget = LeaseBudget(lease: library.limits.lease, sentAt: sentAt, answeredAt: clock.elapsed())
                for job in claimed {
                    let run = active.add(job, budget: budget)
                    group.addTask {
                        await executor.execute(run)
                        active.remove(run)
                        library.wake.signal()
                    }
                }
                if claimed.isEmpty { await library.wake.wait(timeout: pollInterval, on: clock) }
            }
        }
    }

    private func claim(_ limit: Int) async -> [ClaimedJob] {
        guard limit > 0 else { return [] }
        do {
            return try await library.store.claimJobs(
                limit: limit, for: id, lease: library.limits.lease, holding: executor.extractor.mappingPause)
        } catch is CancellationError {
            return []
        } catch {
            logger.error("Jobs could not be claimed; trying again.", metadata: ["error": "\(error)"])
            return []
        }
    }
}
