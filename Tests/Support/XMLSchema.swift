import ColophonProcesses
import Foundation

/// An XML Schema of a built-in mapping's output, as `xmllint` checks it.
package struct XMLSchema {
    private let path: String

    /// - Parameter mapping: Its name.
    package init(of mapping: String) {
        path =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/ColophonMapping/Resources/\(mapping).xsd").path
    }

    /// What `xmllint` says is wrong with a file; nothing for a valid one.
    package func faults(in xml: [UInt8]) async throws -> String {
        let folder = try TemporaryFolder()
        let (file, log) = ("\(folder.path)/file.xml", "\(folder.path)/log")
        try Data(xml).write(to: URL(fileURLWithPath: file))
        let process = try ChildProcess("/usr/bin/xmllint", ["--noout", "--nonet", "--schema", path, file], output: log)
        let usage = await process.wait(timeout: .seconds(30))
        if usage.status == 0 { return "" }
        return "\(usage.status): " + String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
    }
}
