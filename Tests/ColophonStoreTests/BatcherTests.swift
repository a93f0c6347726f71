import Synchronization
import Testing

@testable import ColophonStore

@Suite struct BatcherTests {
    private struct Refused: Error, Equatable { var item: Int }

    /// - Returns: What each of ten callers was told, who all wait while the first is on its way.
    private func outcomes(mayRepeat: Bool, refusing guilty: Int) async -> [Result<Int, Refused>] {
        let isBusy = Mutex(true)
        let batcher = Batcher<Int, Int>(
            batchMax: 100, mayRepeat: { _ in mayRepeat },
            act: { items in
                while isBusy.withLock({ $0 }) { await Task.yield() }
                if items.contains(guilty) { throw Refused(item: guilty) }
                return items.map { $0 * 2 }
            })
        return await withTaskGroup { group in
            for item in 0..<10 {
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

    @Test func `all are told of an error after which nobody knows what was done`() async {
        let outcomes = await outcomes(mayRepeat: false, refusing: 7)
        #expect(outcomes.filter { $0 == .failure(Refused(item: 7)) }.count >= 9)
    }
}
