import ArgumentParser
import ColophonCore
import Foundation
import Logging

/// What `serve` and `work` have in common.
struct ServiceOptions: ParsableArguments {
    @OptionGroup var data: DataFolder
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var limits: LimitOptions

    @Option(help: "trace, debug, info, notice, warning or error (COLOPHON_LOG; default notice).")
    var log: LogLevel?

    func validate() throws {
        if let word = ProcessInfo.processInfo.environment["COLOPHON_LOG"], Logger.Level(rawValue: word) == nil {
            throw ValidationError("COLOPHON_LOG must be trace, debug, info, notice, warning or error.")
        }
    }

    /// Opens the data folder with the database that was chosen.
    ///
    /// - Parameter given: Nil takes the limits of these options.
    func open(limits given: Limits? = nil, logger: Logger) async throws -> OpenData {
        try await data.open(limits: try given ?? limits.limits(), database: database.choice, logger: logger)
    }

    func logger() -> Logger {
        var logger = Logger(label: "colophon") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel =
            log?.level ?? ProcessInfo.processInfo.environment["COLOPHON_LOG"].flatMap { Logger.Level(rawValue: $0) } ?? .notice
        return logger
    }
}

/// A level's name on the command line.
struct LogLevel: ExpressibleByArgument {
    let level: Logger.Level

    init?(argument: String) {
        guard let level = Logger.Level(rawValue: argument) else { return nil }
        self.level = level
    }
}
