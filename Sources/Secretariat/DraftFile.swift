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
    /// What this desk wrote beside the file when it took it.
    private let token = randomBytes(16).hex

    /// Opens the draft, or begins one; one desk at a time has it, and the last one to come takes it
    /// over: a line that broke leaves a desk behind that nobody can close.
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
        try alone { try read() }
    }

    private func read() throws -> [JSONValue] {
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
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else { throw failure }
        defer { _ = flock(descriptor, LOCK_UN) }
        try Data(token.utf8).write(to: URL(fileURLWithPath: path + ".desk"), options: .atomic)
    }

    /// Does something while no other desk touches the file, if it is still this desk's.
    private func alone<Value>(_ body: () throws -> Value) throws -> Value {
        guard flock(descriptor, LOCK_EX) == 0 else { throw failure }
        defer { _ = flock(descriptor, LOCK_UN) }
        guard FileManager.default.contents(atPath: path + ".desk") == Data(token.utf8) else {
            throw Refusal(
                "enter.elsewhere",
                Text(
                    "录分台已在另一窗口打开,请到那里继续;这里不再保存",
                    "the desk was opened in another window: go on there, nothing is kept here any more"
                ),
                at: Place(file: path)
            )
        }
        return try body()
    }

    /// Begins anew.
    func clear() throws {
        try alone {
            guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
                throw failure
            }
        }
    }

    /// Adds an entry; it is on the disk when this returns, unless it is one that may be lost.
    func add(_ entry: JSONValue, isPrecious: Bool = true) throws {
        let sealed = try sealer.seal(entry.canonical)
        try alone { try append(sealed, isPrecious) }
    }

    private func append(_ sealed: [UInt8], _ isPrecious: Bool) throws {
        var bytes = withUnsafeBytes(of: UInt32(sealed.count).bigEndian) { Array($0) } + sealed
        let start = lseek(descriptor, 0, SEEK_END)
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
