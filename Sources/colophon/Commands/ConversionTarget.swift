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
    private let suffixes: [String]
    /// What each file's result is called in a folder: files of one name must not replace each other's results.
    private let names: [String: String]

    /// - Throws: A usage error when several results would go into one file.
    init(output: String?, files: [String], formats: [Convert.Format]) throws {
        suffixes = formats.map { $0 == .text ? "txt" : $0.rawValue }
        names = Self.names(of: files)
        guard let output else {
            guard formats.count == 1 else { throw ValidationError("Several formats need a folder (-o).") }
            place = .standardOutput
            return
        }
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: output, isDirectory: &isFolder)
        if exists && isFolder.boolValue || output.hasSuffix("/") || files.count > 1 || formats.count > 1 {
            guard !exists || isFolder.boolValue else { throw ValidationError("\(output) is a file; several results need a folder.") }
            do {
                try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
            } catch {
                throw ValidationError("The folder \(output) cannot be made.")
            }
            place = .folder(output)
        } else {
            place = .file(output)
        }
    }

    /// A file's name without folder and extension; the second of its kind ends in `-2`, and so on.
    static func names(of files: [String]) -> [String: String] {
        var taken: Set<String> = []
        var names: [String: String] = [:]
        for file in files where names[file] == nil {
            let base = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
            let name = (1...).lazy.map { $0 == 1 ? base : "\(base)-\($0)" }.first { !taken.contains($0) } ?? base
            taken.insert(name)
            names[file] = name
        }
        return names
    }

    /// Writes results, or says on standard error why there are none.
    ///
    /// - Returns: Whether there were any.
    func take(_ result: Result<[[UInt8]], any Error>, of file: String) throws -> Bool {
        switch result {
        case .success(let results):
            for (bytes, suffix) in zip(results, suffixes) { try write(bytes, suffix, of: file) }
            return true
        case .failure(let failure as RunFailure):
            Terminal.note("\(file): \(failure.code.rawValue): \(failure.message)")
            return false
        case .failure(is Conversion.NoInvoice):
            Terminal.note("\(file): NO_INVOICE: It carries no electronic invoice.")
            return false
        // Anything else is no fault of the document.
        case .failure(let error): throw error
        }
    }

    private func write(_ bytes: [UInt8], _ suffix: String, of file: String) throws {
        switch place {
        // What is another's is passed on as it is.
        case .standardOutput: Terminal.write(bytes.last == 0x0A || suffix == "xml" ? bytes : bytes + [0x0A], to: .results)
        case .file(let path): try OutputFile.write(bytes, toFile: path)
        case .folder(let folder):
            let name = names[file] ?? (file as NSString).lastPathComponent
            try OutputFile.write(bytes, toFile: "\(folder)/\(name).\(suffix)")
        }
    }
}
