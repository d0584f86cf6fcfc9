internal import CExchange
internal import Foundation

/// A folder that appears whole or not at all.
///
/// Everything is written into a hidden sibling; only when it is complete does it change places with an
/// older site, in one step, and the older one is deleted. On a file system that can't do that the
/// older one is moved aside first, and there is no site for that moment. What Laurel did not write is
/// never deleted: a site is known by its marker file.
struct SiteFolder {
    /// The file by which a site is known as ours.
    static let marker = ".laurel-site"

    /// A sibling that nobody wrote into for so long is a killed run's.
    private static let patience: TimeInterval = 3_600

    private(set) var files = 0
    private(set) var bytes = 0
    private let target: URL
    private let staging: URL
    private var made: Set<String> = []

    /// Opens a staging folder beside the target; refuses a target that is not ours.
    init(_ path: String) throws(SiteError) {
        target = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
        staging = target.deletingLastPathComponent().appendingPathComponent(
            ".\(target.lastPathComponent).new-\(UUID().uuidString)",
            isDirectory: true
        )
        try Self.check(target)
        removeAbandoned()
        try Self.attempt(staging) {
            try FileManager.default.createDirectory(
                at: staging,
                withIntermediateDirectories: true
            )
        }
        try write("laurel-site/1\n", to: Self.marker)
    }

    /// Writes a file.
    mutating func write(_ text: String, to path: String) throws(SiteError) {
        try write(Array(text.utf8), to: path)
    }

    /// Writes a file of bytes.
    mutating func write(_ content: [UInt8], to path: String) throws(SiteError) {
        let file = staging.appendingPathComponent(path)
        let folder = file.deletingLastPathComponent()
        let isNew = made.insert(folder.path).inserted
        try Self.attempt(file) {
            if isNew {
                try FileManager.default.createDirectory(
                    at: folder,
                    withIntermediateDirectories: true
                )
            }
            try Data(content).write(to: file)
        }
        files += 1
        bytes += content.count
    }

    /// Lets a file be written by whoever writes only by its path.
    mutating func write(to path: String, _ work: (String) throws -> Void) throws {
        let file = staging.appendingPathComponent(path)
        try work(file.path)
        let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int
        files += 1
        bytes += size ?? 0
    }

    /// Puts the new site in the place of the old.
    func commit() throws(SiteError) {
        let manager = FileManager.default
        try Self.check(target)
        guard manager.fileExists(atPath: target.path) else {
            return try Self.attempt(target) { try manager.moveItem(at: staging, to: target) }
        }
        // From here on the new site stands: what is left of the old one is cleared away, or later.
        if exchange_paths(staging.path, target.path) {
            try? manager.removeItem(at: staging)
            return
        }
        let old = staging.deletingLastPathComponent().appendingPathComponent(
            staging.lastPathComponent + ".old",
            isDirectory: true
        )
        try Self.attempt(target) {
            try manager.moveItem(at: target, to: old)
            do {
                try manager.moveItem(at: staging, to: target)
            } catch {
                try? manager.moveItem(at: old, to: target)
                throw error
            }
        }
        try? manager.removeItem(at: old)
    }

    /// Deletes what runs that were killed left beside the target.
    private func removeAbandoned() {
        let (manager, parent) = (FileManager.default, target.deletingLastPathComponent())
        let prefix = ".\(target.lastPathComponent).new-"
        for name in (try? manager.contentsOfDirectory(atPath: parent.path)) ?? []
        where name.hasPrefix(prefix) {
            let path = parent.appendingPathComponent(name).path
            let date = try? manager.attributesOfItem(atPath: path)[.modificationDate] as? Date
            guard let date, date.timeIntervalSinceNow < -Self.patience,
                manager.fileExists(atPath: path + "/" + Self.marker)
            else { continue }
            try? manager.removeItem(atPath: path)
        }
    }

    /// Forgets what was staged.
    func discard() { try? FileManager.default.removeItem(at: staging) }

    /// Refuses what is there and is neither empty nor ours; a link is never followed.
    private static func check(_ target: URL) throws(SiteError) {
        let manager = FileManager.default
        guard let kind = try? manager.attributesOfItem(atPath: target.path)[.type] else { return }
        guard kind as? FileAttributeType == .typeDirectory,
            let names = try? manager.contentsOfDirectory(atPath: target.path),
            names.isEmpty || names.contains(marker)
        else { throw .foreign(target.path) }
    }

    private static func attempt(_ url: URL, _ work: () throws -> Void) throws(SiteError) {
        do {
            try work()
        } catch {
            throw .file(url.path, reason: error.localizedDescription)
        }
    }
}
