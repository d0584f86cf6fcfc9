internal import CZlib
internal import HTTPTypes

/// Packs what is sent (RFC 1952), by zlib.
enum Gzip {
    /// Whether the caller takes it, and does not say by `q=0` that it does not.
    static func isTaken(_ fields: HTTPFields) -> Bool {
        guard let field = fields[.acceptEncoding], field.contains("gzip") else { return false }
        guard field.contains("q=0") else { return true }
        return field.split(separator: ",").contains { part in
            part.contains("gzip") && !part.contains("q=0") || part.contains("gzip;q=0.")
        }
    }

    /// The tag of the packed form: other bytes, another tag (RFC 9110, 8.8.3).
    static func tag(_ tag: String) -> String { tag.dropLast() + "-gzip\"" }

    /// The packed bytes; nil where zlib can't.
    static func pack(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8]? {
        var stream = z_stream()
        // 15 bits of window, and 16 more for gzip's own frame.
        guard
            deflateInit2_(
                &stream,
                level,
                Z_DEFLATED,
                15 + 16,
                8,
                Z_DEFAULT_STRATEGY,
                ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)
            ) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        var input = bytes
        let done = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard done == Z_STREAM_END else { return nil }
        return Array(output.prefix(Int(stream.total_out)))
    }
}
