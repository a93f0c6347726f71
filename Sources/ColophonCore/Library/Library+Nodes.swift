import DoclingDocument

extension Library {
    /// Some of a result's nodes, read from the structure that the run stored.
    ///
    /// - Parameters:
    ///   - kind: Nil takes all.
    ///   - wanted: Which of them, counted from 0; at most `limits.eventsMax`.
    ///   - run: Pins the result to one run; nil takes the document's newest complete one.
    ///   - bytesMax: A larger structure is not read for a list; its exports are still there.
    /// - Throws: As `page`, and `invalid` for more nodes than that.
    /// - Complexity: O(size of the structure).
    package func nodes(
        _ kind: ResultNode.Kind?, _ wanted: Range<Int>, run: RunID?, of id: DocumentID, bytesMax: Int, in scope: WorkspaceScope
    ) async throws -> ResultNodes {
        guard (1...limits.eventsMax).contains(wanted.count) else {
            throw ColophonError(.invalid, "limit must be from 1 to \(limits.eventsMax).", field: "limit")
        }
        let resolved = try await store.artifact(.structure, run: run, of: id, in: scope)
        return try await pageGate.pass {
            let json = try await blobs.bytes(of: resolved.artifact.blob, sha256: resolved.artifact.sha256, bytesMax: bytesMax)
            return try await machine.heavyWork.run {
                do {
                    return ResultNodes(of: try DoclingDocument(json: json), kind: kind, wanted: wanted)
                } catch {
                    throw ColophonError(.internal, "A stored structure cannot be read.", cause: error)
                }
            }
        }
    }
}
