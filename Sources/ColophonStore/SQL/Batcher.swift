import Synchronization

/// Lets callers that come at the same time share one transaction: while one is on its way, the next batch gathers. There is no timer.
final class Batcher<Item: Sendable, Answer: Sendable>: Sendable {
    private enum Turn: Sendable {
        /// The caller's own turn to act for all who wait.
        case lead
        case answered(Result<Answer, any Error>)
    }

    private struct Waiter {
        var item: Item
        var continuation: CheckedContinuation<Turn, Never>
    }

    private struct State {
        var waiting: [Waiter] = []
        /// How many batches are on their way.
        var leaders = 0
    }

    private let state = Mutex(State())
    private let batchMax: Int
    private let leadersMax: Int
    private let act: @Sendable ([Item]) async throws -> [Answer]
    private let mayRepeat: @Sendable (any Error) -> Bool

    /// - Parameters:
    ///   - batchMax: The most items of one batch.
    ///   - leadersMax: The most batches on their way at once: a second one sets out when it is full, so that batches stay large.
    ///   - act: Deals with a batch and answers each item, in order; what it throws, all are told.
    ///   - mayRepeat: Whether an error leaves nothing done and may be the fault of one item alone: then each half is dealt with by
    ///     itself, and so on, so that only the guilty one is told.
    init(
        batchMax: Int, leadersMax: Int = 1, mayRepeat: @escaping @Sendable (any Error) -> Bool = { _ in false },
        act: @escaping @Sendable ([Item]) async throws -> [Answer]
    ) {
        self.batchMax = batchMax
        self.leadersMax = leadersMax
        self.mayRepeat = mayRepeat
        self.act = act
    }

    /// How many stand in line behind those batches that are on their way.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    func submit(_ item: Item) async throws -> Answer {
        if state.withLock({ takesLead(&$0) }) { return try await lead(with: item) }
        let turn = await withCheckedContinuation { continuation in
            let isAlone = state.withLock { state in
                // Whoever led may have left since we looked.
                if takesLead(&state) { return true }
                state.waiting.append(Waiter(item: item, continuation: continuation))
                return false
            }
            if isAlone { continuation.resume(returning: Turn.lead) }
        }
        switch turn {
        case .lead: return try await lead(with: item)
        case .answered(let result): return try result.get()
        }
    }

    private func takesLead(_ state: inout State) -> Bool {
        let isFull = state.waiting.count + 1 >= batchMax
        guard state.leaders == 0 || (isFull && state.leaders < leadersMax) else { return false }
        state.leaders += 1
        return true
    }

    /// Acts for the caller and those who wait, then hands the lead on.
    private func lead(with item: Item) async throws -> Answer {
        let others = state.withLock { state in
            let others = Array(state.waiting.prefix(batchMax - 1))
            state.waiting.removeFirst(others.count)
            return others
        }
        let results = await answers(to: [item] + others.map(\.item))
        for (other, result) in zip(others, results.dropFirst()) { other.continuation.resume(returning: .answered(result)) }
        let next = state.withLock { state -> Waiter? in
            // Who does not fill a batch waits for the other one that is on its way.
            if state.waiting.isEmpty || (state.leaders > 1 && state.waiting.count < batchMax) {
                state.leaders -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.continuation.resume(returning: .lead)
        return try results[0].get()
    }

    private func answers(to items: [Item]) async -> [Result<Answer, any Error>] {
        do { return try await act(items).map { .success($0) } } catch {
            guard items.count > 1, mayRepeat(error) else { return items.map { _ in .failure(error) } }
        }
        let half = items.count / 2
        let first = await answers(to: Array(items[..<half]))
        return first + (await answers(to: Array(items[half...])))
    }
}
