import ArgumentParser
import ColophonCore
import ColophonExtraction
import ColophonMapping
import Foundation

struct MappingTry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try", abstract: "Maps files here and now, without a server, and prints the XML or what was found.")

    @Argument(help: "The documents.", completion: .file())
    var files: [String]

    @Option(help: "A mapping's name, or a file of one that is being written.")
    var mapping: String = MappingCatalogue.usualName

    @Flag(help: "Prints what was found, where and how surely, as JSON, instead of the XML.")
    var fields = false

    @Flag(help: "Gives each element a line of its own.")
    var pretty = false

    @OptionGroup var options: MappingOptions
    @OptionGroup var password: PasswordOptions
    @OptionGroup var limits: LimitOptions

    func run() async throws {
        let library = try options.library()
        let rules: Mapping
        if let known = library.catalogue[mapping] {
            rules = known
        } else if mapping.contains("/") || mapping.hasSuffix(".json") {
            do throws(MappingFolderError) { rules = try MappingFolder.mapping(at: mapping) } catch {
                throw ExitStatusError(.usage, error.description)
            }
        } else {
            throw ExitStatusError(.usage, "There is no mapping \"\(mapping)\"; `colophon mapping list` shows those there are.")
        }
        let settings = library.settings[rules.name] ?? MappingSettings()
        let (program, limits) = (try ChildProgram.locate(), try limits.limits())
        let extractor = NativeExtractor(program: program, limits: limits)
        let recipe = NativeExtractor.recipe(for: limits)
        var failures = 0
        for file in files {
            do {
                let extraction = try await extraction(of: file, by: extractor, recipe.settings)
                let mapped = rules.map(
                    MappingSource(extraction.document, pages: extraction.pages, invoice: extraction.invoice), settings: settings,
                    pretty: pretty)
                for problem in mapped.problems + mapped.warnings {
                    Terminal.note("\(file): \(problem.code.rawValue): \(problem.field.map { "\($0): " } ?? "")\(problem.message)")
                }
                if fields {
                    Terminal.write(try MappedReport(mapped).json(pretty: pretty) + [0x0A], to: .results)
                } else if let xml = mapped.xml {
                    Terminal.write(xml + (pretty ? [] : [0x0A]), to: .results)
                }
                if mapped.xml == nil { failures += 1 }
            } catch let failure as RunFailure {
                Terminal.note("\(file): \(failure.code.rawValue): \(failure.message)")
                failures += 1
            }
        }
        if failures > 0 { throw ExitStatusError(.badDocument, files.count > 1 ? "\(failures) of \(files.count) files failed." : nil) }
    }

    private func extraction(of file: String, by extractor: NativeExtractor, _ settings: RunSettings) async throws -> Extraction {
        try await LocalFile.withDescriptor(of: file) { descriptor in
            try await extractor.extract(
                ExtractionSource(
                    descriptor: descriptor, name: OriginalName.sanitized(file), password: password.text, settings: settings,
                    wantsWords: true)
            ) { _ in }
        }
    }
}
