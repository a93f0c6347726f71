import ArgumentParser
import ColophonProcesses
import Foundation

/// Readers of PDFs by turns over one folder: ours gives Markdown and DoclingDocument JSON of every file.
struct ReadingBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reading", abstract: "Extraction beside pdf-inspector and opendataloader-pdf, by turns.")

    @Option(help: "A folder of PDFs, looked through to the bottom.") var corpus = "../shared/corpus"
    @Option(help: "How often.") var rounds = 3
    @Option(help: "The repository, for the peers.") var repository = "."

    private static let engines = ["pdf-inspector", "opendataloader-pdf"]
    private static let formats = ["md", "md,json"]

    func run() async throws {
        let files = try FileManager.default.subpathsOfDirectory(atPath: corpus).filter { $0.hasSuffix(".pdf") }.sorted().map {
            "\(corpus)/\($0)"
        }
        var ours: [String: [Double]] = [:]
        var peers: [String: [[String: Double]]] = [:]
        var pages = 0
        for _ in 0..<rounds {
            // One of the others writes its results nowhere.
            try await Samples.withFolder(in: Samples.memoryFolder) { folder in
                for format in Self.formats { ours[format, default: []].append(try await convert(files, to: format, in: folder)) }
                pages = try Self.pages(in: folder)
            }
            for engine in Self.engines {
                peers[engine, default: []].append(try await Peer.text(engine: engine).run([engine] + files, repository: repository))
            }
        }
        print("reading: \(files.count) files, \(pages) pages in those that ours reads; no recognition of scans")
        for format in Self.formats {
            let seconds = ours[format] ?? []
            print("  colophon, \(format): CPU s \(Spread(seconds)), pages a CPU second \(Spread(seconds.map { Double(pages) / $0 }))")
        }
        for engine in Self.engines {
            let figures = peers[engine] ?? []
            let seconds = figures.compactMap { $0["cpu_s"] }
            print(
                "  \(engine): CPU s \(Spread(seconds)), of the same pages a CPU second \(Spread(seconds.map { Double(pages) / $0 })), "
                    + "\(Int(figures.first?["read"] ?? 0)) files read, peak MB \(Spread(figures.compactMap { $0["peak_mb"] }))")
            for format in Self.formats {
                print("    its CPU over ours for \(format): \(Spread(zip(seconds, ours[format] ?? []).map { $0 / $1 }))")
            }
        }
    }

    private func convert(_ files: [String], to format: String, in folder: String) async throws -> Double {
        let process = try ChildProcess(
            ColophonBench.program, ["convert", "--ocr-languages", "off", "--to", format, "-o", folder + "/"] + files)
        return await process.wait(timeout: .seconds(600)).cpuSeconds
    }

    private static func pages(in folder: String) throws -> Int {
        struct Pages: Decodable { var pages: [String: Page] }
        struct Page: Decodable {}
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }.reduce(0) { count, name in
            count + (try JSONDecoder().decode(Pages.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))).pages.count)
        }
    }
}
