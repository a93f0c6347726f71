package import Foundation

/// What the kernel tells of processes.
package enum ProcessFigures {
    /// A process and those it started, as long as they are its children.
    package static func family(_ pid: pid_t) -> [pid_t] {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")) ?? []
        let children = tasks.flatMap { task in
            ((try? String(contentsOfFile: "/proc/\(pid)/task/\(task)/children", encoding: .utf8)) ?? "")
                .split(whereSeparator: \.isWhitespace).compactMap { pid_t($0) }
        }
        return [pid] + children.flatMap(family)
    }

    /// The processor time that they have used, in seconds.
    package static func cpu(_ pids: [pid_t]) -> Double {
        let ticks = pids.reduce(0) { sum, pid in
            let fields = ((try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? "").split(separator: ")").last?
                .split(separator: " ")
            return sum + (fields.map { (Int($0[11]) ?? 0) + (Int($0[12]) ?? 0) } ?? 0)
        }
        return Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The memory that they hold, in bytes; what several share counts once.
    package static func memory(_ pids: [pid_t]) -> Int64 {
        pids.reduce(0) { sum, pid in
            let lines = ((try? String(contentsOfFile: "/proc/\(pid)/smaps_rollup", encoding: .utf8)) ?? "").split(separator: "\n")
            let line = lines.first { $0.hasPrefix("Pss:") }
            return sum + (line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0) * 1024
        }
    }

    /// The processor time that this process has used, in seconds.
    package static var own: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = { (time: timeval) in Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}
