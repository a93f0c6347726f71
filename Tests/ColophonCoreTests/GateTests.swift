import ColophonCore
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct GateTests {
    final class Count: Sendable {
        private let state = Mutex((now: 0, most: 0))
        var most: Int { state.withLock { $0.most } }
        func enter() { state.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
        func leave() { state.withLock { $0.now -= 1 } }
    }

    @Test func `no more are in at once than may be, and all get through`() async throws {
        let (gate, count) = (Gate(width: 3, waitingMax: 1000), Count())
        let passed = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await gate.pass {
                        count.enter()
                        await Task.yield()
                        count.leave()
                        return 1
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(passed == 200 && (1...3).contains(count.most))
    }

    @Test func `one too many is told to come back`() async throws {
        let gate = Gate(width: 1, waitingMax: 0)
        try await gate.pass {
            let error = await #expect(throws: ColophonError.self) { try await gate.pass {} }
            #expect(error?.code == .unavailable && error?.retryAfterSeconds == 1)
        }
        try await gate.pass {}
    }

    @Test func `who has waited long enough is told to come back, and takes nobody's place`() async throws {
        let gate = Gate(width: 1, waitingMax: 9, patience: .milliseconds(50))
        try await gate.pass {
            let refused = await #expect(throws: ColophonError.self) { try await gate.pass {} }
            #expect(refused?.code == .unavailable && refused?.retryAfterSeconds != nil)
        }
        try await gate.pass {}
    }

    @Test func `who is cancelled while waiting leaves, and takes nobody's place`() async throws {
        let gate = Gate(width: 1, waitingMax: 10)
        try await gate.pass {
            let waiting = Task { try await gate.pass {} }
            await Task.yield()
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
        try await gate.pass {}
    }

    @Test func `who throws inside makes room again`() async throws {
        struct Oops: Error {}
        let gate = Gate(width: 1, waitingMax: 0)
        await #expect(throws: Oops.self) { try await gate.pass { throw Oops() } }
        try await gate.pass {}
    }
}
