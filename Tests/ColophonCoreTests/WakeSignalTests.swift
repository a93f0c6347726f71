import ColophonCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct WakeSignalTests {
    @Test func `a signal wakes all who wait`() async {
        let signal = WakeSignal()
        await withTaskGroup { group in
            for _ in 0..<20 { group.addTask { await signal.wait(timeout: .seconds(600)) } }
            group.addTask {
                // Whoever comes after the first signals is woken by a later one.
                for _ in 0..<2000 where !Task.isCancelled {
                    signal.signal()
                    try? await Task.sleep(for: .milliseconds(1))
                }
            }
            for _ in 0..<20 { await group.next() }
            group.cancelAll()
        }
    }

    @Test func `a signal that nobody waited for wakes the next who does`() async {
        let signal = WakeSignal()
        signal.signal()
        await signal.wait(timeout: .seconds(600))
    }

    @Test func `waiting ends with its time, and with its task`() async {
        let signal = WakeSignal()
        await signal.wait(timeout: .milliseconds(1))
        let task = Task { await signal.wait(timeout: .seconds(600)) }
        task.cancel()
        await task.value
    }
}
