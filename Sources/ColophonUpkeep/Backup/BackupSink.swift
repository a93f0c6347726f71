import ColophonCore
import Foundation
import Synchronization

/// Takes an export into a backup's files; an export that begins anew empties them.
final class BackupSink: LedgerSink {
    private struct Files {
        var tables: [LedgerTable: BackupFile] = [:]
        var list: BackupFile
        var blobs = 0
        var bytes: Int64 = 0
    }

    private let folder: BackupFolder
    private let files: Mutex<Files>

    init(folder: BackupFolder) throws {
        self.folder = folder
        files = Mutex(try Self.create(in: folder))
    }

    private static func create(in folder: BackupFolder) throws -> Files {
        var files = Files(list: try BackupFile(creating: folder.blobListPath))
        for table in LedgerTable.allCases { files.tables[table] = try BackupFile(creating: folder.path(of: table)) }
        return files
    }

    func begin() throws {
        let fresh = try Self.create(in: folder)
        files.withLock { $0 = fresh }
    }

    func write(_ lines: [UInt8], count: Int, of table: LedgerTable) throws {
        try files.withLock { try $0.tables[table]?.write(lines, lines: count) }
    }

    func write(_ blobs: [PromisedBlob]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let lines = try blobs.flatMap { try encoder.encode($0) + [0x0A] }
        try files.withLock { files in
            try files.list.write(lines, lines: blobs.count)
            files.blobs += blobs.count
            files.bytes += blobs.reduce(0) { $0 + $1.bytes }
        }
    }

    /// Ends the files, and describes them.
    func manifest(of moment: LedgerMoment, program: String) throws -> BackupManifest {
        try files.withLock { files in
            BackupManifest(
                program: program, schema: moment.schema, engine: moment.engine, madeAt: moment.at.text,
                tables: Dictionary(uniqueKeysWithValues: try files.tables.map { ($0.rawValue, try $1.summary()) }),
                blobList: try files.list.summary(), blobs: files.blobs, bytes: files.bytes, lost: [])
        }
    }
}
