/// Writes lines of monospaced text as code: line by line, indented as they stand, with blank lines where they are.
enum CodeText {
    private static let indentationMax = 80

    static func text(_ lines: [LayoutLine]) -> String {
        let left = lines.map(\.box.x0).min() ?? 0
        // Pieces of one line may stand a hair apart.
        let steps = zip(lines, lines.dropFirst()).filter { $0.baseline - $1.baseline > 0.5 * max($0.size, $1.size) }
        let leading = steps.map { $0.baseline - $1.baseline }.min() ?? 0
        var text = ""
        var previous: LayoutLine?
        for line in lines {
            if let previous {
                // Twice the usual step is one blank line.
                let isBlankBetween = leading > 0 && previous.baseline - line.baseline > 1.7 * leading
                text += isBlankBetween ? "\n\n" : "\n"
            }
            // Monospaced characters are six tenths of an em wide, near enough to count the steps of an indentation.
            let steps = Int(((line.box.x0 - left) / max(line.size * 0.6, 1)).rounded())
            text += String(repeating: " ", count: min(max(steps, 0), indentationMax)) + line.text
            previous = line
        }
        return text
    }
}
