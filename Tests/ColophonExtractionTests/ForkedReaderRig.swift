import ColophonCore
import ColophonExtraction
import ColophonTestSupport
import DoclingDocument
import Foundation
import Testing

/// A folder of documents, and what there is to see of those that read them.
struct ForkedReaderRig {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func extract(_ bytes: [UInt8], named name: String = "same", by program: ChildProgram) async throws -> DoclingDocument {
        let path = "\(folder.path)/\(UUID().uuidString)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        return try await NativeExtractor(program: program, limits: Limits()).extract(
            ExtractionSource(descriptor: descriptor, name: name)
        ) { _ in }.document
    }

    /// Whether a process lives; one that has ended and that nobody has waited for does not.
    func exists(_ pid: pid_t) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        return !status.isEmpty && !status.contains("State:\tZ")
    }

    /// The process of this folder's document, which has it as its standard input.
    func reader() async throws -> pid_t {
        let name = URL(fileURLWithPath: folder.path).lastPathComponent
        var found: pid_t?
        try await wait("a reader") {
            for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
                let input = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/fd/0")
                if let pid = pid_t(process), input?.contains(name) == true { found = pid }
            }
            return found != nil
        }
        return try #require(found)
    }

    /// What the kernel says of a reader that has closed and filtered what it may; until then it is still being made.
    func status(of reader: pid_t) async throws -> String {
        var status = ""
        try await wait("a filter") {
            status = try String(contentsOfFile: "/proc/\(reader)/status", encoding: .utf8)
            return status.contains("Seccomp:\t2")
        }
        return status
    }

    func wait(_ what: String, until condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while try await !condition() {
            guard ContinuousClock.now < end else { throw ColophonError(.timeout, "There was no \(what).") }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
