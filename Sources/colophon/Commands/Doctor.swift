import ArgumentParser
import ColophonCore
import ColophonExtraction
import ColophonStore
import DoclingDocument
import Foundation
import Logging

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Checks this installation and says what is missing.")

    @OptionGroup var service: ServiceOptions
    @Flag(help: "Print JSON.") var json = false

    struct Finding: Encodable {
        var check: String
        var ok: Bool
        var detail: String
    }

    func run() async throws {
        var findings = [await reader(), await sandbox(), await recognition()]
        findings += await storage()
        if json {
            try Terminal.json(findings)
        } else {
            for finding in findings { Terminal.print("\(finding.ok ? "ok  " : "FAIL") \(finding.check): \(finding.detail)") }
        }
        if findings.contains(where: { !$0.ok }) { throw ExitStatusError(.unavailable) }
    }

    /// Has a tiny document read, from end to end.
    private func reader() async -> Finding {
        do {
            let program = try ChildProgram.locate()
            let document = try await extraction(of: ProbePDF.bytes, by: program).document
            let text = try document.plainText()
            guard text.contains(ProbePDF.text) else {
                return Finding(check: "reader", ok: false, detail: "it read \"\(text)\" where \"\(ProbePDF.text)\" stands")
            }
            return Finding(check: "reader", ok: true, detail: "\(program.path) reads a PDF within its limits")
        } catch {
            return Finding(check: "reader", ok: false, detail: ExitStatus.describe(error).message ?? "\(error)")
        }
    }

    private func extraction(of bytes: [UInt8], by program: ChildProgram) async throws -> Extraction {
        let path = NSTemporaryDirectory() + "/colophon-doctor-\(getpid())"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        let extractor = NativeExtractor(program: program, limits: try service.limits.limits())
        return try await extractor.extract(ExtractionSource(descriptor: descriptor, name: "probe")) { _ in }
    }

    /// Has an empty image read. That nobody can is no fault: what cannot be recognised is said of each run.
    private func recognition() async -> Finding {
        do {
            let languages = try service.limits.limits().recognitionLanguages
            let extraction = try await extraction(of: ProbeImage.bytes, by: try ChildProgram.locate())
            let detail = extraction.warnings.first.map { "scanned pages are not read. \($0.message)" }
            return Finding(check: "ocr", ok: true, detail: detail ?? "scanned pages are read in \(languages.joined(separator: ", "))")
        } catch {
            return Finding(check: "ocr", ok: false, detail: Self.detail(error))
        }
    }

    private func sandbox() async -> Finding {
        do {
            let guards = try await ReaderGuards.ask(program: try ChildProgram.locate(), limits: try service.limits.limits())
            let missing = guards.warnings.isEmpty ? "" : ". \(guards.warnings.joined(separator: " "))"
            return Finding(check: "sandbox", ok: true, detail: "readers are held by \(guards.names.joined(separator: ", "))\(missing)")
        } catch {
            return Finding(check: "sandbox", ok: false, detail: Self.detail(error))
        }
    }

    private func storage() async -> [Finding] {
        do {
            return try await service.withData(readsTables: true, logger: service.logger()) { try await storage(of: $0) }
        } catch {
            return [Finding(check: "storage", ok: false, detail: Self.detail(error))]
        }
    }

    private func storage(of open: OpenData) async throws -> [Finding] {
        try await open.library.store.check()
        let durability =
            if let embedded = open.database as? SQLiteDatabase {
                try await embedded.synchronousLevel() == 2 ? "full" : "normal"
            } else { "the database server's" }
        let depth = try await open.library.store.queueDepth()
        let oldest = try await open.library.store.oldestWaitingJob().map(Self.describe) ?? ""
        let broken = try await open.library.store.violations(limit: 20)
        return [
            Finding(
                check: "storage", ok: true, detail: "\(service.data.path) can be written; commits are \(durability)"),
            await self.blobs(open.library),
            Finding(check: "queue", ok: true, detail: "\(depth.waiting) waiting, \(depth.claimed) claimed\(oldest)"),
            Finding(check: "ledger", ok: broken.isEmpty, detail: broken.isEmpty ? "every rule holds" : broken.joined(separator: "; ")),
        ]
    }

    private func blobs(_ library: Library) async -> Finding {
        let place = service.blobs.name(in: service.data)
        do {
            try await library.blobs.check()
            return Finding(check: "blobs", ok: true, detail: "\(place) can be written")
        } catch {
            return Finding(check: "blobs", ok: false, detail: "\(place): \(Self.detail(error))")
        }
    }

    /// What lay underneath is for the operator's eyes, who are the doctor's only readers.
    private static func detail(_ error: any Error) -> String {
        let cause = (error as? ColophonError)?.cause.map { " (\($0))" } ?? ""
        return (ExitStatus.describe(error).message ?? "\(error)") + cause
    }

    private static func describe(_ job: OldestJob) -> String {
        let waited = RunReportText.text(Double(job.at.milliseconds - job.dueAt.milliseconds) / 1000)
        let subject = job.document.map { document in "document \(document), run \(job.run?.rawValue ?? "?")" } ?? "no run"
        return "; the oldest waits for \(waited) in workspace \(job.workspace): \(subject)"
    }
}
