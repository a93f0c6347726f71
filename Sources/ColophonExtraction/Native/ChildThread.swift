import ColophonChild
import Foundation

/// A thread that starts a child and stays until it is reaped: the kernel takes the end of the thread that started a process for the end of its parent
/// (prctl(2), `PR_SET_PDEATHSIG`).
enum ChildThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Begins on a new thread.
    ///
    /// - Throws: `refused` where the system gives no more threads; Foundation's own would not say so.
    static func start(_ run: @escaping @Sendable () -> Void) throws(ForkSocket.Failure) {
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let failed = pthread_create(
            &thread, nil,
            { argument in
                argument.map { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            }, body.toOpaque())
        guard failed == 0 else {
            body.release()
            throw .refused(failed)
        }
        pthread_detach(thread)
    }
}
