import Foundation

/// How many files, connections among them, this process may have open.
enum OpenFiles {
    /// Takes as many as the system lets it have: what a shell gives is often a thousand.
    ///
    /// - Returns: How many that is.
    static func takeAll() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Int(clamping: limit.rlim_cur)
    }
}
