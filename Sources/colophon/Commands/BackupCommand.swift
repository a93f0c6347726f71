import ArgumentParser
import ColophonCore
import ColophonStore
import ColophonUpkeep
import Foundation

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Writes one consistent state of ledger and bytes into a folder, beside working servers.",
        discussion: """
            The folder's manifest.json is written last: without it the folder is no backup. Ends with 4 when bytes were missing or damaged \
            before; the backup holds all others then.
            """)

    @Argument(help: "The folder to write; it must be absent or empty.", completion: .directory)
    var folder: String

    @Flag(help: "Print the manifest's JSON.")
    var json = false

    @OptionGroup var service: ServiceOptions

    func run() async throws {
        // Only its owner may read it: it holds everybody's documents, and the hashes of their keys.
        umask(0o077)
        let manifest = try await UpkeepParts.with(service, mustExist: true) { parts in
            let backup = Backup(
                store: parts.store, blobs: parts.blobs, folder: BackupFolder(path: folder), program: Colophon.version,
                onProgress: { Terminal.progress("backup: \($0.text)") })
            return try await UpkeepError.told { try await backup.run() }
        }
        Terminal.endProgress()
        if json { try Terminal.json(manifest) } else { Self.print(manifest, folder) }
        if !manifest.lost.isEmpty { throw ExitStatusError(.findingsLeft, "\(manifest.lost.count) blobs are not in the backup.") }
    }

    private static func print(_ manifest: BackupManifest, _ folder: String) {
        for lost in manifest.lost {
            let subject = lost.run.map { "run \($0) of document \(lost.document)" } ?? "document \(lost.document)"
            Terminal.print("\(lost.code): \(lost.blob), of \(subject), is \(lost.message)")
        }
        let rows = manifest.tables.values.reduce(0) { $0 + $1.count }
        let bytes = manifest.bytes.formatted(.byteCount(style: .binary))
        Terminal.print("\(folder) holds the state of \(manifest.madeAt): \(rows) rows, \(manifest.blobs) blobs (\(bytes))")
    }
}

extension BackupProgress {
    /// For a person who waits.
    var text: String {
        guard let blobsTotal, let bytesTotal else { return "rows" }
        let percent = bytesTotal == 0 ? 100 : bytes * 100 / bytesTotal
        return "\(blobs) of \(blobsTotal) blobs, \(percent) %"
    }
}

/// How backups and restores end when they cannot be made.
enum UpkeepError {
    static func told<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as ColophonError where error.reason == "BACKUP_DAMAGED" {
            throw ExitStatusError(.badDocument, error.message)
        }
    }
}
