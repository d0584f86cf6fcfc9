internal import Foundation
internal import Glibc
internal import Seal

/// A judge's unsent values: a file beside the keys to which each value is added, sealed, and on the
/// disk before the next is asked for.
///
/// Each entry is its length in four bytes, then the sealed bytes. An entry that a power cut tore is
/// the last one and is left off; the draft is no part of the record.
final class DraftFile {
    let path: String
    private let sealer: Sealer
    private var descriptor: Int32 = -1

    /// Opens the draft, or begins one.
    ///
    /// - Returns: what it holds, oldest first.
    static func open(
        _ path: String,
        sealer: Sealer
    ) throws -> (file: DraftFile, entries: [JSONValue]) {
        let file = DraftFile(path: path, sealer: sealer)
        let bytes = FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
        var entries: [JSONValue] = []
        var offset = 0
        while offset + 4 <= bytes.count {
            let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length > 0, length < 1 << 20, offset + 4 + length <= bytes.count,
                let opened = sealer.open(Array(bytes[(offset + 4)..<(offset + 4 + length)])),
                let entry = try? JSONValue(parsing: opened)
            else { break }
            entries.append(entry)
            offset += 4 + length
        }
        try file.begin(keeping: offset)
        return (file, entries)
    }

    private init(path: String, sealer: Sealer) {
        self.path = path
        self.sealer = sealer
    }

    deinit { if descriptor >= 0 { _ = Glibc.close(descriptor) } }

    /// Goes on behind the last whole entry.
    private func begin(keeping length: Int) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, ftruncate(descriptor, off_t(length)) == 0,
            lseek(descriptor, 0, SEEK_END) >= 0
        else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
    }

    /// Begins anew.
    func clear() throws {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
    }

    /// Adds an entry; it is on the disk when this returns.
    func add(_ entry: JSONValue) throws {
        let sealed = try sealer.seal(entry.canonical)
        var bytes = withUnsafeBytes(of: UInt32(sealed.count).bigEndian) { Array($0) } + sealed
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard written > 0 else {
                throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
            }
            bytes.removeFirst(written)
        }
        guard fsync(descriptor) == 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
    }
}
