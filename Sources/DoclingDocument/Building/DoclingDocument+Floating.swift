extension DoclingDocument {
    /// Adds a page of the source, or replaces the one with this number.
    public mutating func addPage(_ number: Int, size: PageSize, image: ImageReference? = nil) {
        pages[number] = DocumentPage(number: number, size: size, image: image)
    }

    /// Adds a list; a list nested in an item of another list takes that item as its parent.
    @discardableResult
    public mutating func addList(name: String = "list", parent: Reference? = nil, layer: ContentLayer = .body) -> Reference {
        addGroup(.list, name: name, parent: parent, layer: layer)
    }

    /// Adds a group for items that run on in one line, such as words set in bold within a paragraph.
    @discardableResult
    public mutating func addInlineGroup(name: String = "group", parent: Reference? = nil, layer: ContentLayer = .body) -> Reference {
        addGroup(.inline, name: name, parent: parent, layer: layer)
    }

    @discardableResult
    public mutating func addGroup(
        _ label: GroupLabel, name: String = "group", parent: Reference? = nil, layer: ContentLayer = .body
    ) -> Reference {
        var group = GroupItem(
            selfRef: "#/groups/\(groups.count)", parent: parent ?? Reference("#/body"), name: name, label: label)
        group.contentLayer = layer
        let reference = Reference(group.selfRef)
        append(reference, to: group.parent ?? reference)
        groups.append(group)
        return reference
    }

    /// - Parameter label: `table`, or `documentIndex` for a table of contents.
    @discardableResult
    public mutating func addTable(
        _ data: TableData, label: DocItemLabel = .table, prov: [Provenance] = [], parent: Reference? = nil, layer: ContentLayer = .body
    ) -> Reference {
        var table = TableItem(selfRef: "#/tables/\(tables.count)", label: label, data: data)
        wire(&table, parent: parent, prov: prov, layer: layer)
        let reference = Reference(table.selfRef)
        append(reference, to: table.parent ?? reference)
        tables.append(table)
        return reference
    }

    @discardableResult
    public mutating func addPicture(
        prov: [Provenance] = [], image: ImageReference? = nil, parent: Reference? = nil, layer: ContentLayer = .body
    ) -> Reference {
        var picture = PictureItem(selfRef: "#/pictures/\(pictures.count)")
        picture.image = image
        wire(&picture, parent: parent, prov: prov, layer: layer)
        let reference = Reference(picture.selfRef)
        append(reference, to: picture.parent ?? reference)
        pictures.append(picture)
        return reference
    }

    /// Adds a region of keys and values.
    @discardableResult
    public mutating func addKeyValues(_ graph: GraphData, prov: [Provenance] = [], parent: Reference? = nil) -> Reference {
        var item = GraphItem(selfRef: "#/key_value_items/\(keyValueItems.count)", label: .keyValueRegion, graph: graph)
        wire(&item, parent: parent, prov: prov, layer: .body)
        let reference = Reference(item.selfRef)
        append(reference, to: item.parent ?? reference)
        keyValueItems.append(item)
        return reference
    }

    @discardableResult
    public mutating func addForm(_ graph: GraphData, prov: [Provenance] = [], parent: Reference? = nil) -> Reference {
        var item = GraphItem(selfRef: "#/form_items/\(formItems.count)", label: .form, graph: graph)
        wire(&item, parent: parent, prov: prov, layer: .body)
        let reference = Reference(item.selfRef)
        append(reference, to: item.parent ?? reference)
        formItems.append(item)
        return reference
    }

    /// Adds the caption of a table, a picture or a piece of code, and binds it to that item.
    @discardableResult
    public mutating func addCaption(_ text: String, to item: Reference, orig: String? = nil, prov: [Provenance] = []) -> Reference {
        let caption = addText(text, label: .caption, orig: orig, prov: prov, parent: item)
        bind(caption, to: item, tables: \.captions, pictures: \.captions, texts: \.captions)
        return caption
    }

    /// Adds a footnote to a table, a picture or a piece of code, and binds it to that item.
    @discardableResult
    public mutating func addFootnote(_ text: String, to item: Reference, orig: String? = nil, prov: [Provenance] = []) -> Reference {
        let footnote = addText(text, label: .footnote, orig: orig, prov: prov, parent: item)
        bind(footnote, to: item, tables: \.footnotes, pictures: \.footnotes, texts: \.footnotes)
        return footnote
    }

    private mutating func bind(
        _ text: Reference, to item: Reference, tables inTable: WritableKeyPath<TableItem, [Reference]>,
        pictures inPicture: WritableKeyPath<PictureItem, [Reference]>, texts inText: WritableKeyPath<TextItem, [Reference]>
    ) {
        guard let path = path(of: item) else { preconditionFailure("the item is none of this document") }
        switch path.list {
        case .tables: tables[path.index][keyPath: inTable].append(text)
        case .pictures: pictures[path.index][keyPath: inPicture].append(text)
        case .texts where texts[path.index].label == .code: texts[path.index][keyPath: inText].append(text)
        default: preconditionFailure("captions and footnotes belong to tables, pictures and pieces of code")
        }
    }
}
