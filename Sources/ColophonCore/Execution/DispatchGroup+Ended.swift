package import Dispatch

extension DispatchGroup {
    /// Waits for threads that have entered the group to leave it, without holding a thread of the cooperative pool.
    package func ended() async {
        await withCheckedContinuation { continuation in notify(queue: .global()) { continuation.resume() } }
    }
}
