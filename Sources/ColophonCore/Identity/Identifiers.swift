/// A name of one kind of thing; kinds cannot be mixed up.
///
/// Identifiers are UUIDv7 text, except that a client may choose a document's (`DocumentID.init(chosen:)`).
package protocol Identifier: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible where RawValue == String {
    init(rawValue: String)
}

extension Identifier {
    package var description: String { rawValue }
    package static func make(on machine: Machine = .real) -> Self { Self(rawValue: UUIDv7.make(on: machine)) }
}

package struct WorkspaceID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// A name that a workspace may have: it becomes part of blob keys, so up to 64 ASCII letters, digits and hyphens; nil for anything else.
    package init?(named text: String) {
        guard (1...64).contains(text.utf8.count), text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            return nil
        }
        rawValue = text
    }
}

package struct RunID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct VersionID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct JobID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// A run's job, of which it has one at most.
    package init(of run: RunID) { self.init(rawValue: run.rawValue) }
}

package struct SessionID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct KeyID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// One worker process; a new one at every start, so that a restarted worker never owns its predecessor's leases.
package struct WorkerID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}
