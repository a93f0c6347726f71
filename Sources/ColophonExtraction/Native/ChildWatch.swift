import ColophonChild
import ColophonCore
import Foundation

/// Follows one child's output and notices when it stalls; blocks its thread.
struct ChildWatch {
    /// How long a child may take.
    struct Times: Sendable {
        /// Without a frame, while its dialogue is paced.
        var page: Duration
        /// In all.
        var total: Duration
    }

    let times: Times

    private static let bufferBytes = 64 << 10

    /// Reads until the child has answered, its output ends, or it stalls; whichever comes first.
    ///
    /// - Parameter output: A pipe's end.
    func follow(_ output: Int32, _ dialogue: some ChildDialogue) -> ChildOutcome {
        var (dialogue, decoder) = (dialogue, ChildFrameDecoder())
        let end = ContinuousClock.now + times.total
        var lastFrame = ContinuousClock.now
        return withUnsafeTemporaryAllocation(byteCount: Self.bufferBytes, alignment: 16) { buffer in
            while true {
                let pageEnd = dialogue.isPaced ? lastFrame + times.page : end
                guard Self.wait(for: output, until: min(end, pageEnd)) else { return stall(end) }
                let count = read(output, buffer.baseAddress, buffer.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return .silence }
                decoder.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                do throws(ChildProtocolError) {
                    while let frame = try decoder.next() {
                        lastFrame = .now
                        if let outcome = try dialogue.take(frame) { return outcome }
                    }
                } catch {
                    return .brokenProtocol
                }
            }
        }
    }

    private func stall(_ end: ContinuousClock.Instant) -> ChildOutcome {
        if ContinuousClock.now >= end { return .stalled(RunFailure(.timeoutParse)) }
        return .stalled(RunFailure(.timeoutParse, "Reading one page took longer than \(times.page.components.seconds) s."))
    }

    /// - Returns: False when the time came first.
    private static func wait(for output: Int32, until end: ContinuousClock.Instant) -> Bool {
        while true {
            let left = (end - .now).components
            guard left.seconds >= 0, left.attoseconds >= 0 else { return false }
            // Rounded up: not to look again and again within the last millisecond.
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
            var question = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            if poll(&question, 1, Int32(clamping: milliseconds)) > 0 { return true }
        }
    }
}
