import ArgumentParser
import ColophonCore
import ColophonPipeline
import ColophonStore
import ServiceLifecycle
import UnixSignals

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Runs a worker alone, over the data folder of a server.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var worker: WorkerOptions

    func run() async throws {
        try await service.blobs.withStore(scratch: service.data.path) { try await run(blobs: $0) }
    }

    private func run(blobs: (any BlobStore)?) async throws {
        let logger = service.logger()
        let open = try await service.data.open(
            limits: try service.limits.limits(), durability: service.durability, blobs: blobs, logger: logger)
        let services: [any Service] = [try WorkerWiring.worker(open.library, slots: worker.count), Reaper(library: open.library)]
        Terminal.print("A worker of \(worker.count) slots is at work over \(service.data.path)")
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        try await open.database.close()
    }
}
