import ArgumentParser
import ColophonCore
import Foundation
import Logging

/// What the commands have in common that open the data themselves.
struct ServiceOptions: ParsableArguments {
    @OptionGroup var data: DataFolder
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var blobs: BlobOptions
    @OptionGroup var limits: LimitOptions

    @Option(help: "trace, debug, info, notice, warning or error (COLOPHON_LOG; default notice).")
    var log: LogLevel?

    func validate() throws {
        if let word = ProcessInfo.processInfo.environment["COLOPHON_LOG"], Logger.Level(rawValue: word) == nil {
            throw ValidationError("COLOPHON_LOG must be trace, debug, info, notice, warning or error.")
        }
    }

    /// Opens the data folder with the database and the blob store that were chosen, and closes them however `body` ends.
    ///
    /// - Parameters:
    ///   - given: Nil takes the limits of these options.
    ///   - listens: Whether other processes' hints are wanted.
    ///   - readsTables: Whether `body` reads whole tables: that takes longer than any request may, and a slow disk may hold up what is read.
    ///   - mustExist: Whether there must be data already; otherwise it is made.
    func withData<Result>(
        limits given: Limits? = nil, listens: Bool = false, readsTables: Bool = false, mustExist: Bool = false, logger: Logger,
        _ body: (OpenData) async throws -> Result
    ) async throws -> Result {
        let choice = readsTables ? database.choice.forWholeTables : database.choice
        // Of a database server nobody can tell before it is asked.
        if case .embedded = choice, mustExist, !FileManager.default.fileExists(atPath: data.databasePath) {
            throw ExitStatusError(.usage, "There is no Colophon data in \(data.path); give --data.")
        }
        return try await blobs.withStore(scratch: data.path) { blobs in
            let open = try await data.open(
                limits: try given ?? limits.limits(), database: choice, blobs: blobs, listens: listens, logger: logger)
            let result: Result
            do {
                result = try await body(open)
            } catch {
                // What ended the work says more than what its end brought about.
                try? await open.close()
                throw error
            }
            try await open.close()
            return result
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
