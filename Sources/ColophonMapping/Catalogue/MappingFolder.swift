import Foundation

/// An operator's own mappings and settings: a folder of `NAME.json` files, and `settings.json` for what mappings are to be told.
package struct MappingFolder: Sendable {
    package let path: String

    private static let settingsName = "settings.json"
    private static let filesMax = 1000

    package init(path: String) {
        self.path = path
    }

    /// The built-in mappings, those in the folder, and what is set for each.
    ///
    /// - Throws: `MappingFolderError`, which names the file.
    package func load() throws(MappingFolderError) -> MappingLibrary {
        var library = MappingLibrary()
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }.sorted() } catch {
            throw MappingFolderError(file: path, reason: "it cannot be read")
        }
        guard names.count <= Self.filesMax else { throw MappingFolderError(file: path, reason: "it has more than \(Self.filesMax) files") }
        for name in names where name != Self.settingsName {
            let mapping = try Self.mapping(at: "\(path)/\(name)")
            do throws(MappingNameTaken) { try library.catalogue.add(mapping) } catch {
                throw MappingFolderError(file: "\(path)/\(name)", reason: error.description)
            }
        }
        guard names.contains(Self.settingsName) else { return library }
        let file = "\(path)/\(Self.settingsName)"
        let bytes = try Self.bytes(of: file)
        do throws(MappingFileError) { library.settings = try MappingSettings.read(bytes, for: library.catalogue) } catch {
            throw MappingFolderError(file: file, line: error.line, reason: error.reason)
        }
        return library
    }

    /// Reads the mapping in a file.
    package static func mapping(at file: String) throws(MappingFolderError) -> Mapping {
        let bytes = try bytes(of: file)
        do throws(MappingFileError) { return try Mapping(json: bytes) } catch {
            throw MappingFolderError(file: file, line: error.line, reason: error.reason)
        }
    }

    private static func bytes(of file: String) throws(MappingFolderError) -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: file), let data = try? handle.read(upToCount: Mapping.bytesMax + 1) else {
            throw MappingFolderError(file: file, reason: "it cannot be read")
        }
        return Array(data)
    }
}

/// What is wrong with a file of mappings or settings: `FILE:LINE: REASON`.
package struct MappingFolderError: Error, CustomStringConvertible {
    package var file: String
    package var line: Int?
    package var reason: String

    package var description: String { line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)" }
}

/// The mappings at hand with what is set for them.
package struct MappingLibrary: Sendable {
    package var catalogue = MappingCatalogue.builtIn
    /// By the mapping's name.
    package var settings: [String: MappingSettings] = [:]

    package init() {}
}
