import ArgumentParser
import Foundation

/// Measures Colophon with plain commands; Docs/benchmarks.md says what each figure means.
@main
struct ColophonBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "colophon-bench",
        subcommands: [
            ExtractionBench.self, QueueBench.self, ServerBench.self, CancelBench.self, TakeoverBench.self, StreamBench.self,
            ListBench.self, HostileBench.self, PicturesBench.self, GoldBench.self, InvoicesBench.self, ReadingBench.self,
            RecognitionBench.self, SampleCommand.self, AllBench.self,
        ],
        defaultSubcommand: AllBench.self)

    static var folder: String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return (own as NSString).deletingLastPathComponent
    }

    static var program: String { "\(folder)/colophon" }
}

/// What needs no database server, with its defaults.
struct AllBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all", abstract: "Runs extraction, queue drain, server, cancel and takeover with their defaults.")

    func run() async throws {
        let extraction = try ExtractionBench.parse([])
        let drain = try DrainBench.parse([])
        let server = try ServerBench.parse([])
        let cancel = try CancelBench.parse([])
        let takeover = try TakeoverBench.parse([])
        try await extraction.run()
        try await drain.run()
        try await server.run()
        try await cancel.run()
        try await takeover.run()
    }
}

/// Writes a generated PDF.
struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sample", abstract: "Writes a PDF of invented text.")

    @Option(help: "How many pages.") var pages = 1
    @Option(help: "Other seeds give other words.") var seed: UInt64 = 1
    @Argument(help: "The file to write.") var file: String

    func run() throws { try Samples.write(pages: pages, seed: seed, to: file) }
}
