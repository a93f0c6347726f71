import ArgumentParser
import ColophonCore
import ColophonMapping
import Foundation

struct MappingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mapping", abstract: "Shows, checks and tries the rules that turn documents into XML.",
        subcommands: [MappingList.self, MappingCheck.self, MappingTry.self])
}

/// Where an operator's own mappings lie.
struct MappingOptions: ParsableArguments {
    @Option(
        help: "A folder with your own mappings, NAME.json, and settings.json, what mappings are to be told (default: $COLOPHON_MAPPINGS).",
        completion: .directory)
    var mappings: String?

    func library() throws -> MappingLibrary {
        guard let folder = mappings ?? ProcessInfo.processInfo.environment["COLOPHON_MAPPINGS"] else { return MappingLibrary() }
        do throws(MappingFolderError) { return try MappingFolder(path: folder).load() } catch {
            throw ExitStatusError(.usage, error.description)
        }
    }
}

struct MappingList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the mappings at hand.")

    private struct Line: Encodable {
        var name: String
        var title: String
        var summary: String
        var settings: [String: String]
        /// What is to be set before it can be used.
        var missing: [String]
    }

    @Flag(help: "Prints JSON.")
    var json = false

    @OptionGroup var options: MappingOptions

    func run() async throws {
        let library = try options.library()
        let lines = library.catalogue.mappings.map { mapping in
            let set = library.settings[mapping.name]?.values ?? [:]
            return Line(
                name: mapping.name, title: mapping.title, summary: mapping.summary,
                settings: Dictionary(uniqueKeysWithValues: mapping.settings.map { ($0.name, $0.summary) }),
                missing: mapping.settings.filter { $0.isRequired && set[$0.name] == nil }.map(\.name))
        }
        if json { return try Terminal.json(lines) }
        for line in lines {
            Terminal.print(
                "\(line.name)  \(line.title)" + (line.missing.isEmpty ? "" : "  (to be set: \(line.missing.joined(separator: ", ")))"))
        }
    }
}

struct MappingCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks mappings' files: prints FILE:LINE: and what is wrong with each.")

    @Argument(help: "The files to check.", completion: .file(extensions: ["json"]))
    var files: [String]

    func run() async throws {
        var failures = 0
        for file in files {
            do throws(MappingFolderError) {
                let mapping = try MappingFolder.mapping(at: file)
                Terminal.print("\(file): \(mapping.name) is well")
            } catch {
                failures += 1
                Terminal.print(error.description)
            }
        }
        if failures > 0 { throw ExitStatusError(.findingsLeft, files.count > 1 ? "\(failures) of \(files.count) files are wrong." : nil) }
    }
}
