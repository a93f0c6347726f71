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

    @Option(help: "The address to listen on (COLOPHON_HOST; default 127.0.0.1).")
    var host: String?

    @Option(help: "The port to listen on; 0 takes a free one (COLOPHON_PORT; default 8643).")
    var port: Int?

    @Option(help: "trace, debug, info, notice, warning or error (COLOPHON_LOG; default notice).")
    var log: LogLevel?

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let port = port ?? environment["COLOPHON_PORT"].map { Int($0) ?? -1 } ?? 8643
        guard (0...65535).contains(port) else { throw ValidationError("--port (COLOPHON_PORT) must be from 0 to 65535.") }
        let host = host ?? environment["COLOPHON_HOST"] ?? "127.0.0.1"
        var logger = Logger(label: "colophon") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = log?.level ?? environment["COLOPHON_LOG"].flatMap { Logger.Level(rawValue: $0) } ?? .notice
        let limits = try limitOptions.limits().fitting(openFiles: OpenFiles.takeAll())
        let program = try ChildProgram.locate()
        for warning in try await ReaderGuards.ask(program: program, limits: limits).warnings { logger.notice("\(warning)") }
        let processor = DirectProcessor(
            extractor: NativeExtractor(program: program, limits: limits), mappings: try mappings.library(), slots: worker.count)
        let token = environment["COLOPHON_GATEWAY_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
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
