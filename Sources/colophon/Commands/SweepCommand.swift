import ArgumentParser
import ColophonCore
import ColophonPipeline

struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Removes what is due, here and now, as `serve` does by itself.",
        discussion: "Works on the data folder and the database, beside a running server or without one.")

    @Flag(help: "Only count what would go.")
    var dryRun = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var keep: SweepOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        var limits = try service.limits.limits()
        try keep.apply(to: &limits)
        let report = try await service.withData(
            limits: limits, readsTables: true, mustExist: true, logger: service.logger()
        ) { open in
            let sweep = Sweep(library: open.library)
            return dryRun ? try await sweep.preview() : try await sweep.run()
        }
        if json {
            try Terminal.json(report)
        } else {
            for line in report.lines { Terminal.print("\(line.name)\t\(line.count)") }
        }
        if report.unremoved > 0 { throw ExitStatusError(.findingsLeft, "\(report.unremoved) blobs could not be removed.") }
    }
}
