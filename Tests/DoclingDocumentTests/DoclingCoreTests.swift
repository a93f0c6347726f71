import DoclingDocument
import Foundation
import Testing

/// Checks with docling-core itself, where a Python that has it can be found.
@Suite struct DoclingCoreTests {
    static let python: String? = [ProcessInfo.processInfo.environment["COLOPHON_DOCLING_PYTHON"], "python3"].compactMap(\.self).first {
        (try? run([$0, "-c", "import docling_core"]).status) == 0
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    @Test(.enabled(if: python != nil, "no Python with docling-core; set COLOPHON_DOCLING_PYTHON"))
    func `docling-core reads what is built and written here and exports the same Markdown`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docling-core-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var documents = ["everything": BuildingTests.everything(), "empty": DoclingDocument(name: "empty")]
        for name in ["figures", "lists", "tables", "texts"] {
            documents[name] = try DoclingDocument(json: SharedFiles.fixture("\(name).json"))
        }
        for (name, document) in documents {
            try Data(document.jsonBytes()).write(to: folder.appendingPathComponent("\(name).json"))
            try Data(document.markdown().utf8).write(to: folder.appendingPathComponent("\(name).md"))
        }
        let script = SharedFiles.package.appendingPathComponent("scripts/check-docling-core.py").path
        let result = try Self.run([try #require(Self.python), script, folder.path, "--markdown"])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("6 of 6 documents pass"))
    }
}
