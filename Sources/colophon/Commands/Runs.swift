import ArgumentParser
import ColophonAPI
import ColophonClient

struct Runs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows and steers the runs of a document.", subcommands: [List.self, Show.self, Cancel.self, Retry.self, Reparse.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists a document's runs, newest first.")
        @Argument(help: "The document's id.") var document: String
        @Option(help: "The most runs to list.") var limit = 50
        @OptionGroup var options: ClientOptions

        func run() async throws {
            let list = try await options.client().runs(of: document, limit: limit)
            if options.json { return try Terminal.json(list) }
            for run in list.runs { RunLine.print(run) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one run, and why it moves or does not.")
        @Argument(help: "The document's id.") var document: String
        @Argument(help: "The run's id; default the newest one's.") var run: String?
        @OptionGroup var options: ClientOptions

        func run() async throws {
            let client = try options.client()
            let newest = run == nil ? try await client.runs(of: document, limit: 1).runs.first?.runId : run
            guard let newest else { throw ExitStatusError(.usage, "The document has no run.") }
            let report = try await client.run(newest, of: document)
            if options.json { return try Terminal.json(report) }
            for line in RunReportText(report: report).lines { Terminal.print(line) }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a run at once.")
        @OptionGroup var name: RunName
        @OptionGroup var options: ClientOptions

        func run() async throws { try RunLine.show(try await options.client().cancel(name.run, of: name.document), options) }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Queues a failed run once more.")
        @OptionGroup var name: RunName
        @OptionGroup var options: ClientOptions

        func run() async throws { try RunLine.show(try await options.client().retry(name.run, of: name.document), options) }
    }

    struct Reparse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Starts a new run over the document's newest bytes.")
        @Argument(help: "The document's id.") var document: String
        @OptionGroup var languages: LanguageOptions
        @OptionGroup var options: ClientOptions

        func run() async throws {
            let status = try await options.client().reparse(document, ocrLanguages: languages.names)
            if options.json { return try Terminal.json(status) }
            Terminal.print("\(status.documentId)\t\(status.runId)\t\(status.status)")
        }
    }
}

struct RunName: ParsableArguments {
    @Argument(help: "The document's id.") var document: String
    @Argument(help: "The run's id.") var run: String
}

enum RunLine {
    static func print(_ run: RunRecord) {
        let pages = "\(run.pagesCompleted)/\(run.pagesTotal.map(String.init) ?? "?")"
        let columns = [
            run.runId, "#\(run.number)", run.status, "attempt \(run.attempt)", "pages \(pages)", run.startedAt, run.error?.code ?? "",
        ]
        Terminal.print(columns.joined(separator: "\t"))
    }

    static func show(_ run: RunRecord, _ options: ClientOptions) throws {
        if options.json { try Terminal.json(run) } else { print(run) }
    }
}
