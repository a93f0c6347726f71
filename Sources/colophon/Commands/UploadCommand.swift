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

    @Option(help: "A mapping that turns the document into XML; `colophon mapping list` shows the built-in ones.")
    var mapping: String?

    @OptionGroup var languages: LanguageOptions
    @OptionGroup var password: PasswordOptions
    @OptionGroup var target: WorkspaceOptions

    private var isByName: Bool { nameConflict != nil || !tag.isEmpty || target.named != nil }

    func validate() throws {
        if id != nil && isByName { throw ValidationError("--id goes with none of --name-conflict, --tag and --workspace.") }
        if duplicate == .record && isByName {
            throw ValidationError("--duplicate goes with none of --name-conflict, --tag and --workspace.")
        }
    }

    func run() async throws { try await isByName ? uploadByName() : uploadByID() }

    private func uploadByName() async throws {
        let workspace = try target.open()
        var document = try await workspace.upload(
            path: file, conflict: (nameConflict ?? .reject).mode, tags: tag, ocrLanguages: languages.names, mapping: mapping,
            password: password.text)
        guard let id = document.lastRun?.id else { return try tell(document, document.id, "-", "-") }
        let run =
            wait
            ? try await workspace.wait(forRun: id, timeout: .seconds(timeout)) { Self.progress($0.phase, $0.pagesCompleted, $0.pagesTotal) }
            : try await workspace.run(id).run
        if wait {
            Terminal.endProgress()
            document = try await workspace.document(document.id)
        }
        warn(run.warnings)
        try tell(document, document.id, run.id, run.state)
        try fail(run.errorCode, run.errorMessage)
    }

    private func uploadByID() async throws {
        let client = try target.client.client()
        var status = try await client.upload(
            path: file, to: id, duplicate: duplicate.choice, ocrLanguages: languages.names, mapping: mapping, password: password.text)
        let dedupedFrom = status.dedupedFrom
        if dedupedFrom != nil { Terminal.note("these bytes were there already; this is their document (--duplicate record makes another)") }
        if wait {
            status = try await client.wait(for: status.documentId, timeout: .seconds(timeout)) {
                Self.progress($0.phase, $0.pagesCompleted, $0.pagesTotal)
            }
            Terminal.endProgress()
            status.dedupedFrom = dedupedFrom
        }
        warn(status.warnings)
        try tell(status, status.documentId, status.runId, status.status)
        try fail(status.error?.code, status.error?.message)
    }

    private static func progress(_ phase: String, _ pages: Int, _ total: Int?) {
        Terminal.progress("\(phase): page \(pages) of \(total.map(String.init) ?? "?")")
    }

    private func tell(_ answer: some Encodable, _ columns: String...) throws {
        if target.json { try Terminal.json(answer) } else { Terminal.print(columns.joined(separator: "\t")) }
    }

    private func warn(_ warnings: [RunWarningOut]) {
        for warning in warnings { Terminal.note("\(warning.code): \(warning.message)") }
    }

    private func fail(_ code: String?, _ message: String?) throws {
        if let code { throw ExitStatusError(.badDocument, "\(code): \(message ?? "")") }
    }
}
