import ColophonCore
import ColophonStore
import ColophonTestSupport
import ColophonUpkeep
import Foundation
import Testing

/// What is not a whole, untouched backup is not restored, and nothing is restored over something else.
@Suite struct RestoreRefusalTests {
    /// What is backed up; its folder holds the backup too, and goes with it.
    let source: UpkeepBench
    let path: String

    init() async throws {
        source = try await UpkeepBench(.sqliteInMemory)
        try await source.upload("a")
        try await source.completeNext()
        path = try await source.backup().folder
    }

    @Test(arguments: ["tables/runs.jsonl", "tables/events.jsonl", "blobs.jsonl", "blob", "manifest.json"], Tampering.allCases)
    func `a backup that was tampered with is refused, and the database stays empty`(file: String, tampering: Tampering) async throws {
        let key = try #require(try await source.open.store.documents(limit: 1, after: nil, in: source.open.scope).first?.version.blob)
        try tampering.apply(to: "\(path)/\(file == "blob" ? "blobs/\(key)" : file)")
        let target = try await UpkeepBench.empty(.sqliteInMemory)
        let error = await #expect(throws: ColophonError.self) { try await target.restore(path) }
        #expect(error?.reason == "BACKUP_DAMAGED" && FileManager.default.fileExists(atPath: path))
        #expect(try await target.store.isEmpty())
        #expect(throws: ColophonError.self) { try BackupFolder(path: path).proven() }
    }

    @Test func `a backup that nobody touched is whole`() throws {
        #expect(try BackupFolder(path: path).proven().blobs == 1 + ArtifactKind.allCases.count)
    }

    enum Tampering: CaseIterable {
        case flip, cut, grow, remove

        func apply(to path: String) throws {
            switch self {
            case .flip: try flipByte(at: path)
            case .cut: #expect(truncate(path, 0) == 0)
            case .grow: #expect(truncate(path, 64 << 20) == 0)
            case .remove: #expect(unlink(path) == 0)
            }
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `a database or a blob store that holds anything is left as it is`(driver: StoreDriver) async throws {
        let full = try await UpkeepBench(driver)
        #expect(await #expect(throws: ColophonError.self) { try await full.restore(path) }?.reason == "NOT_EMPTY")
        let stray = try await UpkeepBench.empty(driver)
        _ = try await stray.blobs.put(BlobKey(rawValue: "w1/sources/stray"), bytes: [1])
        #expect(await #expect(throws: ColophonError.self) { try await stray.restore(path) }?.reason == "NOT_EMPTY")
        #expect(try await stray.store.isEmpty())
    }

    @Test func `a folder that holds anything is not written to`() async throws {
        #expect(await #expect(throws: ColophonError.self) { try await source.backup() }?.reason == "NOT_EMPTY")
        #expect(unlink("\(path)/manifest.json") == 0)
        let cutOff = await #expect(throws: ColophonError.self) { try await source.backup() }
        #expect(cutOff?.reason == "NOT_EMPTY" && cutOff?.message.contains("cut off") == true)
    }

    @Test func `rows of another schema are left to the program that knows it`() async throws {
        let text = try String(contentsOfFile: "\(path)/manifest.json", encoding: .utf8)
        try Data(text.replacing(/"schema" : \d+/, with: "\"schema\" : 1").utf8).write(to: URL(fileURLWithPath: "\(path)/manifest.json"))
        let target = try await UpkeepBench.empty(.sqliteInMemory)
        #expect(await #expect(throws: ColophonError.self) { try await target.restore(path) }?.reason == "OTHER_SCHEMA")
    }

    @Test(.enabled(if: getuid() == 0, "mounting a small disk needs root"))
    func `a backup that does not fit is refused as such, before and while it is written`() async throws {
        let source = try await UpkeepBench(.sqliteInMemory)
        for index in 0..<4 { try await source.upload("\(index)" + String(repeating: "x", count: 1 << 20)) }
        // With 18 MiB the bytes would fit, but not what must stay free; with one, not even the rows and the first of them.
        for megabytes in [18, 1] {
            try await SmallDisk.with(megabytes: megabytes) { path in
                let backup = Backup(
                    store: source.store, blobs: source.blobs, folder: BackupFolder(path: "\(path)/backup"), program: "test")
                let error = await #expect(throws: ColophonError.self) { try await backup.run() }
                #expect(error?.code == .storageFull)
                #expect(!FileManager.default.fileExists(atPath: "\(path)/backup/manifest.json"))
            }
        }
    }
}
