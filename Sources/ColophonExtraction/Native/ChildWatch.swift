import ColophonChild
import ColophonCore
import Subprocess
import Synchronization

/// Follows one child's output and notices when it stalls.
final class ChildWatch: Sendable {
    /// How long a child may take.
    struct Times: Sendable {
        /// Without a frame, while its dialogue is paced.
        var page: Duration
        /// In all.
        var total: Duration
    }

    private struct Pace {
        var lastFrame = ContinuousClock.now
        var isPaced = true
    }

    private let times: Times
    private let pace = Mutex(Pace())

    init(times: Times) {
        self.times = times
    }

    /// Reads until the child has answered, its output ends, it stalls, or the task is cancelled; whichever comes first.
    func follow(_ output: SubprocessOutputSequence, _ dialogue: some ChildDialogue) async -> ChildOutcome {
        pace.withLock { $0.isPaced = dialogue.isPaced }
        return await withTaskGroup(of: ChildOutcome?.self) { group in
            group.addTask { await self.read(output, dialogue) }
            group.addTask { await self.waitForStall() }
            var outcome: ChildOutcome?
            while outcome == nil, let ended = await group.next() { outcome = ended }
            group.cancelAll()
            return outcome ?? .silence
        }
    }

    private func read(_ output: SubprocessOutputSequence, _ dialogue: some ChildDialogue) async -> ChildOutcome {
        var decoder = ChildFrameDecoder()
        var dialogue = dialogue
        do {
            for try await buffer in output {
                buffer.withUnsafeBytes { decoder.append($0) }
                while let frame = try decoder.next() {
                    pace.withLock { $0.lastFrame = .now }
                    if let outcome = try dialogue.take(frame) { return outcome }
                    let isPaced = dialogue.isPaced
                    pace.withLock { $0.isPaced = isPaced }
                }
            }
            return .silence
        } catch is ChildProtocolError {
            return .brokenProtocol
        } catch {
            return .silence
        }
    }

    /// Ends with a failure when no frame has come for a page's time or the whole time is over; nil when cancelled.
    private func waitForStall() async -> ChildOutcome? {
        let start = ContinuousClock.now
        let end = start + times.total
        while true {
            let pace = pace.withLock { $0 }
            let pageEnd = pace.isPaced ? pace.lastFrame + times.page : end
            let now = ContinuousClock.now
            if now >= end { return .stalled(RunFailure(.timeoutParse)) }
            if now >= pageEnd {
                let seconds = times.page.components.seconds
                return .stalled(RunFailure(.timeoutParse, "Reading one page took longer than \(seconds) s."))
            }
            do { try await Task.sleep(until: min(end, pageEnd), clock: .continuous) } catch { return nil }
        }
    }
}
