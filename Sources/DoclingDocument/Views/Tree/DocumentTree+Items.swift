extension DocumentTree {
    /// The page that an item was first found on; `nil` for groups and for items without pages.
    func pageNumber(_ id: ID) -> Int? {
        prov(id).first?.pageNumber
    }

    func prov(_ id: ID) -> [Provenance] {
        guard let path = self[id].path else { return [] }
        return switch path.list {
        case .body, .furniture, .groups: []
        case .texts: document.texts[path.index].prov
        case .pictures: document.pictures[path.index].prov
        case .tables: document.tables[path.index].prov
        case .keyValueItems: document.keyValueItems[path.index].prov
        case .formItems: document.formItems[path.index].prov
        case .fieldRegions: document.fieldRegions[path.index].prov
        case .fieldItems: document.fieldItems[path.index].prov
        }
    }

    /// An item's own name; `nil` for groups.
    func selfRef(_ id: ID) -> String? {
        guard let path = self[id].path else { return nil }
        return switch path.list {
        case .body, .furniture, .groups: nil
        case .texts: document.texts[path.index].selfRef
        case .pictures: document.pictures[path.index].selfRef
        case .tables: document.tables[path.index].selfRef
        case .keyValueItems: document.keyValueItems[path.index].selfRef
        case .formItems: document.formItems[path.index].selfRef
        case .fieldRegions: document.fieldRegions[path.index].selfRef
        case .fieldItems: document.fieldItems[path.index].selfRef
        }
    }

    /// The label of an item; `nil` for groups.
    func label(_ id: ID) -> DocItemLabel? {
        guard let path = self[id].path else { return nil }
        return switch path.list {
        case .body, .furniture, .groups: nil
        case .texts: document.texts[path.index].label
        case .pictures: document.pictures[path.index].label
        case .tables: document.tables[path.index].label
        case .keyValueItems: document.keyValueItems[path.index].label
        case .formItems: document.formItems[path.index].label
        case .fieldRegions: document.fieldRegions[path.index].label
        case .fieldItems: document.fieldItems[path.index].label
        }
    }

    func captions(_ id: ID) -> [ID] {
        guard let path = self[id].path else { return [] }
        let references =
            switch path.list {
            case .texts: document.texts[path.index].captions
            case .pictures: document.pictures[path.index].captions
            case .tables: document.tables[path.index].captions
            case .keyValueItems: document.keyValueItems[path.index].captions
            case .formItems: document.formItems[path.index].captions
            default: [Reference]()
            }
        return references.compactMap(self.id(of:))
    }

    func footnotes(_ id: ID) -> [ID] {
        guard let path = self[id].path else { return [] }
        let references =
            switch path.list {
            case .texts: document.texts[path.index].footnotes
            case .pictures: document.pictures[path.index].footnotes
            case .tables: document.tables[path.index].footnotes
            case .keyValueItems: document.keyValueItems[path.index].footnotes
            case .formItems: document.formItems[path.index].footnotes
            default: [Reference]()
            }
        return references.compactMap(self.id(of:))
    }

    /// What was found out about a node, also where an older schema kept it as annotations.
    func meta(_ id: ID) -> ItemMeta? {
        guard let path = self[id].path else { return nil }
        return switch path.list {
        case .body: document.body.meta
        case .furniture: document.furniture.meta
        case .groups: document.groups[path.index].meta
        case .texts: document.texts[path.index].meta
        case .pictures: document.pictures[path.index].effectiveMeta
        case .tables: document.tables[path.index].effectiveMeta
        case .keyValueItems: document.keyValueItems[path.index].meta
        case .formItems: document.formItems[path.index].meta
        case .fieldRegions: document.fieldRegions[path.index].meta
        case .fieldItems: document.fieldItems[path.index].meta
        }
    }
}
