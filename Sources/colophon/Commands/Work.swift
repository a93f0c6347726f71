import ArgumentParser
import ColophonCore
import ColophonPipeline
import ColophonStore
import Logging
import ServiceLifecycle
import UnixSignals

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Runs a worker alone, over the data folder of a server.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var worker: WorkerOptions
    @OptionGroup var mappings: MappingOptions
    @OptionGroup var gateway: GatewayOptions

    func run() async throws {
        let logger = service.logger()
        try await service.withData(listens: true, logger: logger) { try await work($0, logger: logger) }
    }

    private func work(_ open: OpenData, logger: Logger) async throws {
        let (library, program) = try await WorkerWiring.reading(open.library, isWorker: true)
        let services = try WorkerWiring.services(
            library, data: service.data, mappings: try mappings.library(), gateway: try gateway.settings(), program: program,
            slots: worker.count)
        Terminal.print("A worker of \(worker.count) slots is at work over \(service.data.path)")
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}
