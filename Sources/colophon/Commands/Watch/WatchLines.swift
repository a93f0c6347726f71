import ColophonAPI
import ColophonClient
import Foundation

/// Changes as lines, with what their documents are now.
struct WatchLines: Sendable {
    let workspace: Workspace
    let json: Bool

    private struct Line: Encodable {
        var at: String
        var op: String
        var id: String?
        var documentId: String?
        var document: DocumentOut?
        var reason: String?
    }

    func print(_ changes: [WorkspaceChange]) async throws {
        let rows = try await rows(of: changes)
        let now = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        for change in changes {
            switch change {
            case .upsert(let id, let position): try print(now, "upsert", id, rows[id], position)
            case .delete(let id, let position): try print(now, "delete", id, nil, position)
            case .resync(let reason):
                Terminal.note("changes were missed (\(reason.rawValue)): list the documents to see what they are now")
                if json { try print(Line(at: now, op: "resync", reason: reason.rawValue)) }
            case .snapshot(let page):
                Terminal.note("going on from \(page.position)")
                if json { try print(Line(at: now, op: "position", id: "\(page.position)")) }
            }
        }
    }

    private func print(_ time: String, _ op: String, _ id: String, _ row: DocumentOut?, _ position: ChangePosition) throws {
        if json { return try print(Line(at: time, op: op, id: "\(position)", documentId: id, document: row)) }
        let columns = [time, op, id, row?.name ?? "-", row.map(DocumentLine.status) ?? "-", "\(position)"]
        Terminal.print(columns.joined(separator: "\t"))
    }

    private func print(_ line: Line) throws { try Terminal.jsonLine(line) }

    /// The most bytes of ids that one question has: it goes into an address.
    private static let idBytesMax = 5000

    /// How often a server that is away is asked again for names, a second apart.
    private static let attemptsMax = 300

    /// The documents that changed, by id; those deleted meanwhile are missing. A server that is away is waited for, as it is for changes.
    private func rows(of changes: [WorkspaceChange]) async throws(ClientError) -> [String: DocumentOut] {
        let ids = Set(
            changes.compactMap { change -> String? in
                if case .upsert(let id, _) = change { id } else { nil }
            })
        var (rows, left) = ([String: DocumentOut](), ids.sorted()[...])
        var failures = 0
        while !left.isEmpty {
            var bytes = 0
            let some = left.prefix {
                bytes += $0.utf8.count + 10
                return bytes <= Self.idBytesMax
            }
            do throws(ClientError) {
                let list = try await workspace.documents(DocumentSelection([.ids(Array(some))]), limit: some.count)
                for row in list.items { rows[row.id] = row }
                left = left.dropFirst(some.count)
            } catch {
                // Told to end, it says nothing more.
                if Task.isCancelled { throw error }
                if case .refused(let problem) = error, (400..<500).contains(problem.status), problem.status != 429 { throw error }
                failures += 1
                if failures == 1 { Terminal.note("the documents' names are waited for: \(error.message)") }
                if failures == Self.attemptsMax {
                    Terminal.note("the documents' names are unknown: \(error.message)")
                    return rows
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
        return rows
    }
}
