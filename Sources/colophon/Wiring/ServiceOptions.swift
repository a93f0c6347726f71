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

    @OptionGroup var logging: LogOptions

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

    func logger() -> Logger { logging.logger() }
}
