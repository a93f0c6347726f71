import ColophonChild
import ColophonCore
import Subprocess
import Synchronization

/// Follows one child's output and notices when it stalls.
final class ChildWatch: Sendable {
    private let limits: Limits
    private let progress: @Sendable (PageProgress) -> Void
    private let lastFrame: Mutex<ContinuousClock.Instant>
    /// Set when every page was read: what follows, putting the pages together, has no frames and only the total limit.
    private let hasReadAll = Mutex(false)

    init(limits: Limits, progress: @escaping @Sendable (PageProgress) -> Void) {
        self.limits = limits
        self.progress = progress
        lastFrame = Mutex(ContinuousClock.now)
    }

    /// Reads until the child has answered, its output ends, it stalls, or the task is cancelled; whichever comes first.
    func follow(_ output: SubprocessOutputSequence) async -> ChildOutcome {
        await withTaskGroup(of: ChildOutcome?.self) { group in
            group.addTask { await self.read(output) }
            group.addTask { await self.waitForStall() }
            var outcome: ChildOutcome?
            while outcome == nil, let ended = await group.next() { outcome = ended }
            group.cancelAll()
            return outcome ?? .silence
        }
    }

    private func read(_ output: SubprocessOutputSequence) async -> ChildOutcome {
        var decoder = ChildFrameDecoder()
        var answer = ChildAnswer(resultBytesMax: limits.structureBytesMax, pagesMax: limits.pagesMax)
        do {
            for try await buffer in output {
                buffer.withUnsafeBytes { decoder.append($0) }
                while let frame = try decoder.next() {
                    lastFrame.withLock { $0 = .now }
                    switch try answer.take(frame) {
                    case .wait: break
                    case .progress(let done, let total):
                        if done == total { hasReadAll.withLock { $0 = true } }
                        progress(PageProgress(done: done, total: total))
                    case .result(let json, _): return .result(json)
                    case .failure(let code, let message): return .failure(code: code, message: message)
                    }
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
        let end = start + limits.parseTimeout
        while true {
            let pageEnd = hasReadAll.withLock { $0 } ? end : lastFrame.withLock { $0 } + limits.pageTimeout
            let now = ContinuousClock.now
            if now >= end { return .stalled(RunFailure(.timeoutParse)) }
            if now >= pageEnd {
                let seconds = limits.pageTimeout.components.seconds
                return .stalled(RunFailure(.timeoutParse, "Reading one page took longer than \(seconds) s."))
            }
            do { try await Task.sleep(until: min(end, pageEnd), clock: .continuous) } catch { return nil }
        }
    }
}
