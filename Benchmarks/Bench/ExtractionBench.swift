import ArgumentParser
import ColophonChild
import ColophonProcesses
import DoclingDocument
import Foundation

/// Pages a CPU second of one `convert` over a folder of PDFs, and the child's peak memory file by file.
struct ExtractionBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "extraction", abstract: "Extraction: pages a CPU second, peak memory.")

    @Option(help: "A folder of PDFs, looked through to the bottom.") var corpus = "../shared/corpus"
    @Option(help: "How often.") var rounds = 5
    @Option(help: "The child's peak memory is measured on a generated file of so many pages, too.") var pages = 2000

    func run() async throws {
        let files = try FileManager.default.subpathsOfDirectory(atPath: corpus).filter { $0.hasSuffix(".pdf") }.sorted().map {
            "\(corpus)/\($0)"
        }
        try await Samples.withFolder { folder in
            var pageCount = 0
            var failed = 0
            var peaks: [Double] = []
            for file in files {
                let (pages, usage) = try await child(file, folder: folder)
                pageCount += pages ?? 0
                failed += pages == nil ? 1 : 0
                peaks.append(Double(usage.peakBytes) / 1e6)
            }
            let probe = "\(folder)/probe.pdf"
            try Samples.write(pages: 1, to: probe)
            let copies = try files.indices.map { index in
                let copy = "\(folder)/probe-\(index).pdf"
                try FileManager.default.copyItem(atPath: probe, toPath: copy)
                return copy
            }
            var total: [Double] = []
            var startUp: [Double] = []
            for _ in 0..<rounds {
                total.append(try await convert(files, to: "\(folder)/md", format: "md").cpuSeconds)
                startUp.append(try await convert(copies, to: "\(folder)/md", format: "md").cpuSeconds)
            }
            let net = zip(total, startUp).map { Double(pageCount) / ($0 - $1) }
            print("extraction: \(files.count) files, \(pageCount) pages, \(failed) files end in a typed error")
            print("  CPU s of one convert over all, children included: \(Spread(total))")
            print("  of it start-up (as many one-page files): \(Spread(startUp))")
            print("  pages a CPU second, start-up included: \(Spread(total.map { Double(pageCount) / $0 }))")
            print("  pages a CPU second, start-up apart: \(Spread(net))")
            print("  child's peak MB over the corpus: \(Spread(peaks))")
            let long = "\(folder)/long.pdf"
            try Samples.write(pages: pages, to: long)
            let (_, usage) = try await child(long, folder: folder)
            print(String(format: "  child's peak MB on %d generated pages: %.1f", pages, Double(usage.peakBytes) / 1e6))
        }
    }

    private func convert(_ files: [String], to folder: String, format: String) async throws -> ChildProcess.Usage {
        let process = try ChildProcess(ColophonBench.program, ["convert", "--to", format, "-o", folder + "/"] + files)
        return await process.wait(timeout: .seconds(600))
    }

    /// One child by itself.
    ///
    /// - Returns: The pages that it read, none when it answered with a failure, and what it used.
    private func child(_ file: String, folder: String) async throws -> (Int?, ChildProcess.Usage) {
        let output = "\(folder)/frames"
        unlink(output)
        let guards = ChildGuards(memoryBytesMax: 1 << 30, cpuSecondsMax: 300, parent: 0)
        let arguments = ChildArguments(name: "bench.pdf", type: "", pagesMax: 2000, guards: guards).words
        // Its limits forbid it to write a file, so a pipe stands between.
        let process = try ChildProcess(
            "/bin/sh",
            ["-c", "exec \"$0\" \"$@\" < \"$INPUT\" | cat > \"$OUTPUT\"", "\(ColophonBench.folder)/colophon-extract"] + arguments,
            environment: ["INPUT": file, "OUTPUT": output])
        let usage = await process.wait(timeout: .seconds(120))
        return (try FramePages.count(inFileAt: output), usage)
    }
}
