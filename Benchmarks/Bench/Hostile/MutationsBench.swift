import ArgumentParser
import ColophonSamples
import Foundation

/// Damaged PDFs, many of them.
struct MutationsBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutations", abstract: "Real PDFs, damaged at random: each must end in a result or in a typed error.")

    @Option(help: "How many.") var count = 2000
    @Option(help: "Other seeds damage otherwise.") var seed: UInt64 = 1
    @Option(help: "A folder of files, looked through to the bottom; larger ones than half a MiB are left out.")
    var corpus = "../shared/corpus"
    @Flag(help: "Damage other files than PDFs: those of the formats of offices, HTML, Markdown and CSV.") var others = false

    func run() async throws {
        let endings = others ? [".docx", ".xlsx", ".pptx", ".html", ".md", ".csv"] : [".pdf"]
        let files = try FileManager.default.subpathsOfDirectory(atPath: corpus).sorted().map { "\(corpus)/\($0)" }.filter { file in
            let size = (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
            return endings.contains { file.hasSuffix($0) } && (100...(512 << 10)).contains(size)
        }
        guard !files.isEmpty else { throw ValidationError("There are no such files in \(corpus).") }
        try await Samples.withFolder { folder in
            let server = try await HostileServer(folder: folder)
            let seed = seed
            try await server.read(0..<count) { number in
                var generator = SplitMix64(seed: seed &* 1_000_003 &+ UInt64(number))
                let file = files[Int(generator.next() % UInt64(files.count))]
                var mutator = Mutator(seed: generator.next())
                let ending = (file as NSString).pathExtension
                let path = "\(folder)/\(number).\(ending)"
                try Data(mutator.mutate(Array(Data(contentsOf: URL(fileURLWithPath: file))))).write(to: URL(fileURLWithPath: path))
                return (path, "seed \(seed), number \(number), of \((file as NSString).lastPathComponent)")
            }
            // A page has ten seconds; what waits before it in two slots is no more than a handful.
            try await server.report(eachOne: false, secondsMax: 60, mayBeLost: false)
        }
    }
}
