/// Writes lines of monospaced text as code: line by line, indented as they stand.
enum CodeText {
    static func text(_ lines: [LayoutLine]) -> String {
        let left = lines.map(\.box.x0).min() ?? 0
        // Monospaced characters are six tenths of an em wide, near enough to count the steps of an indentation.
        return lines.map { line in
            let steps = Int(((line.box.x0 - left) / max(line.size * 0.6, 1)).rounded())
            return String(repeating: " ", count: min(max(steps, 0), 80)) + line.text
        }.joined(separator: "\n")
    }
}
