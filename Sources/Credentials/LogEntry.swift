public import Seal

/// An entry of the record with what proves that it stands there.
///
/// The leaf is worked out here a second time, apart from the ledger that wrote it: a verifier has no
/// ledger.
public struct LogEntry: Sendable, Hashable {
    /// Its position, from 1.
    public let position: Int
    /// When it was admitted, in milliseconds since 1970.
    public let admittedAt: Int
    /// The leaf of the entry before; nil of the first.
    public let previous: Digest?
    /// The statement's canonical bytes.
    public let statement: [UInt8]
    /// The author's signature.
    public let signature: [UInt8]
    /// The way from the leaf to the root of the checkpoint.
    public let path: [Digest]

    /// Makes an entry.
    public init(
        position: Int,
        admittedAt: Int,
        previous: Digest?,
        statement: [UInt8],
        signature: [UInt8],
        path: [Digest]
    ) {
        self.position = position
        self.admittedAt = admittedAt
        self.previous = previous
        self.statement = statement
        self.signature = signature
        self.path = path
    }

    /// The statement's name.
    public var id: Digest { Digest(of: statement) }

    /// The leaf: `SHA-256(0x00 ‖ leaf before ‖ position ‖ admission ‖ statement's name ‖ signature)`, the
    /// numbers as 8 bytes, the highest first.
    public var leaf: Digest {
        var entry = previous?.bytes ?? [UInt8](repeating: 0, count: 32)
        for number in [position, admittedAt] {
            entry += withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) }
        }
        return MerkleTree.leaf(entry + id.bytes + signature)
    }

    /// The entry as a member of a bundle.
    public var json: JSONValue {
        [
            "admitted_at": .int(admittedAt), "path": .array(path.map { .string($0.hex) }),
            "position": .int(position), "previous": .optional(previous?.hex),
            "signature": .string(signature.hex),
            "statement": .string(String(decoding: statement, as: UTF8.self)),
        ]
    }

    /// Reads an entry; nil where it is none.
    public init?(json: JSONValue) {
        let names = ["admitted_at", "path", "position", "previous", "signature", "statement"]
        guard json.hasExactly(names), let position = json["position"]?.int, position > 0,
            let admittedAt = json["admitted_at"]?.int, admittedAt >= 0,
            let signature = json["signature"]?.string.flatMap({ [UInt8](hex: $0) }),
            let statement = json["statement"]?.string, let list = json["path"]?.array
        else { return nil }
        let path = list.compactMap { $0.string.flatMap { Digest(hex: $0) } }
        let previous = json["previous"]?.string.flatMap { Digest(hex: $0) }
        guard path.count == list.count, (previous == nil) == (position == 1) else { return nil }
        self.init(
            position: position,
            admittedAt: admittedAt,
            previous: previous,
            statement: Array(statement.utf8),
            signature: signature,
            path: path
        )
    }

    /// What the statement says, where its author signed it in canonical form.
    func content() -> JSONValue? {
        guard let value = try? JSONValue(parsing: statement), value.canonical == statement,
            let author = value["author"]?.string.flatMap({ VerifyingKey(hex: $0) }),
            author.accepts(signature, over: statement)
        else { return nil }
        return value
    }
}
