import ArgumentParser
import ColophonClient
import Foundation

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Fetches a stored result.")

    @Argument(help: "The document's id.")
    var document: String

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case md, json, html, text, xml, fields
    }

    @Option(help: "What to fetch; xml is what a mapping made, or else the invoice that a PDF carries, fields what the mapping found.")
    var format: Format = .md

    @Option(help: "The run that made it; default the newest complete one.")
    var run: String?

    @Option(name: .shortAndLong, help: "A file to write; default standard output.")
    var output: String?

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        guard let output else {
            return try await client.export(document, format: format.rawValue, run: run) { Terminal.write(copy $0, to: .results) }
        }
        // Devices and pipes are written to as they are; a file's name appears with the whole result, or not at all.
        var status = stat()
        let isSpecial = stat(output, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
        let path = isSpecial ? output : URL(fileURLWithPath: output).resolvingSymlinksInPath().path
        let temporary = isSpecial ? path : "\(path).part"
        let descriptor = open(temporary, O_WRONLY | O_CLOEXEC | (isSpecial ? 0 : O_CREAT | O_TRUNC), 0o666)
        guard descriptor >= 0 else { throw OutputFile.failure(output, errno) }
        defer { close(descriptor) }
        do {
            try await client.export(document, format: format.rawValue, run: run) { try OutputFile.write(copy $0, to: descriptor) }
            if isSpecial { return }
            guard rename(temporary, path) == 0 else { throw OutputFile.failure(output, errno) }
        } catch {
            if !isSpecial { unlink(temporary) }
            // The client calls it a bad answer when its caller cannot take a piece.
            if case ClientError.badAnswer(let cause as POSIXError) = error { throw OutputFile.failure(output, cause) }
            throw error
        }
    }
}
