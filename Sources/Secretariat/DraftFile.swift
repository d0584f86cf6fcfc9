internal import Findings
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

    /// Opens the draft, or begins one; one desk at a time has it.
    ///
    /// - Returns: what it holds, oldest first.
    static func open(
        _ path: String,
        sealer: Sealer
    ) throws -> (file: DraftFile, entries: [JSONValue]) {
        let file = DraftFile(path: path, sealer: sealer)
        try file.begin()
        return (file, try file.entries())
    }

    /// What it holds, oldest first; what a power cut tore is cut off.
    func entries() throws -> [JSONValue] {
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
        guard ftruncate(descriptor, off_t(offset)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
            throw failure
        }
        return entries
    }

    private init(path: String, sealer: Sealer) {
        self.path = path
        self.sealer = sealer
    }

    deinit { if descriptor >= 0 { _ = Glibc.close(descriptor) } }

    private var failure: any Error {
        CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
    }

    private func begin() throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw Refusal(
                "enter.elsewhere",
                Text(
                    "此密钥的录分台已在另一窗口打开",
                    "the desk of this key is open in another window"
                ),
                at: Place(file: path)
            )
        }
    }

    /// Begins anew.
    func clear() throws {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw failure
        }
    }

    /// Adds an entry; it is on the disk when this returns, unless it is one that may be lost.
    func add(_ entry: JSONValue, isPrecious: Bool = true) throws {
        let sealed = try sealer.seal(entry.canonical)
        var bytes = withUnsafeBytes(of: UInt32(sealed.count).bigEndian) { Array($0) } + sealed
        let start = lseek(descriptor, 0, SEEK_CUR)
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard written > 0 else {
                // Half an entry would hide those that come behind it.
                _ = ftruncate(descriptor, start)
                _ = lseek(descriptor, start, SEEK_SET)
                throw failure
            }
            bytes.removeFirst(written)
        }
        guard !isPrecious || fsync(descriptor) == 0 else { throw failure }
    }
}
