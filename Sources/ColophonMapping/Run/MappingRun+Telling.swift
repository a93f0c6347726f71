extension MappingRun {
    func namedFields() -> [Mapped.Field] {
        var titles = Dictionary(mapping.fields.map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
        var names = mapping.fields.map(\.name)
        for computation in mapping.computations where computation.list == nil && titles[computation.field] == nil {
            titles[computation.field] = FieldReader.title(computation.field)
            names.append(computation.field)
        }
        return names.compactMap { name in values[name].map { Mapped.Field(name: name, title: titles[name] ?? name, value: $0) } }
    }

    func namedLists() -> [Mapped.List] {
        mapping.lists.map { list in
            var columns = list.columns.map { ($0.name, $0.title) }
            for computation in mapping.computations
            where computation.list == list.name && !columns.contains(where: { $0.0 == computation.field }) {
                columns.append((computation.field, FieldReader.title(computation.field)))
            }
            let lines = (lines[list.name] ?? []).map { line in
                columns.compactMap { name, title in line[name].map { Mapped.Field(name: name, title: title, value: $0) } }
            }
            return Mapped.List(name: list.name, title: list.title, lines: lines)
        }
    }
}
