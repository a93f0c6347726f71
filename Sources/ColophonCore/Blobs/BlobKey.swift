/// Where bytes lie in a blob store: path components of letters, digits, `-`, `_` and `.`, joined by `/`.
///
/// Made only from identifiers and fixed words; nothing that a sender chose ever becomes part of one.
package struct BlobKey: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String
    package var description: String { rawValue }

    /// - Precondition: `rawValue` is a relative path without empty, `.` or `..` components.
    package init(rawValue: String) {
        precondition(Self.isWellFormed(rawValue), "a blob key must be a plain relative path")
        self.rawValue = rawValue
    }

    /// For keys read back from a listing, where a stray file may have any name.
    package init?(listed rawValue: String) {
        guard Self.isWellFormed(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// A place for uploaded bytes; a new one every time.
    package static func source(in workspace: WorkspaceID, on machine: Machine = .real) -> Self {
        Self(rawValue: "\(workspace)/sources/\(UUIDv7.make(on: machine))")
    }

    /// A place for a result: run and epoch are part of it, so that a worker whose lease has ended cannot touch its successor's.
    package static func result(_ kind: ArtifactKind, of claim: RunClaim) -> Self {
        Self(rawValue: "\(claim.workspace)/runs/\(claim.run)/\(claim.epoch)/\(kind.fileName)")
    }

    private static func isWellFormed(_ text: String) -> Bool {
        guard text.utf8.count <= 512 else { return false }
        // Of the component so far: how long it is, and whether it is all dots.
        var (length, isDots) = (0, true)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "/"):
                if length == 0 || (isDots && length <= 2) { return false }
                (length, isDots) = (0, true)
            case UInt8(ascii: "."): length += 1
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: (length, isDots) = (length + 1, false)
            default: return false
            }
        }
        return length > 0 && !(isDots && length <= 2)
    }
}
