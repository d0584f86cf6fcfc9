import Foundation

/// Lets the process hold as many connections as the machine allows it, rather than the shell's usual
/// 1,024.
enum OpenFiles {
    static func raise() {
        var limit = rlimit()
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(kind, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        // Where it may not, the old limit holds.
        _ = setrlimit(kind, &limit)
    }
}
