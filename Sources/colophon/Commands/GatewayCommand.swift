import ArgumentParser
import ColophonCore
import ColophonExtraction
import ColophonPipeline
import ColophonServer
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// The part of a server that turns documents into XML, alone: for who keeps jobs elsewhere, or on other machines.
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway", abstract: "Serves POST /process: a PDF in, JSON or XML out; nothing is kept.",
        discussion: "Callers send COLOPHON_GATEWAY_TOKEN as a bearer token where it is set; without it whoever can reach the port may call."
    )

    @OptionGroup var limitOptions: LimitOptions
    @OptionGroup var worker: WorkerOptions
    @OptionGroup var mappings: MappingOptions

    @OptionGroup var listen: ListenOptions
    @OptionGroup var logging: LogOptions

    func run() async throws {
        let (host, port) = try listen.address(port: 8643)
        let logger = logging.logger()
        let limits = try limitOptions.limits().fitting(openFiles: OpenFiles.takeAll())
        let program = try ChildProgram.locate()
        for warning in try await ReaderGuards.ask(program: program, limits: limits).warnings { logger.notice("\(warning)") }
        let processor = DirectProcessor(
            extractor: NativeExtractor(program: program, limits: limits), mappings: try mappings.library(), slots: worker.count)
        let token = GatewayOptions.token
        let routes = GatewayRoutes(processing: processor, settings: NativeExtractor.recipe(for: limits).settings, token: token)
        let application = ServerBuild.plain(router: routes.router(), limits: limits, host: host, port: port, logger: logger) { bound in
            Terminal.print("A gateway is ready at http://\(host):\(bound)/process")
        }
        try await ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        ).run()
    }
}
