import ArgumentParser
import ColophonStore
import Foundation
import Logging

/// What `serve` and `work` have in common.
struct ServiceOptions: ParsableArguments {
    @OptionGroup var data: DataFolder
    @OptionGroup var limits: LimitOptions

    @Option(help: "full survives a power loss, normal only the death of the process (COLOPHON_SYNCHRONOUS; default full).")
    var synchronous: SQLiteDatabase.Durability?

    @Option(help: "trace, debug, info, notice, warning or error (COLOPHON_LOG; default notice).")
    var log: Logger.Level?

    var durability: SQLiteDatabase.Durability {
        synchronous ?? ProcessInfo.processInfo.environment["COLOPHON_SYNCHRONOUS"].flatMap(SQLiteDatabase.Durability.init) ?? .full
    }

    func logger() -> Logger {
        var logger = Logger(label: "colophon") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = log ?? ProcessInfo.processInfo.environment["COLOPHON_LOG"].flatMap(Logger.Level.init) ?? .notice
        return logger
    }
}

extension SQLiteDatabase.Durability: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
