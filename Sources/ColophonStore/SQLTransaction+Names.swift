import ColophonCore

/// How names are kept apart: live documents that are made or renamed under one differ by it from each other.
///
/// Uploads to an id that a client chose take whatever name they bring: there the id is the name.
extension SQLTransaction {
    /// The highest number that a name is given.
    private static let numberMax = 1 << 20

    /// Waits until nobody else takes a name; the first lock of whoever does.
    func lockName(_ name: String, in workspace: WorkspaceID) throws {
        if dialect == .sqlite { return }
        try lockText("name/\(workspace)/\(DocumentName.key(name))")
    }

    /// The name, or where it is taken one of "name (2)", "name (3)" … that is not: the first, as long as none before it was given up. Its lock is
    /// held.
    ///
    /// - Parameter id: A document that may have the name already.
    /// - Complexity: O(log n) names are looked up where n are taken.
    func freeName(_ name: String, besides id: DocumentID? = nil, in workspace: WorkspaceID) throws -> String {
        try lockName(name, in: workspace)
        func isTaken(_ name: String) throws -> Bool { try holder(ofName: name, besides: id, in: workspace) != nil }
        if try !isTaken(name) { return name }
        var (taken, free) = (1, 2)
        while free <= Self.numberMax {
            if try isTaken(DocumentName.numbered(name, free)) {
                (taken, free) = (free, free * 2)
                continue
            }
            while free - taken > 1 {
                let middle = (taken + free) / 2
                if try isTaken(DocumentName.numbered(name, middle)) { taken = middle } else { free = middle }
            }
            // Whoever is looking for the same name waits at the first; this lock is against those who want just this one.
            let other = DocumentName.numbered(name, free)
            try lockName(other, in: workspace)
            if try !isTaken(other) { return other }
            (taken, free) = (free, free * 2)
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
