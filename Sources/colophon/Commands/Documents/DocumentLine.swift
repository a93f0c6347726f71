import ColophonAPI

/// A document as a line of columns.
enum DocumentLine {
    static func print(_ document: DocumentOut) {
        let columns = [
            document.id, document.name, status(document), "\(document.byteSize)", document.tags.joined(separator: ","), document.createdAt,
        ]
        Terminal.print(columns.joined(separator: "\t"))
    }

    static func show(_ document: DocumentOut, _ options: WorkspaceOptions) throws {
        if options.json { try Terminal.json(document) } else { print(document) }
    }

    /// The newest run's status; a run that waits to be started has none.
    static func status(_ document: DocumentOut) -> String { document.lastRun.map { $0.status ?? "waiting" } ?? "-" }
}
