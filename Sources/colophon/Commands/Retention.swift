import ArgumentParser
import ColophonCore

struct Retention: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows and sets how long a workspace keeps bytes.", subcommands: [Show.self, Set.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows how long a workspace keeps bytes.")
        @OptionGroup var target: RetentionTarget

        func run() async throws {
            try target.print(try await target.withLibrary { try await $0.retention(of: target.id) })
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets how long a workspace keeps bytes; what is not named stays as it is.",
            discussion: "Times are 90s, 15m, 12h, 7d and the like; never means that nothing goes.")

        @Option(help: "Uploaded bytes, from their upload on.") var sources: Age?
        @Option(help: "Results, from their run's completion on.") var results: Age?
        @Option(help: "Results, from the first complete download of one of them on.") var afterDownload: Age?
        @OptionGroup var target: RetentionTarget

        func validate() throws {
            if sources == nil && results == nil && afterDownload == nil {
                throw ValidationError("Say what to set: --sources, --results or --after-download.")
            }
        }

        func run() async throws {
            let set = try await target.withLibrary { library in
                var policy = try await library.retention(of: target.id)
                if let sources { policy.sources = sources.duration }
                if let results { policy.results = results.duration }
                if let afterDownload { policy.afterDownload = afterDownload.duration }
                try await library.setRetention(policy, of: target.id)
                return policy
            }
            try target.print(set)
        }
    }
}

/// Whose retention, and where.
struct RetentionTarget: ParsableArguments {
    @Option(help: "The workspace.") var workspace = Library.defaultWorkspace.rawValue
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var service: ServiceOptions

    var id: WorkspaceID { WorkspaceID(rawValue: workspace) }

    func withLibrary<Result>(_ body: (Library) async throws -> Result) async throws -> Result {
        try await service.withData(logger: service.logger()) { try await body($0.library) }
    }

    func print(_ policy: RetentionPolicy) throws {
        let answer = Answer(
            workspace: workspace, sources: "\(Age(policy.sources))", results: "\(Age(policy.results))",
            afterDownload: "\(Age(policy.afterDownload))")
        if json { return try Terminal.json(answer) }
        Terminal.print("sources\t\(answer.sources)\nresults\t\(answer.results)\nafter download\t\(answer.afterDownload)")
    }

    private struct Answer: Encodable {
        var workspace: String
        var sources: String
        var results: String
        var afterDownload: String
    }
}
