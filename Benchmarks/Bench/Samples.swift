import ColophonSamples
import Foundation

enum Samples {
    static func write(pages: Int, seed: UInt64 = 1, to path: String) throws {
        try Data(SamplePDF.bytes(pages: pages, seed: seed)).write(to: URL(fileURLWithPath: path))
    }

    /// Where files are kept in memory, if anywhere: a file system's work is not what every measurement is about.
    static let memoryFolder = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()

    /// A folder of its own for one measurement.
    static func withFolder<Result>(
        in parent: String = NSTemporaryDirectory(), _ body: (String) async throws -> Result
    ) async throws -> Result {
        let path = parent + "/colophon-bench-\(getpid())-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }
}
