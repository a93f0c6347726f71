import ColophonCore
import FoundationEssentials

/// What an event carries, as JSON text in its row.
enum EventMeta {
    static func encode(_ meta: [String: String]) throws -> String {
        if meta.isEmpty { return "{}" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(meta), as: UTF8.self)
    }

    static func decode(_ text: String) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }
}
