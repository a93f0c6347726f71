import ColophonCore
import ColophonExtraction
import ColophonProcesses
import ColophonSamples
import ColophonTestSupport
import DoclingDocument
import Foundation
import Testing

/// Readers that a prepared process forks: that they come, and go.
@Suite(.timeLimit(.minutes(3))) struct ForkedReadersTests {
    let rig: ForkedReaderRig

    init() throws { rig = try ForkedReaderRig() }

    @Test func `a forked reader answers as one that was started anew`() async throws {
        let forking = ChildProgram(path: Programs.child)
        let starting = ChildProgram(path: Programs.child, forks: false)
        let documents = [
            ("a.pdf", SamplePDF.bytes(pages: 3)), ("b.pdf", SamplePDF.bytes(pages: 1)),
            ("c.md", Array("# One\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".utf8)),
            ("d.html", Array("<h1>One</h1><table><tr><td>1<td>2</table>".utf8)),
        ]
        for (name, bytes) in documents {
            let forked = try await rig.extract(bytes, named: name, by: forking)
            #expect(try await forked.jsonBytes() == rig.extract(bytes, named: name, by: starting).jsonBytes())
        }
        #expect(forking.forkingProcess != nil && starting.forkingProcess == nil)
    }

    @Test func `when what forks is killed, the next document is read all the same`() async throws {
        let program = ChildProgram(path: Programs.child)
        var seen: Set<Int32> = []
        for _ in 0..<3 {
            #expect(try await rig.extract(SamplePDF.bytes(pages: 1), by: program).pages.count == 1)
            let pid = try #require(program.forkingProcess)
            #expect(seen.insert(pid).inserted)
            kill(pid, SIGKILL)
        }
    }

    @Test func `a program that does not know how to fork is started for each document`() async throws {
        try rig.folder.write("#!/bin/sh\n[ \"$1\" = prepare ] && exit 1\nexec \(Programs.child) \"$@\"\n", to: "reader")
        chmod("\(rig.folder.path)/reader", 0o755)
        let program = ChildProgram(path: "\(rig.folder.path)/reader")
        for _ in 0..<2 { #expect(try await rig.extract(SamplePDF.bytes(pages: 2), by: program).pages.count == 2) }
    }

    @Test func `many ask it at once`() async throws {
        let program = ChildProgram(path: Programs.child)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<60 {
                group.addTask { try await rig.extract(SamplePDF.bytes(pages: 1 + number % 3), by: program).pages.count }
            }
            var pages = 0
            while let count = try await group.next() { pages += count }
            #expect(pages == 120)
        }
    }

    @Test func `nothing is left of it when nobody needs it`() async throws {
        var program: ChildProgram? = ChildProgram(path: Programs.child)
        _ = try await rig.extract(SamplePDF.bytes(pages: 1), by: #require(program))
        let pid = try #require(program?.forkingProcess)
        program = nil
        #expect(!rig.exists(pid))
    }

    @Test func `a password opens the document that it was given for, and no other`() async throws {
        let program = ChildProgram(path: Programs.child)
        let path = "\(rig.folder.path)/locked"
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
        try Data(SamplePDF.bytes(pages: 2000)).write(to: URL(fileURLWithPath: "\(rig.folder.path)/long.pdf"))
        let convert = try ChildProcess(Programs.colophon, ["convert", "\(rig.folder.path)/long.pdf"])
        try await rig.wait("a reader") { !convert.readers.isEmpty }
        let children = convert.children
        #expect(children.count == 2)
        convert.send(SIGKILL)
        _ = await convert.wait(timeout: .seconds(10))
        try await rig.wait("end of them") { !children.contains(where: rig.exists) }
    }
}
