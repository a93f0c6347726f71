import Foundation
import Synchronization

/// A process of ours that may be ended from any thread until it is reaped.
final class RunningChild: Sendable {
    private struct State {
        var pid: pid_t?
        var isUnwanted = false
    }

    private let state = Mutex(State())

    /// Nil before it has started and once it is reaped.
    var pid: pid_t? { state.withLock { $0.pid } }

    /// Notes that it has started; ends it at once where it is not wanted any more.
    func began(_ pid: pid_t) {
        state.withLock { state in
            state.pid = pid
            if state.isUnwanted { Self.end(pid) }
        }
    }

    /// Ends it and all of its group, now or as soon as it has started.
    func kill() {
        state.withLock { state in
            state.isUnwanted = true
            if let pid = state.pid { Self.end(pid) }
        }
    }

    /// Ends it if it has not ended, and waits until nothing of it is left, which takes no longer than the kernel does.
    func reap() -> ChildStatus {
        state.withLock { state in
            // Until it is waited for, its number is no other's.
            guard let pid = state.pid else { return .exited(0) }
            Self.end(pid)
            state.pid = nil
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
            return ChildStatus(status)
        }
    }

    /// Waits until it has ended by itself or been ended, and reaps it.
    func waitForEnd() {
        guard let pid = state.withLock({ $0.pid }) else { return }
        var information = siginfo_t()
        // It stays a zombie until it is reaped below, so that nobody is ended in its place.
        while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
        _ = reap()
    }

    private static func end(_ pid: pid_t) {
        // Right after its start it may not lead its group yet.
        Foundation.kill(-pid, SIGKILL)
        Foundation.kill(pid, SIGKILL)
    }
}
