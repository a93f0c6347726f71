import ArgumentParser
import ColophonAPI
import ColophonClient

struct UploadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "upload", abstract: "Uploads a file to a server, which processes it.")

    enum Duplicate: String, ExpressibleByArgument, CaseIterable {
        case reuse, record

        var choice: DuplicateChoice { self == .reuse ? .reuse : .record }
    }

    enum NameConflict: String, ExpressibleByArgument, CaseIterable {
        case reject
        case newVersion = "new-version"
        case keepBoth = "keep-both"

        var mode: ConflictMode {
            switch self {
            case .reject: .reject
            case .newVersion: .uploadNewVersion
            case .keepBoth: .keepBoth
            }
        }
    }

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Option(help: "The document's id, doc-…; an existing one gets a new version or run.")
    var id: String?

    @Option(help: "Uploads by name: where a document of the file's name is there already, refuse, make it a version of that, or keep both.")
    var nameConflict: NameConflict?

    @Option(help: "A tag for the document, which is then uploaded by name; may be given several times.")
    var tag: [String] = []

    @Option(help: "Without an id, where the server has a run of equal bytes and settings: reuse it, or record a document of its own.")
    var duplicate: Duplicate = .reuse

    @Flag(help: "Wait until the run has ended.")
    var wait = false

    @Option(help: "How long to wait, in seconds.")
    var timeout = 300

    @OptionGroup var target: WorkspaceOptions

    private var isByName: Bool { nameConflict != nil || !tag.isEmpty || target.workspace != nil }

    func validate() throws {
        if id != nil && isByName { throw ValidationError("--id goes with none of --name-conflict, --tag and --workspace.") }
        if duplicate == .record && isByName {
            throw ValidationError("--duplicate goes with none of --name-conflict, --tag and --workspace.")
        }
    }

    private func upload(_ client: ColophonClient) async throws -> DocumentStatus {
        guard isByName else { return try await client.upload(path: file, to: id, duplicate: duplicate.choice) }
        let document = try await target.open().upload(path: file, conflict: (nameConflict ?? .reject).mode, tags: tag)
        return try await client.status(of: document.id)
    }

    func run() async throws {
        let options = target.client
        let client = try options.client()
        var status = try await upload(client)
        let dedupedFrom = status.dedupedFrom
        if dedupedFrom != nil { Terminal.note("these bytes were there already; this is their document (--duplicate record makes another)") }
        if wait {
            status = try await client.wait(for: status.documentId, timeout: .seconds(timeout)) { status in
                Terminal.progress("\(status.phase): page \(status.pagesCompleted) of \(status.pagesTotal.map(String.init) ?? "?")")
            }
            Terminal.endProgress()
            status.dedupedFrom = dedupedFrom
        }
        if options.json { try Terminal.json(status) } else { Terminal.print("\(status.documentId)\t\(status.runId)\t\(status.status)") }
        if let error = status.error { throw ExitStatusError(.badDocument, "\(error.code): \(error.message)") }
    }
}
