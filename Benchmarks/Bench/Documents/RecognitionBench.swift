import ArgumentParser
import ColophonProcesses
import ColophonSamples
import Foundation

/// Scanned pages read by `convert` and by Tesseract's own program, by turns, from the same image.
struct RecognitionBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ocr", abstract: "Recognition: seconds a page beside the tesseract program, and the words that each gives.")

    @Argument(help: "PDFs of one scanned page.") var files: [String] = [
        "../shared/corpus/ocr/ocr_test.pdf", "../shared/corpus/ocr/ocr_test_rotated_90.pdf", "../shared/corpus/ocr/non_searchable.pdf",
    ]
    @Option(help: "How often.") var rounds = 5
    @Option(help: "Tesseract's program.") var tesseract = "/usr/bin/tesseract"

    func run() async throws {
        try await Samples.withFolder { folder in
            let generated = "\(folder)/generated.pdf"
            try Samples.write(pages: 1, to: generated)
            print(
                "| page | colophon, from the PDF, CPU s | from the image, CPU s | tesseract, from the image, CPU s | image over image | words, ours and its |"
            )
            print("|---|---|---|---|---|---|")
            for file in files + [generated] { try await measure(file, in: folder) }
        }
    }

    private func measure(_ file: String, in folder: String) async throws {
        let name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
        let image = "\(folder)/\(name)-1.png"
        // The widest that is drawn; a letter's 8.5 inches have 282 dots per inch then.
        try await run(["convert", "--ocr-languages", "off", "--images", folder, "--image-width", "2400", "-o", "\(folder)/x.md", file])
        var seconds: (pdf: [Double], image: [Double], peer: [Double]) = ([], [], [])
        for _ in 0..<rounds {
            seconds.pdf.append(try await run(["convert", "--to", "text", "-o", "\(folder)/pdf.txt", file]))
            seconds.image.append(try await run(["convert", "--to", "text", "-o", "\(folder)/ours.txt", image]))
            let process = try ChildProcess(tesseract, [image, "\(folder)/peer"], environment: ["OMP_THREAD_LIMIT": "1"])
            seconds.peer.append(await process.wait(timeout: .seconds(120)).cpuSeconds)
        }
        let (ours, peer) = (try words("\(folder)/ours.txt"), try words("\(folder)/peer.txt"))
        let ratio = Spread(seconds.image).median / Spread(seconds.peer).median
        print(
            "| \(name) | \(Spread(seconds.pdf)) | \(Spread(seconds.image)) | \(Spread(seconds.peer)) | "
                + String(format: "%.2f", ratio) + " | \(ours.count), \(peer.count), \(ours.intersection(peer).count) of them the same |")
    }

    @discardableResult
    private func run(_ words: [String]) async throws -> Double {
        let usage = await (try ChildProcess(ColophonBench.program, words)).wait(timeout: .seconds(120))
        guard usage.status == 0 else { throw ValidationError("convert failed: \(words.joined(separator: " "))") }
        return usage.cpuSeconds
    }

    private func words(_ path: String) throws -> Set<String> {
        Set(try String(contentsOfFile: path, encoding: .utf8).lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }
}
