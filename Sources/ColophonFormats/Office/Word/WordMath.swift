/// Equations of Word as LaTeX, for their characters alone would read `a/b` as `ab`.
enum WordMath {
    private static let operators: [String: String] = ["∑": "\\sum", "∏": "\\prod", "∐": "\\coprod", "⋃": "\\bigcup", "⋂": "\\bigcap"]
    private static let accents: [String: String] = [
        "\u{302}": "\\hat", "\u{303}": "\\tilde", "\u{305}": "\\overline", "\u{307}": "\\dot", "\u{308}": "\\ddot", "\u{20D7}": "\\vec",
    ]
    private static let functions: Set<String> = [
        "arccos", "arcsin", "arctan", "cos", "cosh", "cot", "det", "exp", "gcd", "inf", "lim", "ln", "log", "max", "min", "sin", "sinh",
        "sup", "tan", "tanh",
    ]

    /// - Complexity: O(size × depth); recursion is as deep as the XML, which has a bound.
    static func latex(_ element: XMLElement) -> String {
        switch element.name.local {
        case "t": escaped(element.text)
        case "f": "\\frac{\(part("num", of: element))}{\(part("den", of: element))}"
        case "sSup": "\(part("e", of: element))^{\(part("sup", of: element))}"
        case "sSub": "\(part("e", of: element))_{\(part("sub", of: element))}"
        case "sSubSup": "\(part("e", of: element))_{\(part("sub", of: element))}^{\(part("sup", of: element))}"
        case "limLow": "\(part("e", of: element))_{\(part("lim", of: element))}"
        case "limUpp": "\(part("e", of: element))^{\(part("lim", of: element))}"
        case "rad": root(element)
        case "nary": largeOperator(element)
        case "d": delimited(element)
        case "func": function(part("fName", of: element)) + part("e", of: element)
        case "acc": "\(accents[character("accPr", of: element) ?? ""] ?? "\\hat"){\(part("e", of: element))}"
        case "bar": "\\\(element.descendant("barPr", "pos")?["val"] == "top" ? "overline" : "underline"){\(part("e", of: element))}"
        case "m": "\\begin{matrix}\(rows(element, "mr", write: { rows($0, "e", " & ") }))\\end{matrix}"
        case "eqArr": "\\begin{array}{l}\(rows(element, "e"))\\end{array}"
        default: content(of: element)
        }
    }

    private static func content(of element: XMLElement) -> String {
        element.children.lazy.filter { !$0.name.local.hasSuffix("Pr") }.map(latex).joined()
    }

    private static func part(_ name: String, of element: XMLElement) -> String { element.child(name).map(content) ?? "" }

    private static func character(_ properties: String, of element: XMLElement) -> String? { element.descendant(properties, "chr")?["val"] }

    private static func root(_ element: XMLElement) -> String {
        let degree = part("deg", of: element)
        return "\\sqrt\(degree.isEmpty ? "" : "[\(degree)]"){\(part("e", of: element))}"
    }

    private static func largeOperator(_ element: XMLElement) -> String {
        let sign = character("naryPr", of: element) ?? "∫"
        let (lower, upper) = (part("sub", of: element), part("sup", of: element))
        let limits = (lower.isEmpty ? "" : "_{\(lower)}") + (upper.isEmpty ? "" : "^{\(upper)}")
        return "\(operators[sign] ?? (sign == "∫" ? "\\int" : sign))\(limits){\(part("e", of: element))}"
    }

    private static func delimited(_ element: XMLElement) -> String {
        let properties = element.child("dPr")
        let (start, end) = (properties?.child("begChr")?["val"] ?? "(", properties?.child("endChr")?["val"] ?? ")")
        let inner = rows(element, "e", properties?.child("sepChr")?["val"] ?? "|")
        return "\\left\(start.isEmpty ? "." : escaped(start))\(inner)\\right\(end.isEmpty ? "." : escaped(end))"
    }

    private static func function(_ name: String) -> String { functions.contains(name) ? "\\\(name) " : name }

    private static func rows(
        _ element: XMLElement, _ name: String, _ separator: String = " \\\\ ", write: (XMLElement) -> String = content
    ) -> String {
        element.children.lazy.filter { $0.name.local == name }.map(write).joined(separator: separator)
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if "{}%#&_$".contains(character) { result.append("\\") }
            result += character == "\\" ? "\\backslash " : String(character)
        }
    }
}
