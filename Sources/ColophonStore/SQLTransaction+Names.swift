import ColophonCore

/// How names are kept apart: live documents that are made or renamed under one differ by it from each other.
///
/// Uploads to an id that a client chose take whatever name they bring: there the id is the name.
extension SQLTransaction {
    /// How many names are tried before none is free.
    private static let numbersMax = 1000

    /// Waits until nobody else takes a name; the first lock of whoever does.
    func lockName(_ name: String, in workspace: WorkspaceID) throws {
        if dialect == .sqlite { return }
        try lockText("name/\(workspace)/\(DocumentName.key(name))")
    }

    /// The name, or where it is taken the first of "name (2)", "name (3)" … that is not; its lock is held.
    ///
    /// - Parameter id: A document that may have the name already.
    func freeName(_ name: String, besides id: DocumentID? = nil, in workspace: WorkspaceID) throws -> String {
        try lockName(name, in: workspace)
        if try holder(ofName: name, besides: id, in: workspace) == nil { return name }
        for number in 2...Self.numbersMax {
            let other = DocumentName.numbered(name, number)
            // Whoever is looking for the same name waits at the first; these locks are against those who want just this one.
            if try holder(ofName: other, besides: id, in: workspace) != nil { continue }
            try lockName(other, in: workspace)
            if try holder(ofName: other, besides: id, in: workspace) == nil { return other }
        }
        throw ColophonError.nameTaken(name)
    }
}

extension SQLConnection {
    /// The live document that has a name; the oldest, where several have.
    func holder(ofName name: String, besides id: DocumentID? = nil, in workspace: WorkspaceID) throws -> DocumentID? {
        let rows = try rows(
            "SELECT id FROM files WHERE workspace_id = ? AND deleted_at IS NULL AND name_key = ? ORDER BY id LIMIT 2",
            [.id(workspace), .text(DocumentName.key(name))])
        return try rows.map { try $0.id("id", as: DocumentID.self) }.first { $0 != id }
    }
}
