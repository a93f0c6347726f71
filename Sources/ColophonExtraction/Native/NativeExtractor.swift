import ColophonChild
package import ColophonCore
package import DoclingDocument
import Subprocess
import SystemPackage

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

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
            return try DoclingDocument(json: json)
        } catch {
            throw RunFailure(.lost, "The reader's answer could not be understood.")
        }
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
                .path(FilePath(program)), arguments: Arguments(arguments.words), platformOptions: options,
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
