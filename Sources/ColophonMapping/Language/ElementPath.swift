/// A way down an XML document by local names, from below its root: `Order/Line|Row/ID`; `@name` at its end is an attribute, `*` any element.
struct ElementPath: Hashable, Sendable {
    var steps: [[String]]
    var attribute: String?

    init?(_ text: String) {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 16 else { return nil }
        if let last = parts.last, last.hasPrefix("@") {
            attribute = String(last.dropFirst())
            parts.removeLast()
        }
        steps = parts.map { $0.split(separator: "|").map(String.init) }
        let isName = { (name: String) in name == "*" || name.unicodeScalars.allSatisfy { ScalarSet.isWord($0) || $0 == "-" } }
        guard !steps.contains(where: \.isEmpty), steps.joined().allSatisfy(isName), attribute != "" else { return nil }
    }
}
