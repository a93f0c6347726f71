import ArgumentParser
import Foundation

struct WorkerOptions: ParsableArguments {
    @Option(help: "How many documents are read at once (COLOPHON_SLOTS; default one a core).")
    var slots: Int?

    func validate() throws {
        guard (1...256).contains(count) else { throw ValidationError("--slots (COLOPHON_SLOTS) must be from 1 to 256.") }
    }

    var count: Int {
        slots ?? ProcessInfo.processInfo.environment["COLOPHON_SLOTS"].map { Int($0) ?? 0 }
            ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
    }
}
