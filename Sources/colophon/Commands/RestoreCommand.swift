import ArgumentParser
import ColophonCore
import ColophonStore
import ColophonUpkeep
import Foundation

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Brings a backup into an empty data folder, and an empty database where one is named.",
        discussion: """
            Every file and every blob is proven by its hash. Runs that were being processed wait again. It does not matter which engine the \
            backup came from.
            """)

    @Argument(help: "The folder that `backup` wrote.", completion: .directory)
    var folder: String

    @Flag(help: "Only prove that the backup is whole, by all its hashes; restore nothing.")
    var verify = false

    @Flag(
        name: .customLong("restart-feeds"),
        help: "Have all clients of the change feed list again: needed where they may have read further than the backup reaches.")
    var restartsFeeds = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var service: ServiceOptions

    struct Record: Encodable {
        var backup: BackupManifest
        var requeued: Int
        var fsck: FsckRecord
    }

    func run() async throws {
        if verify { return try await proveOnly() }
        try await UpkeepParts.with(service, mustExist: false) { try await restore(into: $0) }
    }

    private func restore(into parts: UpkeepParts) async throws {
        let restore = Restore(
            store: parts.store, blobs: parts.blobs, folder: BackupFolder(path: folder), restartsFeeds: restartsFeeds,
            onProgress: { Terminal.progress("restore: \($0.text)") })
        let manifest = try await UpkeepError.told { try await restore.check() }
        let mark = RestoreMark(service.data)
        try mark.put()
        let outcome: Restore.Outcome
        do {
            outcome = try await UpkeepError.told { try await restore.run(manifest) }
        } catch {
            Terminal.endProgress()
            Terminal.note(
                "nothing of this restore is of use; remove \(service.data.path), empty the database where one is named, and remove all below "
                    + service.blobs.name(in: service.data))
            throw error
        }
        Terminal.endProgress()
        // Their bytes have just been hashed on the way.
        let report = try await FsckCommand.check(parts, repairs: false, hashes: false, tells: !json)
        mark.remove()
        if json {
            try Terminal.json(Record(backup: manifest, requeued: outcome.requeued, fsck: FsckRecord(report)))
        } else {
            let rows = manifest.tables.values.reduce(0) { $0 + $1.count }
            Terminal.print("The state of \(manifest.madeAt) is restored: \(rows) rows, \(manifest.blobs) blobs")
            if outcome.requeued > 0 { Terminal.print("\(outcome.requeued) runs that were being processed wait again") }
            FsckCommand.sum(up: report)
            if LocalKey.read(from: service.data.keyPath) == nil {
                Terminal.print("Its keys are valid here; for commands on this machine, colophon key create makes another")
            }
        }
        if report.left > 0 { throw ExitStatusError(.findingsLeft) }
    }

    private func proveOnly() async throws {
        let manifest = try await UpkeepError.told {
            try BackupFolder(path: folder).proven { Terminal.progress("verify: \($0.text)") }
        }
        Terminal.endProgress()
        if json { return try Terminal.json(manifest) }
        Terminal.print("The backup of \(manifest.madeAt) is whole: \(manifest.blobs) blobs and all tables have their hashes")
    }
}
