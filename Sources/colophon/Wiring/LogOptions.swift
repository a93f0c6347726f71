import ArgumentParser
import Foundation
import Logging

/// How much is logged, to standard error.
struct LogOptions: ParsableArguments {
    @Option(help: "trace, debug, info, notice, warning or error (COLOPHON_LOG; default notice).")
    var log: LogLevel?

    func validate() throws {
        if let word = ProcessInfo.processInfo.environment["COLOPHON_LOG"], Logger.Level(rawValue: word) == nil {
            throw ValidationError("COLOPHON_LOG must be trace, debug, info, notice, warning or error.")
        }
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
