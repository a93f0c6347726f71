/// What an operator sets for one mapping: values by name, and rows of its tables beside the mapping's own.
package struct MappingSettings: Sendable, Equatable {
    package var values: [String: String]
    /// By the table's name, then by the key as people write it.
    package var tables: [String: [String: String]]

    package init(values: [String: String] = [:], tables: [String: [String: String]] = [:]) {
        self.values = values
        self.tables = tables
    }

    /// Reads a file of settings: `{"mapping": {"settings": {"name": "value"}, "tables": {"table": {"key": "value"}}}}`.
    ///
    /// - Parameter catalogue: What may be set; a name that no mapping knows is a mistake.
    package static func read(_ json: [UInt8], for catalogue: MappingCatalogue) throws(MappingFileError) -> [String: MappingSettings] {
        var all: [String: MappingSettings] = [:]
        for member in try LocatedJSON.parse(json).members("settings") {
            guard let mapping = catalogue[member.name] else {
                throw MappingFileError(line: member.line, "There is no mapping \"\(member.name)\".")
            }
            let object = try RuleObject(member.value, "Settings", known: ["settings", "tables"])
            var settings = MappingSettings()
            for value in try object["settings"]?.members("settings") ?? [] {
                guard let known = mapping.settings.first(where: { $0.name == value.name }) else {
                    throw MappingFileError(line: value.line, "\(mapping.name) has no setting \"\(value.name)\".")
                }
                let text = try value.value.string(value.name)
                guard known.pattern?.matchesWhole(text) ?? true else {
                    throw MappingFileError(line: value.line, "\"\(text)\" is no \(value.name): \(known.summary)")
                }
                settings.values[value.name] = text
            }
            for table in try object["tables"]?.members("tables") ?? [] {
                guard mapping.tables[table.name] != nil else {
                    throw MappingFileError(line: table.line, "\(mapping.name) has no table \"\(table.name)\".")
                }
                var keys: Set<String> = []
                for row in try table.value.members(table.name) {
                    let key = TextKey.tableKey(row.name)
                    guard !key.isEmpty, keys.insert(key).inserted else {
                        throw MappingFileError(line: row.line, "\"\(row.name)\" is no key, or is there twice but for case and signs.")
                    }
                    settings.tables[table.name, default: [:]][row.name] = try row.value.string(row.name)
                }
            }
            all[member.name] = settings
        }
        return all
    }
}
