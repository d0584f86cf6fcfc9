public import Findings
internal import Glibc

/// Text in the encodings that spreadsheets write here.
public enum TextFile {
    /// Decodes UTF-8 (with or without a mark), UTF-16 with a mark, or GB18030.
    ///
    /// - Throws: a ``Findings/Refusal`` where the bytes are none of these.
    public static func decode(_ bytes: [UInt8], file: String) throws(Refusal) -> String {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return try utf8(Array(bytes.dropFirst(3)), file: file)
        }
        if bytes.starts(with: [0xFF, 0xFE]) {
            return try converted(Array(bytes.dropFirst(2)), from: "UTF-16LE", file: file)
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            return try converted(Array(bytes.dropFirst(2)), from: "UTF-16BE", file: file)
        }
        if let text = String(validating: bytes, as: UTF8.self) {
            return try checked(text, file: file)
        }
        return try converted(bytes, from: "GB18030", file: file)
    }

    /// Reads a file and decodes it.
    public static func read(_ path: String) throws(Refusal) -> String {
        try decode(try bytes(path), file: path)
    }

    /// Reads the bytes of a file; `-` is standard input.
    public static func bytes(_ path: String) throws(Refusal) -> [UInt8] {
        let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Refusal(
                "file.unreadable",
                Text("打不开文件:\(reason())", "can't open the file: \(reason())"),
                at: Place(file: path)
            )
        }
        defer { if descriptor != 0 { close(descriptor) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Refusal(
                    "file.unreadable",
                    Text("读不了文件:\(reason())", "can't read the file: \(reason())"),
                    at: Place(file: path)
                )
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }

    private static func utf8(_ bytes: [UInt8], file: String) throws(Refusal) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw undecodable("UTF-8", file: file)
        }
        return try checked(text, file: file)
    }

    /// Text never holds a NUL: such a file is no text, or was cut and filled.
    private static func checked(_ text: String, file: String) throws(Refusal) -> String {
        guard let nul = text.utf8.firstIndex(of: 0) else { return text }
        let line = text[..<nul].reduce(into: 1) { if $1.isNewline { $0 += 1 } }
        throw Refusal(
            "file.not-text",
            Text("文件不是文本(含空字节)", "the file is no text (it holds a NUL byte)"),
            at: Place(file: file, line: line, column: 1)
        )
    }

    private static func undecodable(_ name: String, file: String) -> Refusal {
        Refusal(
            "file.encoding",
            Text(
                "文件的编码不正确(按 \(name) 读不通);应为 UTF-8、UTF-16 或 GB18030",
                "the file is not well-formed \(name); expected UTF-8, UTF-16 or GB18030"
            ),
            at: Place(file: file)
        )
    }

    private static func converted(
        _ bytes: [UInt8],
        from encoding: String,
        file: String
    ) throws(Refusal) -> String {
        guard let handle = iconv_open("UTF-8", encoding),
            Int(bitPattern: handle) != -1
        else { throw undecodable(encoding, file: file) }
        defer { iconv_close(handle) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 3 + 16)
        var inLeft = input.count
        var outLeft = output.count
        let failed = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { to in
                var source = from.baseAddress
                var target = to.baseAddress
                return iconv(handle, &source, &inLeft, &target, &outLeft) == -1
            }
        }
        guard !failed, inLeft == 0 else { throw undecodable(encoding, file: file) }
        let decoded = output.prefix(output.count - outLeft).map { UInt8(bitPattern: $0) }
        return try utf8(decoded, file: file)
    }
}
