import ColophonCore
import DoclingDocument

/// A reader that takes as long as its document says, and ends as its document and the seed decide.
struct SimulatedExtractor: Extractor {
    static let recipe = RunRecipe(name: "simulated", version: "1")

    let process: SimulatedProcess

    var name: String { Self.recipe.name }
    var version: String { Self.recipe.version }

    func extract(
        _ source: ExtractionSource, progress: @escaping @Sendable (PageProgress) -> Void
    ) async throws -> Extraction {
        let (world, descriptor) = (process.world, source.descriptor)
        guard let script = world.readings.begin(descriptor, by: process) else { throw ProcessDied() }
        defer { world.readings.end(descriptor) }
        do {
            progress(PageProgress(done: 0, total: script.pages))
            for page in 1...script.pages {
                try await process.clock.sleep(for: .microseconds(script.microsecondsAPage))
                try world.readingFails(script)
                progress(PageProgress(done: page, total: script.pages))
            }
        } catch is CancellationError {
            // A reader that is killed takes its time to be gone: up to the two seconds that an extractor promises.
            if !process.isDead { await process.clock.sleepUncancelled(for: world.dice.skewed(1000, 1_900_000)) }
            throw CancellationError()
        }
        return Extraction(document: DoclingDocument(name: "\(script.name), reading \(descriptor)"))
    }
}

/// What a simulated document does to its readers; written in its bytes.
struct DocumentScript {
    enum End: Int { case good, damaged, harmful, flaky }

    var name: String
    var pages: Int
    var microsecondsAPage: Int64
    var end: End

    var bytes: [UInt8] { Array("\(name)|\(pages)|\(microsecondsAPage)|\(end.rawValue)".utf8) }

    init(name: String, pages: Int, microsecondsAPage: Int64, end: End) {
        self.name = name
        self.pages = pages
        self.microsecondsAPage = microsecondsAPage
        self.end = end
    }

    init?(_ bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "|")
        guard parts.count == 4, let pages = Int(parts[1]), let time = Int64(parts[2]), let end = Int(parts[3]).flatMap(End.init) else {
            return nil
        }
        self.init(name: String(parts[0]), pages: pages, microsecondsAPage: time, end: end)
    }
}

extension World {
    /// Whether a reader fails at a page.
    func readingFails(_ script: DocumentScript) throws {
        switch script.end {
        case .damaged where dice.below(script.pages) == 0: throw RunFailure(.parseFailed)
        case .harmful where dice.below(script.pages) == 0:
            tally.count(.harmfulDocument)
            throw RunFailure(.lost, "The reader was ended by a signal.")
        case .flaky where dice.below(script.pages) == 0: throw RunFailure(.unknown)
        default: break
        }
        guard !isCalm else { return }
        if dice.happens(weather.deadReaders) {
            tally.count(.deadReader)
            throw RunFailure(.lost, "The reader was ended by a signal.")
        }
        if dice.happens(weather.readFailures) {
            tally.count(.readFailure)
            throw RunFailure(.ioError)
        }
    }
}
