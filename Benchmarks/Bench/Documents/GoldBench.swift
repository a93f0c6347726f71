import ArgumentParser
import ColophonProcesses
import DoclingDocument
import Foundation

/// How far the program's reading of documents agrees with docling's: its texts, its labels and its tables.
///
/// A source that the program cannot read, or a pair that cannot be compared, has a row that says why and counts nowhere.
struct GoldBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gold", abstract: "Agreement of the program's JSON with docling's, as a table in Markdown.")

    @Argument(help: "A folder of pairs: a source NAME.EXT, and docling's JSON of it, NAME.EXT.json.") var folder: String

    func run() async throws {
        let names = try sources()
        try await Samples.withFolder { scratch in
            var sums: [String: GoldScore] = [:]
            print(GoldScore.tableHead)
            for (number, name) in names.enumerated() {
                switch try await score(of: name, scratch: "\(scratch)/\(number)") {
                case .success(let score):
                    print(score.tableRow(name))
                    sums[(name as NSString).pathExtension, default: GoldScore()] += score
                case .failure(let problem): print(problem.tableRow(name))
                }
            }
            for (ending, sum) in sums.sorted(by: { $0.key < $1.key }) { print(sum.tableRow("all .\(ending)")) }
        }
    }

    /// The names of the sources that docling's JSON lies beside, sorted.
    private func sources() throws -> [String] {
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: folder))
        return names.filter { names.contains("\($0).json") }.sorted()
    }

    private func score(of name: String, scratch: String) async throws -> Result<GoldScore, GoldProblem> {
        let source = "\(folder)/\(name)"
        let output = "\(scratch).json"
        let log = "\(scratch).log"
        let process = try ChildProcess(ColophonBench.program, ["convert", "--to", "json", "-o", output, source], output: log)
        let usage = await process.wait(timeout: .seconds(120))
        guard usage.status == 0, let ours = FileManager.default.contents(atPath: output) else {
            let said = FileManager.default.contents(atPath: log) ?? Data()
            // The program names the file first, which the row does too.
            let reason = String(decoding: said, as: UTF8.self).components(separatedBy: "\(source): ").last ?? ""
            return .failure(GoldProblem("not converted: \(reason)"))
        }
        guard let docling = FileManager.default.contents(atPath: "\(source).json") else {
            return .failure(GoldProblem("docling's JSON cannot be read"))
        }
        do {
            return GoldContent(try DoclingDocument(json: docling)).score(of: GoldContent(try DoclingDocument(json: ours)))
        } catch {
            return .failure(GoldProblem("no DoclingDocument: \(error)"))
        }
    }
}
