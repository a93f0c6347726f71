import ArgumentParser
import ColophonStore
import Foundation
import Logging

/// What `serve` and `work` have in common.
struct ServiceOptions: ParsableArguments {
    @OptionGroup var data: DataFolder
    @OptionGroup var blobs: BlobOptions
    @OptionGroup var limits: LimitOptions

    @Option(help: "full survives a power loss, normal only the death of the process (COLOPHON_SYNCHRONOUS; default full).")
    var synchronous: SQLiteDatabase.Durability?

    @Option(help: "trace, debug, info, notice, warning or error (COLOPHON_LOG; default notice).")
    var log: LogLevel?

    /// A word in the environment that means nothing is an error, not a default: nobody should believe in a setting that is not in force.
    func validate() throws {
        let environment = ProcessInfo.processInfo.environment
        if let word = environment["COLOPHON_SYNCHRONOUS"], SQLiteDatabase.Durability(rawValue: word) == nil {
            throw ValidationError("COLOPHON_SYNCHRONOUS must be full or normal.")
        }
        if let word = environment["COLOPHON_LOG"], Logger.Level(rawValue: word) == nil {
            throw ValidationError("COLOPHON_LOG must be trace, debug, info, notice, warning or error.")
        }
    }

    var durability: SQLiteDatabase.Durability {
        synchronous ?? ProcessInfo.processInfo.environment["COLOPHON_SYNCHRONOUS"].flatMap { SQLiteDatabase.Durability(rawValue: $0) }
            ?? .full
    }

    func logger() -> Logger {
        var logger = Logger(label: "colophon") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel =
            log?.level ?? ProcessInfo.processInfo.environment["COLOPHON_LOG"].flatMap { Logger.Level(rawValue: $0) } ?? .notice
        return logger
    }
}

extension SQLiteDatabase.Durability: ExpressibleByArgument {}

/// A level's name on the command line.
struct LogLevel: ExpressibleByArgument {
    let level: Logger.Level

    init?(argument: String) {
        guard let level = Logger.Level(rawValue: argument) else { return nil }
        self.level = level
    }
}
