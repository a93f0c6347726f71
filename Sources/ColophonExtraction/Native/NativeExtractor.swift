import ColophonChild
package import ColophonCore
package import DoclingDocument
import Foundation
import Subprocess
import SystemPackage

/// Reads PDFs in a disposable child process: one document a process, limits in force, killed when it stalls.
package struct NativeExtractor: Extractor {
    package static let identity = ExtractorIdentity(name: "native", version: "0.1.0")

    package var name: String { Self.identity.name }
    package var version: String { Self.identity.version }

    private let program: String
    private let limits: Limits

    /// - Parameter program: The child's path, as `ChildProgram.locate` gives it.
    package init(program: String, limits: Limits) {
        self.program = program
        self.limits = limits
    }

    package func extract(
        descriptor: Int32, name: String, progress: @escaping @Sendable (PageProgress) -> Void
    ) async throws -> DoclingDocument {
        let json = try await structure(descriptor: descriptor, name: name, progress: progress)
        do {
            return try await HeavyWork.threads.run { try DoclingDocument(json: json) }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw RunFailure(.lost, "The reader's answer could not be understood.")
        }
    }

    /// The server's own environment may hold secrets; a reader of strangers' files is given none of it but where its libraries are.
    private static var environment: Environment {
        let own = ProcessInfo.processInfo.environment
        let kept = ["PDFIUM_LIBRARY", "LD_LIBRARY_PATH"].compactMap { name in own[name].map { (Environment.Key(stringLiteral: name), $0) } }
        return .custom(Dictionary(uniqueKeysWithValues: kept + [("SWIFT_BACKTRACE", "enable=no")]))
    }

    /// The child's answer, unread.
    ///
    /// - Throws: As `extract` does.
    package func structure(
        descriptor: Int32, name: String, progress: @escaping @Sendable (PageProgress) -> Void
    ) async throws -> [UInt8] {
        let arguments = ChildArguments(
            name: name, pagesMax: limits.pagesMax, memoryBytesMax: UInt64(limits.childMemoryBytesMax),
            cpuSecondsMax: UInt64(limits.parseTimeout.components.seconds) + 1,
            parent: getpid())
        var options = PlatformOptions()
        // The group goes with the child, so that killing it leaves nothing behind.
        options.processGroupID = 0
        let outcome: ChildOutcome
        let status: TerminationStatus
        do {
            let run = try await Subprocess.run(
                .path(FilePath(program)), arguments: Arguments(arguments.words), environment: Self.environment, platformOptions: options,
                input: .fileDescriptor(FileDescriptor(rawValue: descriptor), closeAfterSpawningProcess: false), output: .sequence,
                error: .discarded
            ) { execution in
                let watch = ChildWatch(limits: limits, progress: progress)
                let outcome = await watch.follow(execution.standardOutput)
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
        return try outcome.json(whenEndedWith: status)
    }
}
