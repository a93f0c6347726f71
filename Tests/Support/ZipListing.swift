import ColophonProcesses
import Foundation

/// A ZIP file as another program reads it: Python's `zipfile`, which checks every checksum.
package struct ZipListing {
    /// Contents by name, in the file's order.
    package let files: [(name: String, text: String)]

    /// - Throws: With what the program says when the file is damaged.
    package init(_ bytes: [UInt8]) async throws {
        let folder = try TemporaryFolder()
        let (path, output) = ("\(folder.path)/a.zip", "\(folder.path)/out")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let script = """
            import json, sys, zipfile
            with zipfile.ZipFile(sys.argv[1]) as a:
                assert a.testzip() is None
                print(json.dumps([[n, a.read(n).decode()] for n in a.namelist()]))
            """
        let process = try ChildProcess("/usr/bin/env", ["python3", "-c", script, path], output: output)
        let usage = await process.wait(timeout: .seconds(30))
        let text = FileManager.default.contents(atPath: output) ?? Data()
        guard usage.status == 0 else { throw Unreadable(text: String(decoding: text, as: UTF8.self)) }
        files = try JSONDecoder().decode([[String]].self, from: text).map { ($0[0], $0[1]) }
    }

    private struct Unreadable: Error { var text: String }
}
