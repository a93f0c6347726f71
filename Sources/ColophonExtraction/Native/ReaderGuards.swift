import ColophonChild
package import ColophonCore
import Foundation

/// Which protections this machine gives the processes that read strangers' documents.
package struct ReaderGuards: Sendable, Equatable {
    let layers: SandboxLayers

    /// In words, the strongest first.
    package var names: [String] { layers.names }

    /// What is missing, in sentences for operators; empty when nothing is.
    package var warnings: [String] {
        let sentences: [(SandboxLayers, String)] = [
            (.seccomp, "Readers may make any system call: the kernel has no filter for them (seccomp)."),
            (.landlock, "Readers are kept from files by their identity and limits alone: the kernel has no Landlock."),
            (.namespaces, "Readers share this machine's network and mounts: the kernel gives them no namespaces."),
            (.identity, "Readers run as this server's user; started as root it gives them another."),
        ]
        return sentences.filter { !layers.contains($0.0) }.map(\.1)
    }

    /// Has a child enter its sandbox and tell.
    ///
    /// - Throws: `unavailable` when a required protection cannot be had.
    package static func ask(program: ChildProgram, limits: Limits) async throws -> ReaderGuards {
        // A child that was killed has said nothing about protections.
        for _ in 1..<attemptsMax {
            do { return try await askOnce(program: program, limits: limits) } catch let error as ColophonError
                where (error.cause as? RunFailure)?.code == .lost
            {}
        }
        return try await askOnce(program: program, limits: limits)
    }

    private static let attemptsMax = 3

    private static func askOnce(program: ChildProgram, limits: Limits) async throws -> ReaderGuards {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        let arguments = GuardArguments(guards: limits.guards(cpu: limits.pageTimeout))
        do {
            let names = try await ChildRun(program: program, words: arguments.words).answer(
                to: GuardsDialogue(), descriptor: descriptor,
                within: ChildWatch.Times(page: limits.pageTimeout, total: limits.pageTimeout)
            ).bytes
            let words = String(decoding: names, as: UTF8.self).split(separator: " ").map(String.init)
            return ReaderGuards(layers: SandboxLayers(names: words))
        } catch let failure as RunFailure {
            throw ColophonError(
                .unavailable,
                "Readers cannot be protected here: \(failure.message) Start with --weak-sandbox if you trust every document.",
                cause: failure)
        }
    }
}

extension Limits {
    /// What a child is held to that may use so much of the processor.
    func guards(cpu: Duration) -> ChildGuards {
        ChildGuards(
            memoryBytesMax: UInt64(childMemoryBytesMax), cpuSecondsMax: UInt64(cpu.components.seconds) + 1, parent: getpid(),
            mayLackSeccomp: mayLackSeccomp)
    }
}
