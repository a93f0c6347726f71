import Foundation

/// Files that tests read in place: the fixtures beside this file, and the material of the project that lies beside the
/// package when it is checked out whole.
enum SharedFiles {
    static let tests = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    static let package = tests.deletingLastPathComponent().deletingLastPathComponent()
    static let shared = package.deletingLastPathComponent().appendingPathComponent("shared")

    static var isSharedPresent: Bool { !documents.isEmpty }

    /// The JSON documents of the shared material, by folder and name.
    static let documents: [String] = ["docling-documents", "corpus/docling-gold"].flatMap { folder in
        ((try? FileManager.default.contentsOfDirectory(atPath: shared.appendingPathComponent(folder).path)) ?? [])
            .filter { $0.hasSuffix(".json") }.sorted().map { "\(folder)/\($0)" }
    }

    static func shared(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: shared.appendingPathComponent(name)))
    }

    static func fixture(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: tests.appendingPathComponent("Fixtures").appendingPathComponent(name)))
    }

    static func fixtureText(_ name: String) throws -> String {
        String(decoding: try fixture(name), as: UTF8.self)
    }
}
