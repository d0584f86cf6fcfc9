internal import Foundation
public import Seal
public import Snapshots

/// What was written.
public struct SiteReport: Sendable {
    /// How many files.
    public let files: Int
    /// How many bytes.
    public let bytes: Int
    /// The page to open first.
    public let index: String
}

/// Placeholder until the room is furnished.
public enum Site {
    /// Writes the results only.
    public static func write(
        _ snapshot: ResultsSnapshot, hash: Digest, honours: HonoursSnapshot?, into folder: String
    ) throws -> SiteReport {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let bytes = Data(snapshot.json.canonical)
        try bytes.write(to: URL(fileURLWithPath: folder + "/results.json"))
        return SiteReport(files: 1, bytes: bytes.count, index: folder + "/results.json")
    }
}
