import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonSamples
import ColophonTestSupport
import Foundation
import Testing

/// What changes in a workspace, as the client and somebody at a terminal see it.
@Suite(.serialized, .timeLimit(.minutes(3))) struct WatchTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var data: String { "\(folder.path)/data" }

    private func pdf(_ number: UInt64) throws -> String {
        let path = "\(folder.path)/sample-\(number).pdf"
        try Data(SamplePDF.bytes(pages: 1, seed: number)).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func run(_ arguments: [String], on server: ColophonServerProcess) async throws -> (status: Int32, output: String) {
        let output = "\(folder.path)/out-\(UUID().uuidString)"
        let environment = ["COLOPHON_DATA": data, "COLOPHON_SERVER": server.address]
        let process = try ChildProcess(Programs.colophon, arguments, environment: environment, output: output)
        let usage = await process.wait(timeout: .seconds(60))
        return (usage.status >> 8 & 0xFF, try String(contentsOfFile: output, encoding: .utf8))
    }

    private func wait(for description: String, _ condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while try await !condition() {
            try #require(ContinuousClock.now < end, "\(description) did not happen")
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test func `a document is followed from its upload to its results, by client and program`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        defer { server.process.send(SIGKILL) }
        let workspace = server.client.workspace()
        // The feed of a workspace that never held anything begins with its first change.
        _ = try await server.client.wait(for: try await server.client.upload(path: try pdf(1)).documentId)
        let start = try await workspace.changePosition()

        let output = "\(folder.path)/watch"
        let environment = ["COLOPHON_DATA": data, "COLOPHON_SERVER": server.address]
        let watch = try ChildProcess(Programs.colophon, ["watch", "--since", "\(start)"], environment: environment, output: output)
        defer { watch.send(SIGKILL) }

        let document = try await workspace.upload(path: try pdf(2), conflict: .keepBoth, metadata: ["case": 7], tags: [" Inbox "])
        #expect(document.name == "sample-2.pdf" && document.tags == ["inbox"] && document.metadata == ["case": 7])
        var last = start
        var seen: [String] = []
        for try await change in workspace.changes(since: start) {
            guard case .upsert(document.id, let position) = change else {
                Issue.record("\(change)")
                break
            }
            #expect(position.number == last.number + 1)
            last = position
            let status = try await workspace.document(document.id).lastRun?.status ?? "none"
            if seen.last != status { seen.append(status) }
            if status == "succeeded" { break }
        }
        #expect(seen.last == "succeeded")
        let runID = try #require(try await workspace.document(document.id).lastRun?.id)
        var text: [UInt8] = []
        try await workspace.downloadOutput(ofRun: runID, format: "md") { text += $0 }
        #expect(String(decoding: text, as: UTF8.self).contains("Chapter 1:"))

        try await wait(for: "the last line") {
            let lines = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
            return lines.contains { $0.contains("upsert\t\(document.id)\tsample-2.pdf\tsucceeded\t") }
        }
        watch.send(SIGINT)
        #expect(await watch.wait(timeout: .seconds(20)).status == 0)
        let lines = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
        let numbers = lines.compactMap { $0.split(separator: "\t").last.flatMap { Int64($0) } }
        #expect(
            numbers.count == lines.count && numbers == Array(start.number + 1..<start.number + 1 + Int64(numbers.count)), "\(lines)")
    }

    /// The numbers of the changes until so many documents were deleted.
    private static func numbers(in workspace: Workspace, since start: ChangePosition, untilDeleted count: Int) async throws -> [Int64] {
        var numbers: [Int64] = []
        var deleted: Set<String> = []
        for try await change in workspace.changes(since: start) {
            guard let position = change.position else {
                Issue.record("\(change)")
                break
            }
            numbers.append(position.number)
            if case .delete(let id, _) = change { deleted.insert(id) }
            if deleted.count == count { break }
        }
        return numbers
    }

    @Test func `a server that is killed again and again costs a follower no change and repeats none`() async throws {
        var server = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        let port = try #require(server.address.split(separator: ":").last.flatMap { Int($0) })
        let workspace = server.client.workspace("default")
        _ = try await server.client.wait(for: try await server.client.upload(path: try pdf(1)).documentId)
        let start = try await workspace.changePosition()

        let output = "\(folder.path)/watch"
        let environment = ["COLOPHON_DATA": data, "COLOPHON_SERVER": server.address]
        let watch = try ChildProcess(Programs.colophon, ["watch", "--since", "\(start)"], environment: environment, output: output)
        defer { watch.send(SIGKILL) }
        async let followed = Self.numbers(in: workspace, since: start, untilDeleted: 9)
        for round in 0..<3 as Range<UInt64> {
            for number in 0..<3 as Range<UInt64> {
                let id = try await server.client.upload(path: try pdf(10 + round * 3 + number)).documentId
                _ = try await server.client.wait(for: id)
            }
            guard round < 2 else { break }
            // A program whose server is away when it begins ends at once.
            try await wait(for: "the first line") { try String(contentsOfFile: output, encoding: .utf8).contains("\tupsert\t") }
            server.process.send(SIGKILL)
            _ = await server.process.wait(timeout: .seconds(10))
            server = try await ColophonServerProcess.start(program: Programs.colophon, data: data, port: port)
        }
        let list = try await workspace.documents(limit: 50)
        let fresh = list.items.map(\.id).dropLast()
        #expect(fresh.count == 9)
        // Whoever follows in a terminal is told of each with its name, also of those that changed while the server went away.
        let last = try await workspace.changePosition()
        try await wait(for: "the last line") { try String(contentsOfFile: output, encoding: .utf8).contains("\t\(last)\n") }
        let lines = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").filter { $0.contains("\tupsert\t") }
        #expect(lines.count == last.number - start.number && lines.allSatisfy { $0.contains("\tsample-") }, "\(lines)")
        let deletion = try await workspace.delete(Array(fresh))
        #expect(deletion.deleted.count == 9)
        let numbers = try await followed
        let head = try await workspace.changePosition()
        #expect(numbers == Array(start.number + 1...head.number))
        server.process.send(SIGKILL)
    }

    @Test func `a place that the feed was trimmed past is said, and the documents come anew`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        defer { server.process.send(SIGKILL) }
        let workspace = server.client.workspace()
        let first = try await server.client.wait(for: try await server.client.upload(path: try pdf(1)).documentId)
        let start = try await workspace.changePosition()
        let second = try await server.client.wait(for: try await server.client.upload(path: try pdf(2)).documentId)
        try await Task.sleep(for: .milliseconds(1100))
        #expect(try await run(["sweep", "--keep-feed", "1s"], on: server).status == 0)

        var iterator = workspace.changes(since: start).makeAsyncIterator()
        #expect(try await iterator.next() == .resync(.cursorExpired))
        let head = try await workspace.changePosition()
        guard case .snapshot(let page) = try await iterator.next() else {
            Issue.record("no snapshot")
            return
        }
        #expect(page.isFirst && page.isLast && page.position == head)
        #expect(Set(page.documents.map(\.id)) == [first.documentId, second.documentId])
        let tagged = try await workspace.tag(first.documentId, add: ["later"])
        #expect(try await iterator.next() == .upsert(documentId: tagged.id, position: ChangePosition(head.number + 1)))
    }

    @Test func `documents are listed, tagged, deleted and restored at a terminal`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        defer { server.process.send(SIGKILL) }
        let upload = try await run(["upload", try pdf(1), "--name-conflict", "reject", "--tag", "Inbox", "--wait"], on: server)
        #expect(upload.status == 0 && upload.output.hasSuffix("\tcomplete\n"), "\(upload.output)")
        let id = try #require(upload.output.split(separator: "\t").first.map(String.init))
        let again = try await run(["upload", try pdf(1), "--name-conflict", "reject"], on: server)
        #expect(again.status == 2, "\(again.output)")
        let both = try await run(["upload", try pdf(1), "--name-conflict", "keep-both", "--wait"], on: server)
        #expect(both.status == 0)
        // Into a workspace that is not the key's own, which it may write in all the same.
        let local = try #require(try ColophonServerProcess.localKey(data: data).split(separator: "_").dropFirst().first.map(String.init))
        #expect(try await run(["key", "create", "its-own", "--workspace", "side"], on: server).status == 0)
        #expect(try await run(["key", "grant", local, "--workspace", "side", "--role", "editor"], on: server).status == 0)
        let side = try await run(["upload", try pdf(1), "--workspace", "side", "--wait"], on: server)
        #expect(side.status == 0 && side.output.hasSuffix("\tcomplete\n"), "\(side.output)")

        let all = try await run(["documents", "list", "--sort", "name"], on: server)
        let names = all.output.split(separator: "\n").compactMap { $0.split(separator: "\t").dropFirst().first }
        #expect(all.status == 0 && names.count == 2 && Set(names) == ["sample-1.pdf", "sample-1 (2).pdf"], "\(all.output)")
        let one = try await run(
            ["documents", "list", "--tag", "inbox", "--filter", "name:iLike:SAMPLE", "--status", "succeeded"], on: server)
        #expect(one.output.hasPrefix("\(id)\tsample-1.pdf\tsucceeded\t") && one.output.contains("\tinbox\t"), "\(one.output)")
        #expect(try await run(["documents", "list", "--filter", "byteSize:gt:100000000"], on: server).output == "")
        #expect(try await run(["documents", "list", "--filter", "nonsense"], on: server).status == 2)
        #expect(try await run(["documents", "list", "--filter", "nonsense:eq:1"], on: server).status == 2)
        let lines = try await run(["documents", "list", "--all", "--json"], on: server)
        #expect(lines.output.split(separator: "\n").count == 2)

        let tagged = try await run(["documents", "tag", id, "--add", "Q1  Report", "--remove", "inbox"], on: server)
        #expect(tagged.output.contains("\tq1 report\t"), "\(tagged.output)")
        let shown = try await run(["documents", "show", id], on: server)
        #expect(shown.output.contains("tags: q1 report\n"), "\(shown.output)")

        #expect(try await run(["documents", "delete", id], on: server).status == 2)
        let deleted = try await run(["documents", "delete", id, "doc-none", "--yes"], on: server)
        #expect(deleted.status == 2 && deleted.output.hasPrefix("\(id)\n") && deleted.output.contains("doc-none"), "\(deleted.output)")
        #expect(try await run(["documents", "show", id], on: server).status == 2)
        #expect(try await run(["documents", "list", "--deleted"], on: server).output.hasPrefix("\(id)\t"))
        #expect(try await run(["documents", "restore", id], on: server).output.hasPrefix("\(id)\t"))
        #expect(try await run(["watch", "--key", "colophon_0000000000000000_none"], on: server).status == 2)
    }
}
