import ArgumentParser
import ColophonAPI
import ColophonClient
import Foundation

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Prints what changes in a workspace's documents, as it happens, until Ctrl-C.",
        discussion: """
            One line a change: when it was seen, upsert or delete, the document, its name and its run's status as they are now, and the change's \
            number, which --since takes. Connections that break are made again by themselves.
            """)

    @Option(help: "Begin after this change; default with what happens from now on.")
    var since: Int64?

    @OptionGroup var options: WorkspaceOptions

    /// How many changes are looked up together.
    private static let batch = 100

    func validate() throws {
        if let since, since < 0 { throw ValidationError("--since is the number of a change.") }
    }

    func run() async throws {
        let workspace = try options.open()
        // Asked for in any case: what is wrong with server or key is said at once.
        let now = try await workspace.changePosition()
        let start = since.map { ChangePosition($0) } ?? now
        let lines = WatchLines(workspace: workspace, json: options.json)
        let notices = WatchNotices()
        try await Interruption.end {
            let changes = workspace.changes(since: start, listingDocuments: false) { notices.tell($0) }
            var iterator = changes.makeAsyncIterator()
            while let batch = try await iterator.next(upTo: Self.batch) { try await lines.print(batch) }
        }
    }
}
