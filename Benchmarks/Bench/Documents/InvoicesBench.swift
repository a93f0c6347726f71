import ArgumentParser
import ColophonProcesses
import Foundation

/// What the plain mapping finds in invoices of which the truth is known, beside a reader of invoices that has a template for each issuer.
struct InvoicesBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoices", abstract: "Fields found in invoices, as a table in Markdown, beside invoice2data with its own templates.")

    @Argument(help: "A folder of pairs: an invoice NAME.pdf, and its fields, NAME.json, as invoice2data's tests write them.")
    var folder = "../shared/corpus/invoice2data"

    @Option(help: "The mapping.") var mapping = "invoice_generic_v1"
    @Option(help: "invoice2data's program; without it ours stands alone.") var peer = ".deps/peers/bin/invoice2data"

    func run() async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".pdf") }.sorted()
        var sums = (ours: InvoiceScore(), peer: InvoiceScore())
        print("| invoice | colophon: number, date, total, currency, lines | invoice2data: the same |\n|---|---|---|")
        for name in names {
            let base = (name as NSString).deletingPathExtension
            guard let truth = InvoiceFields(truth: "\(folder)/\(base).json") else {
                print("| \(base) | its truth cannot be read | |")
                continue
            }
            let (ours, theirs) = try await Samples.withFolder { scratch in
                (
                    try await own("\(folder)/\(name)", scratch).score(against: truth),
                    try await peers("\(folder)/\(name)", scratch)?.score(against: truth)
                )
            }
            sums.ours += ours
            if let theirs { sums.peer += theirs }
            print("| \(base) | \(ours.row) | \(theirs?.row ?? "not run") |")
        }
        print("| all | \(sums.ours.sum) | \(sums.peer.sum) |")
    }

    private func own(_ file: String, _ scratch: String) async throws -> InvoiceFields {
        let output = "\(scratch)/own.json"
        let process = try ChildProcess(ColophonBench.program, ["mapping", "try", file, "--mapping", mapping, "--fields"], output: output)
        _ = await process.wait(timeout: .seconds(120))
        return InvoiceFields(report: output) ?? InvoiceFields()
    }

    /// Nil where the program is not there.
    private func peers(_ file: String, _ scratch: String) async throws -> InvoiceFields? {
        guard FileManager.default.isExecutableFile(atPath: peer) else { return nil }
        let output = "\(scratch)/peer"
        let process = try ChildProcess(peer, ["-f", "json", "-o", output, file], output: "\(scratch)/peer.log")
        _ = await process.wait(timeout: .seconds(120))
        return InvoiceFields(truth: "\(output).json") ?? InvoiceFields()
    }
}
