import ColophonCore
import ColophonExtraction
import ColophonProcesses
import ColophonSamples
import ColophonTestSupport
import DoclingDocument
import Foundation
import Testing

/// Readers that a prepared process forks.
@Suite(.timeLimit(.minutes(3))) struct ForkedReadersTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func extract(_ bytes: [UInt8], named name: String = "same", by program: ChildProgram) async throws -> DoclingDocument {
        let path = "\(folder.path)/\(UUID().uuidString)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        return try await NativeExtractor(program: program, limits: Limits()).extract(
            ExtractionSource(descriptor: descriptor, name: name)
        ) { _ in }.document
    }

    /// Whether a process lives; one that has ended and that nobody has waited for does not.
    private func exists(_ pid: pid_t) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        return !status.isEmpty && !status.contains("State:\tZ")
    }

    /// The process of this folder's document, which has it as its standard input.
    private func reader() async throws -> pid_t {
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
    private func status(of reader: pid_t) async throws -> String {
        var status = ""
        try await wait("a filter") {
            status = try String(contentsOfFile: "/proc/\(reader)/status", encoding: .utf8)
            return status.contains("Seccomp:\t2")
        }
        return status
    }

    private func wait(_ what: String, until condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while try await !condition() {
            guard ContinuousClock.now < end else { throw ColophonError(.timeout, "There was no \(what).") }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test func `a forked reader answers as one that was started anew`() async throws {
        let forking = ChildProgram(path: Programs.child)
        let starting = ChildProgram(path: Programs.child, forks: false)
        let documents = [
            ("a.pdf", SamplePDF.bytes(pages: 3)), ("b.pdf", SamplePDF.bytes(pages: 1)),
            ("c.md", Array("# One\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".utf8)),
            ("d.html", Array("<h1>One</h1><table><tr><td>1<td>2</table>".utf8)),
        ]
        for (name, bytes) in documents {
            let forked = try await extract(bytes, named: name, by: forking)
            #expect(try await forked.jsonBytes() == extract(bytes, named: name, by: starting).jsonBytes())
        }
        #expect(forking.forkingProcess != nil && starting.forkingProcess == nil)
    }

    @Test(.enabled(if: getuid() == 0, "only root may look at the descriptors of others"))
    func `it is this process's own child, with its document, its output and nothing else`() async throws {
        let program = ChildProgram(path: Programs.child)
        let reading = Task { try await extract(SamplePDF.bytes(pages: 2000), by: program) }
        let pid = try await reader()
        let status = try await status(of: pid)
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
        #expect(forking != pid && exists(forking))
        for kind in ["net", "ipc", "mnt", "uts"] {
            let (own, its) = try (
                FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/\(kind)"),
                FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/ns/\(kind)")
            )
            if getuid() == 0 { #expect(own != its, "\(kind)") }
        }
        reading.cancel()
        await #expect(throws: CancellationError.self) { _ = try await reading.value }
        #expect(!exists(pid))
    }

    @Test func `when what forks is killed, the next document is read all the same`() async throws {
        let program = ChildProgram(path: Programs.child)
        var seen: Set<Int32> = []
        for _ in 0..<3 {
            #expect(try await extract(SamplePDF.bytes(pages: 1), by: program).pages.count == 1)
            let pid = try #require(program.forkingProcess)
            #expect(seen.insert(pid).inserted)
            kill(pid, SIGKILL)
        }
    }

    @Test func `a program that does not know how to fork is started for each document`() async throws {
        try folder.write("#!/bin/sh\n[ \"$1\" = prepare ] && exit 1\nexec \(Programs.child) \"$@\"\n", to: "reader")
        chmod("\(folder.path)/reader", 0o755)
        let program = ChildProgram(path: "\(folder.path)/reader")
        for _ in 0..<2 { #expect(try await extract(SamplePDF.bytes(pages: 2), by: program).pages.count == 2) }
    }

    /// All readers are copies of one process, so what that keeps of a document all later ones see.
    @Test(.enabled(if: getuid() == 0, "only root may read the memory of others"))
    func `neither what forks nor a later reader holds the password or the name of an earlier document`() async throws {
        let program = ChildProgram(path: Programs.child)
        let (password, name) = ("a-password-\(UUID().uuidString)", "a-name-\(UUID().uuidString).pdf")
        let path = "\(folder.path)/earlier"
        try Data(SamplePDF.bytes(pages: 1)).write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        _ = try await NativeExtractor(program: program, limits: Limits()).extract(
            ExtractionSource(descriptor: descriptor, name: name, password: password)
        ) { _ in }
        let reading = Task { try await extract(SamplePDF.bytes(pages: 2000), named: "a-later-name.pdf", by: program) }
        let reader = try await reader()
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

    @Test func `many ask it at once`() async throws {
        let program = ChildProgram(path: Programs.child)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<60 { group.addTask { try await extract(SamplePDF.bytes(pages: 1 + number % 3), by: program).pages.count } }
            var pages = 0
            while let count = try await group.next() { pages += count }
            #expect(pages == 120)
        }
    }

    @Test func `nothing is left of it when nobody needs it`() async throws {
        var program: ChildProgram? = ChildProgram(path: Programs.child)
        _ = try await extract(SamplePDF.bytes(pages: 1), by: #require(program))
        let pid = try #require(program?.forkingProcess)
        program = nil
        #expect(!exists(pid))
    }

    @Test func `a password opens the document that it was given for, and no other`() async throws {
        let program = ChildProgram(path: Programs.child)
        let path = "\(folder.path)/locked"
        let sample = ProtectedPDF.rc4
        try Data(sample.bytes).write(to: URL(fileURLWithPath: path))
        for (password, code) in [(sample.password, nil), (nil, .passwordProtected)] as [(String?, RunFailure.Code?)] {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            defer { close(descriptor) }
            var failure: RunFailure.Code?
            do {
                _ = try await NativeExtractor(program: program, limits: Limits()).extract(
                    ExtractionSource(descriptor: descriptor, name: "locked", password: password)
                ) { _ in }
            } catch let error as RunFailure { failure = error.code }
            #expect(failure == code)
        }
    }

    @Test func `neither it nor its readers outlive a program that is killed`() async throws {
        try Data(SamplePDF.bytes(pages: 2000)).write(to: URL(fileURLWithPath: "\(folder.path)/long.pdf"))
        let convert = try ChildProcess(Programs.colophon, ["convert", "\(folder.path)/long.pdf"])
        try await wait("a reader") { !convert.readers.isEmpty }
        let children = convert.children
        #expect(children.count == 2)
        convert.send(SIGKILL)
        _ = await convert.wait(timeout: .seconds(10))
        try await wait("end of them") { !children.contains(where: exists) }
    }

    /// As in a container without capabilities: whoever is called root there can become nobody else.
    @Test(.enabled(if: getuid() == 0, "only root may look at the descriptors of others"))
    func `root without the power to become another reads all the same, and it is said that readers have no identity of their own`()
        async throws
    {
        let root = ["--user", "--map-root-user"]
        // Not every kernel gives everybody a user namespace.
        guard try await ChildProcess("/usr/bin/unshare", root + ["/bin/true"]).wait(timeout: .seconds(10)).status == 0 else { return }
        try Data(SamplePDF.bytes(pages: 1)).write(to: URL(fileURLWithPath: "\(folder.path)/short.pdf"))
        let output = "\(folder.path)/output"
        let words = root + [Programs.colophon]
        let convert = try ChildProcess("/usr/bin/unshare", words + ["convert", "\(folder.path)/short.pdf"], output: output)
        #expect(await convert.wait(timeout: .seconds(60)).status == 0)
        let doctor = try ChildProcess("/usr/bin/unshare", words + ["doctor", "--data", "\(folder.path)/data"], output: output)
        _ = await doctor.wait(timeout: .seconds(60))
        let told = try String(contentsOfFile: output, encoding: .utf8)
        #expect(told.contains("Readers run as this server's user"), "\(told)")

        try Data(SamplePDF.bytes(pages: 2000)).write(to: URL(fileURLWithPath: "\(folder.path)/long.pdf"))
        let long = try ChildProcess("/usr/bin/unshare", words + ["convert", "\(folder.path)/long.pdf"])
        let reader = try await reader()
        let status = try await status(of: reader)
        #expect(status.contains("CapEff:\t0000000000000000") && status.contains("CapPrm:\t0000000000000000"), "\(status)")
        long.send(SIGKILL)
        _ = await long.wait(timeout: .seconds(10))
    }
}
