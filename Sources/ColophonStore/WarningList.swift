import ColophonCore
import FoundationEssentials

/// What a run's result lacks, as JSON text in its row; null where it lacks nothing.
enum WarningList {
    private struct Line: Codable {
        var code: String
        var message: String
        var pages: [Int]
    }

    static func encode(_ warnings: [RunWarning]) throws -> SQLValue {
        if warnings.isEmpty { return .null }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let lines = warnings.map { Line(code: $0.code.rawValue, message: $0.message, pages: $0.pages) }
        return .text(String(decoding: try encoder.encode(lines), as: UTF8.self))
    }

    static func decode(_ text: String?) throws -> [RunWarning] {
        guard let text else { return [] }
        return try JSONDecoder().decode([Line].self, from: Data(text.utf8)).compactMap { line in
            // A code that only a newer version knows is no reason to show nothing of the run.
            RunWarning.Code(rawValue: line.code).map { RunWarning(code: $0, message: line.message, pages: line.pages) }
        }
    }
}
