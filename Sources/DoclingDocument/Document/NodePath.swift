/// Where the node that a JSON pointer names lies in its document.
struct NodePath: Hashable, Sendable {
    enum List: UInt8 {
        case body, furniture, groups, texts, pictures, tables, keyValueItems, formItems, fieldRegions, fieldItems
    }

    var list: List
    var index: Int

    /// - Returns: `nil` for a pointer that can name no node. Whether there is such a node is up to the document.
    init?(_ pointer: String) {
        var parts = pointer.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 3, omittingEmptySubsequences: false)[...]
        guard parts.popFirst()?.elementsEqual("#".utf8) == true, let name = parts.popFirst() else { return nil }
        guard let number = parts.popFirst() else {
            switch String(Substring(name)) {
            case "body": list = .body
            case "furniture": list = .furniture
            default: return nil
            }
            index = 0
            return
        }
        guard parts.isEmpty, number.allSatisfy({ (0x30...0x39).contains($0) }), let index = Int(Substring(number)) else { return nil }
        switch String(Substring(name)) {
        case "groups": list = .groups
        case "texts": list = .texts
        case "pictures": list = .pictures
        case "tables": list = .tables
        case "key_value_items": list = .keyValueItems
        case "form_items": list = .formItems
        case "field_regions": list = .fieldRegions
        case "field_items": list = .fieldItems
        default: return nil
        }
        self.index = index
    }
}

extension DoclingDocument {
    /// The path of a node that exists; `nil` for a dangling reference.
    func path(of reference: Reference) -> NodePath? {
        guard let path = NodePath(reference.pointer), path.index < count(of: path.list) else { return nil }
        return path
    }

    func count(of list: NodePath.List) -> Int {
        switch list {
        case .body, .furniture: 1
        case .groups: groups.count
        case .texts: texts.count
        case .pictures: pictures.count
        case .tables: tables.count
        case .keyValueItems: keyValueItems.count
        case .formItems: formItems.count
        case .fieldRegions: fieldRegions.count
        case .fieldItems: fieldItems.count
        }
    }

    /// The node that a reference names; `nil` when it dangles.
    public func node(at reference: Reference) -> (any NodeItem)? {
        guard let path = path(of: reference) else { return nil }
        return switch path.list {
        case .body: body
        case .furniture: furniture
        case .groups: groups[path.index]
        case .texts: texts[path.index]
        case .pictures: pictures[path.index]
        case .tables: tables[path.index]
        case .keyValueItems: keyValueItems[path.index]
        case .formItems: formItems[path.index]
        case .fieldRegions: fieldRegions[path.index]
        case .fieldItems: fieldItems[path.index]
        }
    }
}
