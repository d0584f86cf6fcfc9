internal import Crypto

/// A SHA-256 digest: the name of some bytes.
public struct Digest: Sendable, Hashable, Comparable {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Takes 32 bytes; nil where there are more or fewer.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.bytes = Array(bytes)
    }

    /// Reads 64 hexadecimal digits.
    public init?(hex: some StringProtocol) {
        guard let bytes = [UInt8](hex: hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// Digests bytes.
    public init(of bytes: some Sequence<UInt8>) {
        var hasher = SHA256()
        hasher.update(data: Array(bytes))
        self.bytes = Array(hasher.finalize())
    }

    /// Digests the canonical bytes of a value.
    public init(of value: JSONValue) { self.init(of: value.canonical) }

    /// The digest as 64 hexadecimal digits.
    public var hex: String { bytes.hex }

    /// The first 12 hexadecimal digits: enough to write on a paper form.
    public var short: String { String(hex.prefix(12)) }

    /// Orders by bytes.
    public static func < (a: Digest, b: Digest) -> Bool {
        a.bytes.lexicographicallyPrecedes(b.bytes)
    }
}

extension Sequence<UInt8> {
    /// The bytes as lower-case hexadecimal digits.
    public var hex: String {
        var digits: [UInt8] = []
        for byte in self {
            digits.append(hexDigit(byte >> 4))
            digits.append(hexDigit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Reads hexadecimal digits; nil where one is none, or their number is odd.
    public init?(hex: some StringProtocol) {
        var bytes: [UInt8] = []
        var high: Int?
        for character in hex {
            guard character.isASCII, let digit = character.hexDigitValue else { return nil }
            if let first = high {
                bytes.append(UInt8(first << 4 + digit))
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil else { return nil }
        self = bytes
    }
}

/// Digests bytes that come piece by piece, each with its length and a tag, so that no two
/// sequences of pieces give the same bytes.
public struct RunningDigest {
    private var hasher = SHA256()

    /// Starts with nothing.
    public init() {}

    /// Adds a piece.
    public mutating func update(_ bytes: [UInt8], tag: UInt8 = 0) {
        withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { hasher.update(bufferPointer: $0) }
        hasher.update(data: [tag])
        hasher.update(data: bytes)
    }

    /// The digest of all pieces so far.
    public var digest: Digest { Digest(of: Array(hasher.finalize())) }
}

/// Digests a file that comes piece by piece: the plain SHA-256 of its bytes.
public struct FileDigest {
    private var hasher = SHA256()

    /// Starts with nothing.
    public init() {}

    /// Adds bytes.
    public mutating func update(_ bytes: some Sequence<UInt8>) { hasher.update(data: Array(bytes)) }

    /// The digest of all bytes so far.
    public var digest: Digest { Digest(bytes: Array(hasher.finalize())) ?? Digest(of: []) }
}
