import ColophonCore
import ColophonExtraction
import ColophonProcesses
import ColophonSamples
import ColophonTestSupport
import DoclingDocument
import Foundation
import Testing

/// What readers that a prepared process forks have and hold; only root may look into others.
@Suite(.timeLimit(.minutes(3)), .enabled(if: getuid() == 0, "only root may look into other processes")) struct ForkedReaderGuardsTests {
    let rig: ForkedReaderRig

    init() throws { rig = try ForkedReaderRig() }

    @Test func `it is this process's own child, with its document, its output and nothing else`() async throws {
        let program = ChildProgram(path: Programs.child)
        let reading = Task { try await rig.extract(SamplePDF.bytes(pages: 2000), by: program) }
        let pid = try await rig.reader()
        let status = try await rig.status(of: pid)
        let links = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").sorted()
        #expect(links == ["0", "1", "2"])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/fd/1").hasPrefix("pipe:"))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/fd/2") == "/dev/null")
        #expect(status.contains("PPid:\t\(getpid())\n") && status.contains("NoNewPrivs:\t1") && status.contains("Seccomp:\t2"))
        if getuid() == 0 { #expect(status.contains("Uid:\t65534\t65534\t65534\t65534")) }
        let words = try String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8).split(separator: "\0")
        #expect(words.dropFirst().first == "extract")
        #expect(getpgid(pid) == pid)
        let forking = try #require(program.forkingProcess)
        #expect(forking != pid && rig.exists(forking))
        for kind in ["net", "ipc", "mnt", "uts"] {
            let (own, its) = try (
                FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/\(kind)"),
                FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/ns/\(kind)")
            )
            if getuid() == 0 { #expect(own != its, "\(kind)") }
        }
        reading.cancel()
        await #expect(throws: CancellationError.self) { _ = try await reading.value }
        #expect(!rig.exists(pid))
    }

    /// All readers are copies of one process, so what that keeps of a document all later ones see.
    @Test func `neither what forks nor a later reader holds the password or the name of an earlier document`() async throws {
        let program = ChildProgram(path: Programs.child)
        let (password, name) = ("a-password-\(UUID().uuidString)", "a-name-\(UUID().uuidString).pdf")
        let path = "\(rig.folder.path)/earlier"
        try Data(SamplePDF.bytes(pages: 1)).write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        _ = try await NativeExtractor(program: program, limits: Limits()).extract(
            ExtractionSource(descriptor: descriptor, name: name, password: password)
        ) { _ in }
        let reading = Task { try await rig.extract(SamplePDF.bytes(pages: 2000), named: "a-later-name.pdf", by: program) }
        let reader = try await rig.reader()
        #expect(try Self.holds(reader, "a-later-name.pdf"))
        for pid in try [reader, #require(program.forkingProcess)] {
            for text in [password, String(name.dropLast(4))] { #expect(try !Self.holds(pid, text), "\(text)") }
        }
        reading.cancel()
        _ = try? await reading.value
    }

    /// Whether a text stands anywhere in the memory that a process may write to.
    private static func holds(_ pid: pid_t, _ text: String) throws -> Bool {
        let memory = open("/proc/\(pid)/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0 else { throw POSIXError(.EPERM) }
        defer { close(memory) }
        let pattern = Data(text.utf8)
        for line in try String(contentsOfFile: "/proc/\(pid)/maps", encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ")
            let ends = words[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
            guard words[1].hasPrefix("rw"), ends.count == 2 else { continue }
            var bytes = [UInt8](repeating: 0, count: Int(ends[1] - ends[0]))
            let count = pread(memory, &bytes, bytes.count, off_t(ends[0]))
            if count > 0, Data(bytes[..<count]).range(of: pattern) != nil { return true }
        }
        return false
    }

    /// As in a container without capabilities: whoever is called root there can become nobody else.
    @Test func `root without the power to become another reads all the same, and it is said that readers have no identity of their own`()
        async throws
    {
        let root = ["--user", "--map-root-user"]
        // Not every kernel gives everybody a user namespace.
        guard try await ChildProcess("/usr/bin/unshare", root + ["/bin/true"]).wait(timeout: .seconds(10)).status == 0 else { return }
        try Data(SamplePDF.bytes(pages: 1)).write(to: URL(fileURLWithPath: "\(rig.folder.path)/short.pdf"))
        let output = "\(rig.folder.path)/output"
        let words = root + [Programs.colophon]
        let convert = try ChildProcess("/usr/bin/unshare", words + ["convert", "\(rig.folder.path)/short.pdf"], output: output)
        #expect(await convert.wait(timeout: .seconds(60)).status == 0)
        let doctor = try ChildProcess("/usr/bin/unshare", words + ["doctor", "--data", "\(rig.folder.path)/data"], output: output)
        _ = await doctor.wait(timeout: .seconds(60))
        let told = try String(contentsOfFile: output, encoding: .utf8)
        #expect(told.contains("Readers run as this server's user"), "\(told)")

        try Data(SamplePDF.bytes(pages: 2000)).write(to: URL(fileURLWithPath: "\(rig.folder.path)/long.pdf"))
        let long = try ChildProcess("/usr/bin/unshare", words + ["convert", "\(rig.folder.path)/long.pdf"])
        let reader = try await rig.reader()
        let status = try await rig.status(of: reader)
        #expect(status.contains("CapEff:\t0000000000000000") && status.contains("CapPrm:\t0000000000000000"), "\(status)")
        long.send(SIGKILL)
        _ = await long.wait(timeout: .seconds(10))
    }
}
