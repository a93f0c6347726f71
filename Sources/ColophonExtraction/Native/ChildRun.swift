import CSandbox
import ColophonChild
import ColophonCore
import Foundation

/// One child over one document: started with almost no environment, followed, and killed when it has said all or too little.
struct ChildRun: Sendable {
    let program: ChildProgram
    /// Its command line.
    let words: [String]
    /// What opens the document. It never travels on a command line, which is for all to see.
    var password: String?

    /// What the child answered, unread. Nothing is left of it when this returns.
    ///
    /// - Parameter descriptor: Its standard input, from offset 0; stays the caller's to close.
    /// - Throws: `RunFailure` for whatever the document or the child did, `unavailable` when it could not be started, the dialogue's own
    ///   refusal, `CancellationError` when the task was cancelled.
    func answer(to dialogue: some ChildDialogue, descriptor: Int32, within times: ChildWatch.Times) async throws -> ChildResult {
        let child = RunningChild()
        try Task.checkCancellation()
        let ended = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                do throws(ForkSocket.Failure) {
                    try ChildThread.start { continuation.resume(returning: Result { try run(child, dialogue, descriptor, times) }) }
                } catch {
                    continuation.resume(returning: .failure(Self.unavailable(error)))
                }
            }
        } onCancel: {
            child.kill()
        }
        try Task.checkCancellation()
        let (outcome, status) = try ended.get()
        return try outcome.result(whenEndedWith: status)
    }

    private func run(
        _ child: RunningChild, _ dialogue: some ChildDialogue, _ input: Int32, _ times: ChildWatch.Times
    ) throws -> (ChildOutcome, ChildStatus) {
        var ends: [Int32] = [-1, -1]
        let failed = colophon_pipe(&ends)
        guard failed == 0 else { throw Self.unavailable(ForkSocket.Failure.refused(failed)) }
        defer { close(ends[0]) }
        do {
            defer { close(ends[1]) }
            child.began(try program.start(ForkRequest(words: words, password: password), input: input, output: ends[1]))
        } catch {
            throw Self.unavailable(error)
        }
        let outcome = ChildWatch(times: times).follow(ends[0], dialogue)
        // It has said all it had to say, or too much, or too little.
        return (outcome, child.reap())
    }

    private static func unavailable(_ error: any Error) -> ColophonError {
        ColophonError(.unavailable, "The child process could not be started.", cause: error)
    }
}
