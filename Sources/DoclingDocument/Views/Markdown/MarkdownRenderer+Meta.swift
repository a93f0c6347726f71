extension MarkdownRenderer {
    /// What was found out about a node, as far as it is words: a summary, topics, a description, a class.
    mutating func metaText(_ id: DocumentTree.ID) throws(DoclingDocumentError) -> [UInt8] {
        guard let meta = tree.meta(id) else { return [] }
        var texts: [String] = []
        texts.append(meta.summary ?? "")
        texts.append(meta.keywords.joined(separator: ", "))
        texts.append(meta.topics.joined(separator: ", "))
        texts.append(meta.description ?? "")
        texts.append(MarkdownText.humanized(meta.mainClass?.name ?? ""))
        texts.append(meta.molecule ?? "")
        if let chart = try? meta.tabularChart() { texts.append(String(decoding: try tableText(chart), as: UTF8.self)) }
        for (name, value) in meta.members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) where name.contains("__") {
            texts.append(custom(value))
        }
        return joined(texts.filter { !$0.isEmpty }.map { Array($0.utf8) }, by: "\n\n")
    }

    private func custom(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .number(let number) where number.double != 0: number.int.map(String.init) ?? number.double.description
        case .bool(true): "True"
        default: ""
        }
    }
}
