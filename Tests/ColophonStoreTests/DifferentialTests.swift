import ColophonCore
import ColophonSamples
import ColophonStore
import ColophonTestSupport
import Testing

/// The same verbs in the same order must answer the same, and leave the same rows, on both engines.
@Suite struct DifferentialTests {
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `random verbs answer alike and leave the same rows on SQLite and PostgreSQL`(seed: UInt64) async throws {
        var left = VerbPlayer(open: try await StoreDriver.sqliteInMemory.openEmpty())
        var right = VerbPlayer(open: try await StoreDriver.postgres.openEmpty())
        var generator = SplitMix64(seed: seed)
        for step in 0..<200 {
            let verb = RandomVerb(using: &generator)
            let (one, other) = (await left.play(verb), await right.play(verb))
            try #require(one == other, "seed \(seed), step \(step), \(verb)")
        }
        let (one, other) = (try await left.rows(), try await right.rows())
        #expect(one == other, "seed \(seed): \(zip(one, other).first { $0 != $1 }.map { "\($0)\n\($1)" } ?? "")")
        #expect(try await left.open.store.violations(limit: 10) == [])
        #expect(try await right.open.store.violations(limit: 10) == [])
    }
}

/// A verb and its numbers, which both players read the same way.
struct RandomVerb: CustomStringConvertible {
    enum Kind: CaseIterable {
        case upload, uploadAgain, uploadUnprocessed, claim, renew, complete, completeStale, fail, release, reap, reapDead, cancel,
            cancelAll,
            retry, start, reparse, delete, advance, list, artifact, keep, download, expire, trim, uploadAnywhere, uploadRecorded,
            uploadElsewhere, lost, inspect, disown, enqueue, claimBare, extendBare, finishBare, putBackBare,
            create, addVersion, edit, tag, restore, deleteSome, startSome, listRows, catalogue, listRuns
    }

    let kind: Kind
    let numbers: [UInt64]

    init(using generator: inout SplitMix64) {
        kind = Kind.allCases[Int(generator.next() % UInt64(Kind.allCases.count))]
        numbers = (0..<3).map { _ in generator.next() >> 8 }
    }

    var description: String { "\(kind) \(numbers)" }
    func pick<Element>(_ index: Int, of elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[Int(numbers[index] % UInt64(elements.count))]
    }
}
