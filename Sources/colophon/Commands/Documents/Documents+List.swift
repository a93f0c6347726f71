import ArgumentParser
import ColophonAPI
import ColophonClient
import ColophonCore

extension Documents {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists documents, the newest first unless told otherwise.",
            discussion: """
                A filter is FIELD:OPERATOR:VALUE, as name:iLike:report, byteSize:between:1,5000, hasOutput:eq:true or tags:isEmpty. \
                All filters must fit.
                """)

        @Option(name: .long, parsing: .unconditionalSingleValue, help: "A condition; may be given several times.")
        var filter: [FilterArgument] = []

        @Option(
            parsing: .unconditionalSingleValue,
            help: "What to sort by, as name or -createdAt, the second for falling order; at most two.")
        var sort: [SortArgument] = []

        @Option(help: "Only documents with this tag; of several one is enough.") var tag: [String] = []
        @Option(
            help: ArgumentHelp(
                "Only those whose newest run stands so; of several one is enough.",
                discussion: "Those that wait to be begun are found by --filter lastRunPhase:isEmpty."))
        var status: [LastRunPhase] = []
        @Option(help: "Words to look for.") var text: String?
        @Flag(help: "Deleted documents that can be restored instead of live ones.") var deleted = false
        @Option(help: "The most documents to list, 1 to 200.") var limit = 50
        @Flag(help: "List all of them; as JSON, one a line.") var all = false
        @OptionGroup var options: WorkspaceOptions

        private var selection: DocumentSelection {
            var filters = filter.map(\.filter)
            if !tag.isEmpty { filters.append(.tagged(anyOf: tag)) }
            if !status.isEmpty { filters.append(.lastRun(anyOf: status.map(\.rawValue))) }
            return DocumentSelection(filters, sort: sort.map(\.sort), text: text, lifecycle: deleted ? .deleted : .active)
        }

        func run() async throws {
            let workspace = try options.open()
            if all {
                for try await document in workspace.allDocuments(selection) {
                    if options.json { try Terminal.jsonLine(document) } else { DocumentLine.print(document) }
                }
                return
            }
            let list = try await workspace.documents(selection, limit: limit)
            if options.json { return try Terminal.json(list) }
            for document in list.items { DocumentLine.print(document) }
            if list.meta.hasMore { Terminal.note("there are more: --all lists them") }
        }
    }
}

extension LastRunPhase: ExpressibleByArgument {}
