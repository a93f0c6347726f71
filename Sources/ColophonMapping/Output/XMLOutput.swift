/// Writes XML 1.0 as a mapping's elements say: UTF-8 with its declaration, empty elements open and closed.
struct XMLOutput {
    let run: MappingRun
    /// Whether each element stands in a line of its own, indented by two.
    let pretty: Bool

    func bytes(of root: ElementTemplate) throws(EvaluationError) -> [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
        text += pretty ? "\n" : ""
        try write(root, by: run.evaluation(), depth: 0, to: &text)
        return Array(text.utf8)
    }

    private func write(_ template: ElementTemplate, by evaluation: Evaluation, depth: Int, to text: inout String) throws(EvaluationError) {
        var content: String?
        if case .elements = template.content {} else { content = try self.content(template.content, by: evaluation) }
        if template.isOptional, content?.isEmpty == true { return }
        let indent = pretty ? String(repeating: "  ", count: depth) : ""
        let end = pretty ? "\n" : ""
        text += "\(indent)<\(template.name)"
        for attribute in template.attributes {
            text += " \(attribute.name)=\"\(Self.escaped(try self.content(attribute.content, by: evaluation)))\""
        }
        text += ">"
        if case .elements(let children) = template.content {
            text += end
            for child in children { try repeated(child, by: evaluation, depth: depth + 1, to: &text) }
            text += indent
        } else {
            text += Self.escaped(content ?? "")
        }
        text += "</\(template.name)>\(end)"
    }

    private func repeated(_ template: ElementTemplate, by evaluation: Evaluation, depth: Int, to text: inout String) throws(EvaluationError)
    {
        guard let list = template.each else { return try write(template, by: evaluation, depth: depth, to: &text) }
        for line in run.lines[list] ?? [] { try write(template, by: run.evaluation(list: list, line: line), depth: depth, to: &text) }
    }

    private func content(_ content: ElementTemplate.Content, by evaluation: Evaluation) throws(EvaluationError) -> String {
        switch content {
        case .text(let text): return text
        case .elements: return ""
        case .value(let expression, let decimals, let dateDigits):
            guard let value = try evaluation.value(expression) else { return "" }
            switch value.content {
            case .number(let number): return decimals.map { DecimalText.fixed(number, decimals: $0) } ?? value.text
            case .date(let date): return dateDigits ? date.digits : value.text
            case .text(let text): return text
            }
        }
    }

    /// Values are of one line; characters that XML 1.0 does not have are left out (section 2.2).
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n", "\r": escaped += " "
            default:
                let value = scalar.value
                if value >= 0x20, value != 0xFFFE, value != 0xFFFF { escaped.unicodeScalars.append(scalar) }
            }
        }
        return escaped
    }
}
