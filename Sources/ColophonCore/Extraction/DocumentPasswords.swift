import Synchronization

/// The passwords that came with documents, for the readers of this process alone. They are stored nowhere and are gone with it.
///
/// A password belongs to bytes: whoever sends the same ones again in the same workspace may send another.
package final class DocumentPasswords: Sendable {
    /// How long one is kept: time enough for a run that waits, or is tried again.
    package static let keptFor: Duration = .seconds(3600)
    /// More are not kept: the oldest go.
    package static let countMax = 1_000
    /// In bytes; PDF 2.0 takes 127 of them (ISO 32000-2, section 7.6.4.3.3), office formats 255 characters.
    package static let bytesMax = 1_024

    private struct Key: Hashable {
        var workspace: WorkspaceID
        var sha256: String
    }

    private struct Kept {
        var password: String
        var until: Duration
    }

    private let kept = Mutex<[Key: Kept]>([:])

    package init() {}

    /// - Throws: `invalid` for a password that no format knows.
    package static func check(_ password: String) throws {
        guard (1...bytesMax).contains(password.utf8.count), !password.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw ColophonError(
                .invalid, "A password has from 1 to \(bytesMax) bytes and no control characters.", field: "X-Document-Password")
        }
    }

    /// - Parameter now: As the process's clock counts.
    package func keep(_ password: String, for sha256: String, in workspace: WorkspaceID, now: Duration) {
        kept.withLock { kept in
            kept = kept.filter { $0.value.until > now }
            if kept.count >= Self.countMax, let oldest = kept.min(by: { $0.value.until < $1.value.until })?.key { kept[oldest] = nil }
            kept[Key(workspace: workspace, sha256: sha256)] = Kept(password: password, until: now + Self.keptFor)
        }
    }

    package func password(for sha256: String, in workspace: WorkspaceID, now: Duration) -> String? {
        kept.withLock { kept in
            guard let found = kept[Key(workspace: workspace, sha256: sha256)], found.until > now else { return nil }
            return found.password
        }
    }
}

extension Library {
    /// Keeps a password for whoever reads these bytes in this process.
    ///
    /// - Throws: `invalid` for one that no format knows.
    package func keepPassword(_ password: String, for sha256: String, in scope: WorkspaceScope) throws {
        try scope.require(.write)
        try DocumentPasswords.check(password)
        passwords.keep(password, for: sha256, in: scope.workspace, now: machine.clock.elapsed())
    }
}
