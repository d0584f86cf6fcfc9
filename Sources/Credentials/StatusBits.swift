internal import CZlib

/// A list of bits, one a credential: set where its honour is revoked.
///
/// Source: W3C Bitstring Status List 1.0, sections 2 and 3: 131,072 bits at least, the first bit is the
/// highest of the first byte; on the wire GZIP, base64url and the multibase letter `u`.
public struct StatusBits: Sendable, Hashable {
    /// How many bits a list has: the least that the recommendation allows, so that one asked-for bit
    /// says little about whose it is.
    public static let size = 131_072
    /// What a reader unpacks at most: sixteen lists in one.
    private static let limit = 16 * size / 8

    private var bytes: [UInt8]

    /// Makes a list of no revocations.
    public init() { bytes = [UInt8](repeating: 0, count: Self.size / 8) }

    /// How many bits there are.
    public var count: Int { bytes.count * 8 }

    /// The bit at an index; nil where there is none.
    public subscript(index: Int) -> Bool? {
        guard (0..<count).contains(index) else { return nil }
        return bytes[index / 8] >> (7 - UInt8(index % 8)) & 1 == 1
    }

    /// Sets the bit at an index of the list.
    public mutating func set(_ index: Int) {
        guard (0..<count).contains(index) else { return }
        bytes[index / 8] |= 1 << (7 - UInt8(index % 8))
    }

    /// Reads an `encodedList`; nil where it is none, shorter than a list may be, or longer than anybody's.
    public init?(encoded: String) {
        guard encoded.utf8.first == UInt8(ascii: "u"),
            let packed = Multibase.bytes(
                base64url: String(decoding: encoded.utf8.dropFirst(), as: UTF8.self)
            ),
            let bytes = Self.unpacked(packed), bytes.count >= Self.size / 8
        else { return nil }
        self.bytes = bytes
    }

    /// The list as `encodedList`; nil where zlib has no memory.
    public var encoded: String? { Self.packed(bytes).map { "u" + Multibase.base64url($0) } }

    /// Window bits of 15 and 16 more: GZIP around the deflated bytes.
    private static let gzip: Int32 = 15 + 16

    private static func packed(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard
            deflateInit2_(
                &stream,
                9,
                Z_DEFLATED,
                gzip,
                8,
                Z_DEFAULT_STRATEGY,
                ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)
            ) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let result = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard result == Z_STREAM_END else { return nil }
        return Array(output.prefix(Int(stream.total_out)))
    }

    /// Unpacks one GZIP member that ends where the bytes end; a bomb is cut off at the limit.
    private static func unpacked(_ packed: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, gzip, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { inflateEnd(&stream) }
        var input = packed
        var output = [UInt8](repeating: 0, count: limit + 1)
        let result = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard result == Z_STREAM_END, stream.avail_in == 0, stream.total_out <= UInt(limit) else {
            return nil
        }
        return Array(output.prefix(Int(stream.total_out)))
    }
}
