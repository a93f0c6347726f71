import ColophonCore
import ColophonTestSupport
import Dispatch
import Foundation
import Testing

@testable import ColophonPipeline
@testable import ColophonStore

@Suite(.timeLimit(.minutes(1))) struct DeathWatchTests {
    @Test func `a dead worker's lock stays until all its runs are queued again, also those that somebody was writing`() async throws {
        let (open, test, folder) = (try await StoreDriver.postgres.openEmpty(), try await TestLibrary(), try TemporaryFolder())
        let library = Library(
            store: open.store, blobs: test.library.blobs, limits: Limits(), recipe: OpenStore.recipe, logger: test.library.logger)
        let id = try await open.upload().detail.document.id
        _ = try await open.claim("dead")
        let lock = "\(folder.path)/\(WorkerLock.bootID)_dead\(WorkerLock.suffix)"
        #expect(FileManager.default.createFile(atPath: lock, contents: nil))
        let watch = DeathWatch(library: library, folder: folder.path, own: nil)

        let (isLocked, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let scope = open.scope
        async let writing: Void = open.database.write { transaction in
            try transaction.lock(id, in: scope.workspace)
            isLocked.signal()
            mayEnd.wait()
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                isLocked.wait()
                continuation.resume()
            }
        }
        try await watch.look()
        #expect(FileManager.default.fileExists(atPath: lock))
        mayEnd.signal()
        try await writing
        try await watch.look()
        #expect(!FileManager.default.fileExists(atPath: lock))
        #expect(try await open.store.document(id, in: scope).run.status == .queued)
    }
}
