package import Foundation
import Synchronization

/// A program that a test or a measurement started: it can be killed, frozen and watched, and is reaped with what it used.
package final class ChildProcess: Sendable {
    package let pid: pid_t

    /// What a process that has ended used, the children that it waited for included.
    package struct Usage: Sendable {
        package var cpuSeconds: Double
        /// Of the largest process among them, in bytes.
        package var peakBytes: Int64
        package var status: Int32
    }

    private let ended = Mutex<Usage?>(nil)

    /// `posix_spawn_file_actions_addclosefrom_np`, which glibc has since 2.34 and declares for GNU programs alone.
    private static let closeFrom = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map {
        unsafeBitCast($0, to: (@convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32).self)
    }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - environment: Added to this process's own.
    ///   - input: A file to read as standard input.
    ///   - output: A file for standard output and error; nothing when nil.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: String = "/dev/null", output: String? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output ?? "/dev/null", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // A socket that another test has closed should not live on in this program.
        _ = Self.closeFrom?(&actions, 3)
        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let merged = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let variables = merged.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var pid: pid_t = 0
        let failed = posix_spawn(&pid, program, &actions, nil, words, variables)
        guard failed == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failed) ?? .EIO) }
        self.pid = pid
    }

    package func send(_ signal: Int32) { if ended.withLock({ $0 == nil }) { kill(pid, signal) } }

    /// Whether the process has ended; then it is reaped.
    package func hasEnded() -> Bool { reap(options: WNOHANG) != nil }

    /// Waits for the end, polling, so that no thread is held; kills the process when it takes too long.
    package func wait(timeout: Duration) async -> Usage {
        let end = ContinuousClock.now + timeout
        while true {
            if let usage = reap(options: WNOHANG) { return usage }
            if ContinuousClock.now > end { send(SIGKILL) }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    private func reap(options: Int32) -> Usage? {
        ended.withLock { ended in
            if ended != nil { return ended }
            var status: Int32 = 0
            var usage = rusage()
            guard wait4(pid, &status, options, &usage) == pid else { return nil }
            let seconds = { (time: timeval) in Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
            ended = Usage(
                cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), peakBytes: Int64(usage.ru_maxrss) * 1024, status: status)
            return ended
        }
    }

    /// The processes whose parent is this one, by the kernel's own list.
    package var children: [pid_t] {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")) ?? []
        return tasks.flatMap { task in
            ((try? String(contentsOfFile: "/proc/\(pid)/task/\(task)/children", encoding: .utf8)) ?? "").split(separator: " ").compactMap {
                pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines))
            }
        }
    }

    /// Those of them that read a document; others may draw a page, or say which protections they have.
    package var readers: [pid_t] {
        children.filter { child in
            let words = (try? String(contentsOfFile: "/proc/\(child)/cmdline", encoding: .utf8)) ?? ""
            return words.split(separator: "\0").dropFirst().first == "extract"
        }
    }

    /// A figure of `/proc/PID/status`, such as `VmRSS` or `VmHWM`, in bytes.
    package func memory(_ field: String) -> Int64? {
        let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(field):") }
        return line?.split(whereSeparator: { " \t".contains($0) }).dropFirst().first.flatMap { Int64($0) }.map { $0 * 1024 }
    }
}
