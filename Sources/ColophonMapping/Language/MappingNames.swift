/// Which names a mapping's calculations may use.
struct MappingNames {
    private var fields: Set<String> = []
    private var settings: Set<String> = []
    private var tables: Set<String> = []
    private var columns: [String: Set<String>] = [:]

    mutating func declare(
        settings: [Mapping.Setting], tables: [String: [String: String]], fields: [FieldRule], lists: [ListRule], line: Int
    ) throws(MappingFileError) {
        self.settings = Set(settings.map(\.name))
        self.tables = Set(tables.keys)
        self.fields = Set(fields.map(\.name))
        for list in lists { columns[list.name] = Set(list.columns.map(\.name)) }
        for list in lists where self.fields.contains(where: { $0.hasPrefix("\(list.name).") }) {
            throw MappingFileError(line: line, "\"\(list.name)\" is a list and the beginning of a field's name.")
        }
        for field in fields {
            for case .setting(let name) in field.finds where !self.settings.contains(name) {
                throw MappingFileError(line: line, "The field \(field.name) takes the setting \"\(name)\", which is not declared.")
            }
        }
    }

    /// The list that a field's name begins with.
    func list(of field: String) -> (list: String, column: String)? {
        let parts = field.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, columns[parts[0]] != nil else { return nil }
        return (parts[0], parts[1])
    }

    func hasList(_ name: String) -> Bool { columns[name] != nil }

    mutating func declare(field: String) {
        if let (list, column) = list(of: field) { columns[list]?.insert(column) } else { fields.insert(field) }
    }

    /// - Parameter list: The list at whose lines `item.` points.
    func check(_ expression: Expression, in list: String?, line: Int) throws(MappingFileError) {
        for name in expression.names.sorted() where !isKnown(name, in: list) {
            throw MappingFileError(line: line, "Nothing is called \"\(name)\" here.")
        }
        for table in expression.tables.sorted() where !tables.contains(table) {
            throw MappingFileError(line: line, "There is no table \"\(table)\".")
        }
    }

    private func isKnown(_ name: String, in list: String?) -> Bool {
        if fields.contains(name) { return true }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return false }
        switch parts[0] {
        case "settings": return settings.contains(parts[1])
        case "item": return list.flatMap { columns[$0]?.contains(parts[1]) } ?? false
        default: return columns[parts[0]]?.contains(parts[1]) ?? false
        }
    }
}
