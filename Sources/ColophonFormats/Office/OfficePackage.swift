/// The parts of an office file and how they refer to each other (ECMA-376 part 2).
struct OfficePackage {
    struct Relationship {
        /// The last component of its type, such as `hyperlink`.
        var type: String
        /// The path of a part, or what an external one says, such as a URL.
        var target: String
        var isExternal: Bool
    }

    var archive: ZipArchive

    init(_ bytes: UnsafeRawBufferPointer, inflater: Inflater) throws(FormatFailure) {
        archive = try ZipArchive(bytes, inflater: inflater)
    }

    /// The root element of a part; `nil` when the file has none of this path.
    mutating func part(_ path: String) throws(FormatFailure) -> XMLElement? {
        guard let bytes = try archive.read(path) else { return nil }
        return try XMLElement.root(of: bytes)
    }

    /// The relationships of a part by their ids; of the whole file for an empty path.
    mutating func relationships(of path: String) throws(FormatFailure) -> [String: Relationship] {
        let folder = Self.folder(of: path)
        guard let root = try part("\(folder)_rels/\(path.dropFirst(folder.count)).rels") else { return [:] }
        var relationships: [String: Relationship] = [:]
        for element in root.children where element.name.local == "Relationship" {
            guard let id = element["Id"], let type = element["Type"], let target = element["Target"] else { continue }
            let isExternal = element["TargetMode"] == "External"
            relationships[id] = Relationship(
                type: type.split(separator: "/").last.map(String.init) ?? "",
                target: isExternal ? target : Self.resolve(target, in: folder), isExternal: isExternal)
        }
        return relationships
    }

    /// The path of the part that the file is about; `fallback` when the file does not say, as some programs write it.
    mutating func mainPart(fallback: String) throws(FormatFailure) -> String {
        Self.target("officeDocument", in: try relationships(of: "")) ?? fallback
    }

    /// The path of the first part of a type that a part refers to.
    static func target(_ type: String, in relationships: [String: Relationship]) -> String? {
        relationships.filter { $0.value.type == type && !$0.value.isExternal }.min { $0.key < $1.key }?.value.target
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// The path without `.` and `..`; those that lead above the root are left out, and nothing outside is ever opened.
    private static func resolve(_ target: String, in folder: String) -> String {
        var path: [Substring] = []
        for component in (target.hasPrefix("/") ? target : folder + target).split(separator: "/") {
            switch component {
            case ".": continue
            case "..": _ = path.popLast()
            default: path.append(component)
            }
        }
        return path.joined(separator: "/")
    }
}
