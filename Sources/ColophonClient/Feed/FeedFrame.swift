package import ColophonAPI
import FoundationEssentials

/// What an event of the documents' stream says.
package enum FeedFrame: Hashable, Sendable {
    /// The stream goes on from this position; nil where it does not say.
    case ready(ChangePosition?)
    /// A change of this number; what it is, where it can be read.
    case change(ChangePosition?, FeedEntry?)
    case resync(ResyncReason)
    case keepalive
    /// What this client does not know.
    case other

    package init(_ event: EventStreamParser.Event) {
        switch event.event {
        case "ready": self = .ready(ChangePosition(event.id))
        // The last one is what older servers call a deletion that can be undone.
        case "document.changed", "document.deleted", "document.archived":
            let change = Self.decode(ChangeOut.self, from: event.data).flatMap(FeedEntry.init)
            self = .change(change?.number ?? ChangePosition(event.id), change)
        case "documents.resync":
            self = .resync(Self.decode(Resync.self, from: event.data).map { ResyncReason(rawValue: $0.reason) } ?? .cursorExpired)
        case "keepalive": self = .keepalive
        default: self = .other
        }
    }

    private struct Resync: Decodable { var reason: String }

    private static func decode<Value: Decodable>(_ type: Value.Type, from data: String) -> Value? {
        try? JSONDecoder().decode(type, from: Data(data.utf8))
    }
}

/// A change, with its number read.
package struct FeedEntry: Hashable, Sendable {
    package var number: ChangePosition
    package var documentId: String
    package var isDeletion: Bool

    package init(number: ChangePosition, documentId: String, isDeletion: Bool) {
        self.number = number
        self.documentId = documentId
        self.isDeletion = isDeletion
    }

    /// Nil where the number is none. What is no deletion is reason to look at the document.
    package init?(_ change: ChangeOut) {
        guard let number = ChangePosition(change.id) else { return nil }
        self.init(number: number, documentId: change.documentId, isDeletion: change.op == "delete" || change.op == "archive")
    }

    package var change: WorkspaceChange {
        isDeletion ? .delete(documentId: documentId, position: number) : .upsert(documentId: documentId, position: number)
    }
}
