import Foundation

/// The mappings that documents may be turned with: the built-in ones and an operator's own.
package struct MappingCatalogue: Sendable {
    /// By name.
    private var byName: [String: Mapping] = [:]

    /// The built-in ones.
    package static let builtIn = MappingCatalogue(builtIn: [
        PackageResources.invoice_generic_v1_json, PackageResources.pt_simon_invoice_v1_json,
    ])

    /// What seed 003 maps with where nobody says otherwise.
    package static let usualName = "pt_simon_invoice_v1"

    /// The JSON Schema of mappings' files.
    package static var schema: [UInt8] { PackageResources.mapping_schema_json }

    private init(builtIn files: [[UInt8]]) {
        for file in files {
            do throws(MappingFileError) {
                let mapping = try Mapping(json: file)
                byName[mapping.name] = mapping
            } catch {
                preconditionFailure("a built-in mapping cannot be read: \(error)")
            }
        }
    }

    /// Sorted by name.
    package var mappings: [Mapping] { byName.values.sorted { $0.name < $1.name } }

    package subscript(name: String) -> Mapping? { byName[name] }

    /// Adds an operator's mapping.
    ///
    /// - Throws: When there is one of its name: a name never means something else.
    package mutating func add(_ mapping: Mapping) throws(MappingNameTaken) {
        guard byName[mapping.name] == nil else { throw MappingNameTaken(name: mapping.name) }
        byName[mapping.name] = mapping
    }
}

/// Two mappings have one name.
package struct MappingNameTaken: Error, CustomStringConvertible {
    package var name: String
    package var description: String { "there is a mapping \"\(name)\" already; another version needs another name" }
}
