import ArgumentParser
import ColophonProcesses
import Foundation

/// Namespaces of its own for this program, so that what it makes is gone with it and is in nobody's way.
enum Apart {
    /// What a test takes as "not possible here", as Automake's do.
    static let cannotBeShown = ExitCode(77)
    private static let mark = "COLOPHON_CHAOS_APART"

    /// Starts this program again in new namespaces, in this process's place; returns when it already is there.
    ///
    /// - Parameters:
    ///   - options: As `unshare` takes them.
    ///   - probe: A shell command that must work in such namespaces.
    ///   - needs: What is missing when it does not, for people.
    static func enter(_ options: String, probe: String, needs: String) async throws {
        if ProcessInfo.processInfo.environment[mark] != nil { return }
        guard (try? await shell("unshare \(options) -- /bin/sh -c '\(probe)'")) != nil else {
            print("This cannot be shown here: it needs \(needs).")
            throw cannotBeShown
        }
        setenv(mark, "1", 1)
        let words = ["/bin/sh", "-c", "exec unshare \(options) -- \"$0\" \"$@\"", "\(ColophonChaos.folder)/colophon-chaos"]
        let arguments = (words + CommandLine.arguments.dropFirst()).map { strdup($0) } + [nil]
        // What this process blocks, the next one would block too.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        execv("/bin/sh", arguments)
        throw POSIXError(.ENOEXEC)
    }

    /// - Throws: When the words end with another status than 0.
    static func shell(_ words: String) async throws {
        let status = await (try ChildProcess("/bin/sh", ["-c", words])).wait(timeout: .seconds(20)).status
        guard status == 0 else { throw StartFailure(log: "\(words) ended with \(status)") }
    }
}
