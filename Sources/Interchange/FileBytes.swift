internal import Findings
internal import Glibc

/// The bytes of a file that a person named and that must not be larger than it may.
enum FileBytes {
    /// Reads a regular file no larger than a limit.
    ///
    /// The size is checked on the bytes that come, and the kind on the open file, so that neither a
    /// file that grows nor a pipe in its place can hold the program up.
    ///
    /// - Throws: a ``Findings/Refusal`` with code `file.unreadable` or `file.too-large`.
    static func read(path: String, limit: Int) throws(Refusal) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Refusal(
                "file.unreadable",
                Text("这不是普通文件", "this is no regular file"),
                at: Place(file: path)
            )
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(max(Int(status.st_size), 0), limit))
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path) }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limit else { throw tooLarge(path, limit: limit) }
        }
    }

    /// The refusal of a file that is larger than it may be.
    static func tooLarge(_ name: String, limit: Int) -> Refusal {
        let size = "\(limit / 1_000_000)"
        return Refusal(
            "file.too-large",
            Text("文件过大;至多 \(size) MB", "the file is too large; at most \(size) MB"),
            at: Place(file: name)
        )
    }

    private static func unreadable(_ path: String) -> Refusal {
        let reason = String(cString: strerror(errno))
        return Refusal(
            "file.unreadable",
            Text("读不了文件:\(reason)", "can't read the file: \(reason)"),
            at: Place(file: path)
        )
    }
}
