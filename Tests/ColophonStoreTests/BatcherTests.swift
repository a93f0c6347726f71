import Synchronization
import Testing

@testable import ColophonStore

@Suite struct BatcherTests {
    private struct Refused: Error, Equatable { var item: Int }

    /// - Returns: What each of ten callers was told, who all wait while the first is on its way.
    private func outcomes(mayRepeat: Bool, refusing guilty: Int) async -> [Result<Int, Refused>] {
        let isBusy = Mutex(true)
        let hasBegun = Mutex(false)
        let batcher = Batcher<Int, Int>(
            batchMax: 100, mayRepeat: { _ in mayRepeat },
            act: { items in
                hasBegun.withLock { $0 = true }
                while isBusy.withLock({ $0 }) { await Task.yield() }
                if items.contains(guilty) { throw Refused(item: guilty) }
                return items.map { $0 * 2 }
            })
        return await withTaskGroup { group in
            for item in 0..<10 {
                // The first sets out alone, whoever is quick.
                while item > 0, !hasBegun.withLock({ $0 }) { await Task.yield() }
                group.addTask {
                    do { return (item, Result<Int, Refused>.success(try await batcher.submit(item))) } catch {
                        return (item, .failure(error as? Refused ?? Refused(item: -1)))
                    }
                }
            }
            // Until all but the first stand in line.
            while batcher.waitingCount < 9 { await Task.yield() }
            isBusy.withLock { $0 = false }
            var outcomes = [Result<Int, Refused>](repeating: .failure(Refused(item: -1)), count: 10)
            for await (item, outcome) in group { outcomes[item] = outcome }
            return outcomes
        }
    }

    @Test func `one item that is refused is the only one to be told so`() async {
        let outcomes = await outcomes(mayRepeat: true, refusing: 7)
        #expect(outcomes == (0..<10).map { $0 == 7 ? .failure(Refused(item: 7)) : .success($0 * 2) })
    }

    /// - Returns: How large the batches were, in order of their beginnings, and how many were on their way at once.
    private func batches(of callers: Int, batchMax: Int, leadersMax: Int) async -> (sizes: [Int], most: Int) {
        let state = Mutex((isBusy: true, active: 0, most: 0, sizes: [Int]()))
        let batcher = Batcher<Int, Int>(
            batchMax: batchMax, leadersMax: leadersMax,
            act: { items in
                state.withLock { ($0.active, $0.most, $0.sizes) = ($0.active + 1, max($0.most, $0.active + 1), $0.sizes + [items.count]) }
                while state.withLock({ $0.isBusy }) { await Task.yield() }
                state.withLock { $0.active -= 1 }
                return items
            })
        await withTaskGroup(of: Bool.self) { group in
            for item in 0..<callers {
                // The first sets out alone, whoever is quick.
                while item > 0, state.withLock({ $0.sizes.isEmpty }) { await Task.yield() }
                group.addTask { (try? await batcher.submit(item)) == item }
            }
            while state.withLock({ $0.sizes.reduce(0, +) }) + batcher.waitingCount < callers { await Task.yield() }
            state.withLock { $0.isBusy = false }
            for await answered in group { #expect(answered) }
        }
        return state.withLock { ($0.sizes, $0.most) }
    }

    @Test func `a second batch sets out beside the first when it is full`() async {
        let (sizes, most) = await batches(of: 25, batchMax: 10, leadersMax: 2)
        #expect(most == 2)
        #expect(sizes.prefix(2) == [1, 10] && sizes.reduce(0, +) == 25)
    }

    @Test func `fewer than fill a batch wait for the one on its way`() async {
        let (sizes, most) = await batches(of: 10, batchMax: 10, leadersMax: 2)
        #expect(most == 1)
        #expect(sizes == [1, 9])
    }

    @Test func `all are told of an error after which nobody knows what was done`() async {
        let outcomes = await outcomes(mayRepeat: false, refusing: 7)
        #expect(outcomes.filter { $0 == .failure(Refused(item: 7)) }.count >= 9)
    }
}
