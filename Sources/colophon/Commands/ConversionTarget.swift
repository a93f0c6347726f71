import ArgumentParser
import ColophonCore
import Foundation

/// Where `convert` puts its results.
struct ConversionTarget {
    private enum Place {
        case standardOutput
        case file(String)
        case folder(String)
    }

    private let place: Place
    private let suffix: String
    private let namesFiles: Bool

    /// - Throws: A usage error when several files would go into one.
    init(output: String?, files: [String], format: Convert.Format) throws {
        suffix = format == .text ? "txt" : format.rawValue
        namesFiles = files.count > 1
        guard let output else {
            place = .standardOutput
            return
        }
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: output, isDirectory: &isFolder)
        if exists && isFolder.boolValue || output.hasSuffix("/") || files.count > 1 {
            guard !exists || isFolder.boolValue else { throw ValidationError("\(output) is a file; several results need a folder.") }
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
            place = .folder(output)
        } else {
            place = .file(output)
        }
    }

    /// Writes a result, or says on standard error why there is none.
    ///
    /// - Returns: Whether there was one.
    func take(_ result: Result<[UInt8], any Error>, of file: String) throws -> Bool {
        switch result {
        case .success(let bytes):
            switch place {
            case .standardOutput: Terminal.write(bytes.last == 0x0A ? bytes : bytes + [0x0A], to: 1)
            case .file(let path): try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
            case .folder(let folder):
                let name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
                try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name).\(suffix)"), options: .atomic)
            }
            return true
        case .failure(let failure as RunFailure):
            Terminal.complain("\(file): \(failure.code.rawValue): \(failure.message)")
            return false
        // Anything else is no fault of the document.
        case .failure(let error): throw error
        }
    }
}
