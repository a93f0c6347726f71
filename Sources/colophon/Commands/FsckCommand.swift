import ArgumentParser
import ColophonStore
import ColophonUpkeep
import Foundation

struct FsckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fsck", abstract: "Compares the ledger with itself and with the stored bytes, and repairs what is safe.",
        discussion: "It may run beside working servers. It ends with 0 when nothing is left to do, and with 4 when something is.")

    @Flag(help: "Put right what can be put right without guessing; otherwise nothing is changed.")
    var repair = false

    @Flag(help: "Measure stored bytes instead of reading and hashing them.")
    var quick = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var service: ServiceOptions

    func run() async throws {
        let report = try await UpkeepParts.with(service, mustExist: true) {
            try await Self.check($0, repairs: repair, hashes: !quick, tells: !json)
        }
        if json { try Terminal.json(FsckRecord(report)) } else { Self.sum(up: report) }
        if report.left > 0 { throw ExitStatusError(.findingsLeft) }
    }

    /// Checks, telling each finding when it is found.
    static func check(_ parts: UpkeepParts, repairs: Bool, hashes: Bool, tells: Bool) async throws -> FsckReport {
        var options = Fsck.Options()
        (options.repairs, options.hashes) = (repairs, hashes)
        let fsck = Fsck(
            store: parts.store, blobs: parts.blobs, limits: parts.limits, options: options,
            onFinding: { finding in
                guard tells else { return }
                Terminal.endProgress()
                Terminal.print(text(of: finding))
            },
            onProgress: { Terminal.progress("\($0.documents) documents, \($0.blobs) blobs, \($0.left + $0.repaired) findings") })
        let report = try await fsck.run()
        Terminal.endProgress()
        return report
    }

    private static func text(of finding: FsckFinding) -> String {
        let head = "\(finding.code): \(finding.subject): \(finding.message)."
        return switch finding.outcome {
        case .repairable: "\(head) --repair puts it right."
        case .repaired(let done): "\(head) Repaired: it \(done)."
        case .needs(let remedy): "\(head) \(remedy)"
        }
    }

    static func sum(up report: FsckReport) {
        let bytes = report.bytes.formatted(.byteCount(style: .binary))
        Terminal.print(
            "\(report.documents) documents and \(report.blobs) blobs (\(bytes)) were looked at: "
                + (report.left + report.repaired == 0 ? "all is well." : "\(report.repaired) findings repaired, \(report.left) left."))
        if report.youngBlobs > 0 {
            Terminal.print("\(report.youngBlobs) blobs belong to no row yet; the sweep takes those that still do not in a day.")
        }
    }
}
