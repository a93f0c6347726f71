import ArgumentParser
import ColophonClient
import Foundation

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Fetches a stored result.")

    @Argument(help: "The document's id.")
    var document: String

    @Option(help: "What to fetch.")
    var format: Convert.Format = .md

    @Option(help: "The run that made it; default the newest complete one.")
    var run: String?

    @Option(name: .shortAndLong, help: "A file to write; default standard output.")
    var output: String?

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        guard let output else {
            return try await client.export(document, format: format.rawValue, run: run) { Terminal.write(copy $0, to: 1) }
        }
        // The name appears with the whole result, or not at all.
        let temporary = "\(output).part"
        guard FileManager.default.createFile(atPath: temporary, contents: nil), let file = FileHandle(forWritingAtPath: temporary) else {
            throw ExitStatusError(.usage, "\(output) cannot be written.")
        }
        do {
            try await client.export(document, format: format.rawValue, run: run) { try file.write(contentsOf: copy $0) }
            try file.close()
            guard rename(temporary, output) == 0 else { throw ExitStatusError(.usage, "\(output) cannot be written.") }
        } catch {
            unlink(temporary)
            throw error
        }
    }
}
