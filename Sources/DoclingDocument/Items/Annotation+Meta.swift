extension PictureItem {
    /// The meta with what older schemas kept as annotations.
    public var effectiveMeta: ItemMeta? { meta.adding(annotations) }
}

extension TableItem {
    /// The meta with what older schemas kept as annotations.
    public var effectiveMeta: ItemMeta? { meta.adding(annotations) }
}

extension ItemMeta? {
    /// The first annotation of each kind takes the place that the meta leaves free.
    fileprivate func adding(_ annotations: [Annotation]) -> ItemMeta? {
        guard !annotations.isEmpty else { return self }
        var meta = self ?? ItemMeta()
        for annotation in annotations {
            guard let (name, value) = annotation.metaMember, meta.members[name] == nil || meta.members[name] == .null else { continue }
            meta.members[name] = value
        }
        return meta
    }
}

extension Annotation {
    /// The member of the meta that says the same.
    fileprivate var metaMember: (name: String, value: JSONValue)? {
        switch kind {
        case "description": return ("description", ["text": members["text"] ?? "", "created_by": members["provenance"] ?? .null])
        case "classification": return ("classification", ["predictions": members["predicted_classes"] ?? []])
        case "molecule_data": return ("molecule", ["smi": members["smi"] ?? "", "confidence": members["confidence"] ?? .null])
        case "tabular_chart_data":
            return ("tabular_chart", ["title": members["title"] ?? .null, "chart_data": members["chart_data"] ?? .null])
        default: return nil
        }
    }
}
