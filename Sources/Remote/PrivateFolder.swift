internal import Findings
internal import Foundation
internal import Glibc
internal import Seal
internal import Synchronization

/// A folder in memory, for this process only, where a working copy lies open; it goes with the process.
final class PrivateFolder: Sendable {
    let path: String

    init() throws {
        let manager = FileManager.default
        let runtime = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"] ?? ""
        let places: [String] = [runtime, "/dev/shm", NSTemporaryDirectory()].filter { place in
            !place.isEmpty && access(place, W_OK) == 0
        }
        guard let place = places.first else {
            throw Refusal(
                "remote.folder",
                Text("没有可写的临时目录", "there is no temporary folder that can be written")
            )
        }
        Self.sweep(place)
        path = place + "/\(Self.prefix)\(getpid())-\(randomBytes(6).hex)"
        try manager.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        Self.open.withLock { folders in
            if folders.isEmpty { atexit { PrivateFolder.removeAll() } }
            folders.insert(path)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        Self.open.withLock { [path] in _ = $0.remove(path) }
    }

    /// Those that a process leaves by `exit`, which runs no `deinit`.
    private static let open = Mutex<Set<String>>([])

    private static func removeAll() {
        for path in open.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
    }

    private static let prefix = "laurel-copy-"

    /// Takes away what processes left that were killed.
    private static func sweep(_ place: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        where name.hasPrefix(prefix) {
            let owner = name.dropFirst(prefix.count).prefix { $0.isNumber }
            guard let process = Int32(owner), kill(process, 0) != 0, errno == ESRCH else {
                continue
            }
            try? FileManager.default.removeItem(atPath: place + "/" + name)
        }
    }
}
