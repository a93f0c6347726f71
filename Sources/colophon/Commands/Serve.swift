import ArgumentParser
import ColophonCore
import ColophonExtraction
import ColophonMapping
import ColophonPipeline
import ColophonServer
import ColophonStore
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Runs the server, and a worker beside it.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var worker: WorkerOptions
    @OptionGroup var keep: SweepOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var mappings: MappingOptions
    @OptionGroup var gateway: GatewayOptions

    @Option(help: "How often what is due is swept (COLOPHON_SWEEP_INTERVAL; default 1h).")
    var sweepInterval: Age?

    @OptionGroup var listen: ListenOptions

    @Flag(name: .customLong("no-worker"), help: "Only the API; `colophon work` does the work.")
    var noWorker = false

    func validate() throws {
        _ = try limits()
        _ = try gateway.settings()
    }

    func run() async throws {
        let logger = service.logger()
        _ = try access.tls()
        try await service.withData(limits: try limits(), listens: true, logger: logger) { try await serve($0, logger: logger) }
    }

    private func serve(_ open: OpenData, logger: Logger) async throws {
        if let key = try await service.data.mintFirstKey(open.library) {
            Terminal.print("A key was made; it is shown once, and kept for this machine's commands in \(service.data.keyPath):")
            Terminal.print("  \(key.text)")
        }
        let mappings = try mappings.library()
        let gateway = try gateway.settings()
        let (reading, program) = try await WorkerWiring.reading(open.library, isWorker: !noWorker)
        let library = try reading.mapping(by: gateway, self.gateway.offered(by: mappings))
        let services: [any Service] =
            [try application(library, logger: logger), Sweeper(library: library), KeyUse(library: library), ListTending(library: library)]
            + (try WorkerWiring.services(
                library, data: service.data, mappings: mappings, gateway: gateway, program: noWorker ? nil : program,
                slots: worker.count))
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }

    private func limits() throws -> Limits {
        var limits = try service.limits.limits().fitting(openFiles: OpenFiles.takeAll())
        try keep.apply(to: &limits)
        try access.apply(to: &limits)
        if let interval = try SweepOptions.value(sweepInterval, "COLOPHON_SWEEP_INTERVAL") {
            guard let duration = interval.duration else {
                throw ValidationError("--sweep-interval (COLOPHON_SWEEP_INTERVAL) must be a time such as 15m or 1d.")
            }
            limits.sweepInterval = duration
        }
        return limits
    }

    private func application(_ library: Library, logger: Logger) throws -> some ApplicationProtocol {
        let (host, port) = try listen.address(port: 8642)
        let tls = try access.tls()
        var routes = Routes(
            library: library, version: Colophon.version, isSecure: tls != nil || access.isBehindProxy, isBehindProxy: access.isBehindProxy)
        let scheme = tls == nil ? "http" : "https"
        return try ServerBuild.application(
            router: routes.router(), hub: routes.hub(), limits: library.limits, host: host, port: port, tls: tls, logger: logger
        ) { bound in
            Terminal.print("Colophon \(Colophon.version) is ready at \(scheme)://\(host):\(bound)")
        }
    }
}
