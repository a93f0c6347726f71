import ColophonChild
import ColophonCore
import Foundation
import Subprocess
import SystemPackage

/// One child over one document: started with almost no environment, followed, and killed when it has said all or too little.
struct ChildRun: Sendable {
    /// The child's path.
    let program: String
    /// Its command line.
    let words: [String]
    /// What opens the document. It travels in the environment, which is the child's own to see, unlike its command line.
    var password: String?

    /// The server's own environment may hold secrets; a reader of strangers' files is given none of it but where its libraries are.
    private var environment: Environment {
        let own = ProcessInfo.processInfo.environment
        let names = ["PDFIUM_LIBRARY", "LD_LIBRARY_PATH", "TESSERACT_LIBRARY", "TESSDATA_PREFIX"]
        let kept = names.compactMap { name in own[name].map { (Environment.Key(stringLiteral: name), $0) } }
        let secret = password.map { [(Environment.Key(stringLiteral: ChildArguments.passwordVariable), $0)] } ?? []
        return .custom(Dictionary(uniqueKeysWithValues: kept + secret + Self.fixed))
    }

    /// A reader can start no threads, so Tesseract must not want any.
    private static let fixed: [(Environment.Key, String)] = [("SWIFT_BACKTRACE", "enable=no"), ("OMP_THREAD_LIMIT", "1")]

    /// What the child answered, unread. Nothing is left of it when this returns.
    ///
    /// - Parameter descriptor: Its standard input, from offset 0; stays the caller's to close.
    /// - Throws: `RunFailure` for whatever the document or the child did, `unavailable` when it could not be started, the dialogue's own
    ///   refusal, `CancellationError` when the task was cancelled.
    func answer(to dialogue: some ChildDialogue, descriptor: Int32, within times: ChildWatch.Times) async throws -> ChildResult {
        var options = PlatformOptions()
        // The group goes with the child, so that killing it leaves nothing behind.
        options.processGroupID = 0
        let outcome: ChildOutcome
        let status: TerminationStatus
        do {
            let run = try await Subprocess.run(
                .path(FilePath(program)), arguments: Arguments(words), environment: environment, platformOptions: options,
                input: .fileDescriptor(FileDescriptor(rawValue: descriptor), closeAfterSpawningProcess: false), output: .sequence,
                error: .discarded
            ) { execution in
                let watch = ChildWatch(times: times)
                let outcome = await watch.follow(execution.standardOutput, dialogue)
                // It has said all it had to say, or too much, or too little.
                try? execution.send(signal: .kill, toProcessGroup: true)
                return outcome
            }
            (outcome, status) = (run.closureResult, run.terminationStatus)
        } catch {
            try Task.checkCancellation()
            throw ColophonError(.unavailable, "The child process could not be started.", cause: error)
        }
        try Task.checkCancellation()
        return try outcome.result(whenEndedWith: status)
    }
}
