public import Findings
public import Seal

/// An admitted statement as it goes into a copy of the record: with its place in the chain.
public struct CopiedEntry: Sendable, Hashable {
    /// Its position in the chain, from 1.
    public let position: Int
    /// When it was admitted, in milliseconds since 1970.
    public let admittedAt: Int
    /// The leaf: what the chain vouches for.
    public let hash: Digest
    /// The statement.
    public let signed: SignedStatement
}

/// A piece of the record for somebody's working copy (工作副本): what that reader may see, from one
/// position to another.
public struct RecordPiece: Sendable {
    /// Whether every entry is in it; then the chain can be followed.
    public let isWhole: Bool
    /// How far the piece goes: every entry up to here that the reader may see is in the copy.
    public let reached: Int
    /// How long the record is.
    public let length: Int
    /// The entries, by position.
    public let entries: [CopiedEntry]
    /// The documents that they name.
    public let documents: [Document]
    /// Personal data that the reader may have, where a pull was said.
    public let people: [PersonRecord]
    /// Free text that the reader may see.
    public let notes: [NoteRecord]
    /// The signed heads of the tree, for who sees all of it.
    public let checkpoints: [String]
    /// How many winners have no known city, for who is not given them.
    public var winnersOfNoCity: Int?

    /// Makes a piece.
    public init(
        isWhole: Bool,
        reached: Int,
        length: Int,
        entries: [CopiedEntry],
        documents: [Document],
        people: [PersonRecord],
        notes: [NoteRecord],
        checkpoints: [String] = []
    ) {
        self.isWhole = isWhole
        self.reached = reached
        self.length = length
        self.entries = entries
        self.documents = documents
        self.people = people
        self.notes = notes
        self.checkpoints = checkpoints
    }

    /// As it travels.
    public var json: JSONValue {
        guard let winnersOfNoCity, case .object(let members) = plain else { return plain }
        return .object(members + [.init("winners_of_no_city", .int(winnersOfNoCity))])
    }

    private var plain: JSONValue {
        [
            "checkpoints": .array(checkpoints.map(JSONValue.string)),
            "documents": .array(documents.map(\.json)),
            "entries": .array(
                entries.map {
                    [
                        "admitted_at": .int($0.admittedAt), "hash": .string($0.hash.hex),
                        "position": .int($0.position),
                        "signature": .string($0.signed.signature.hex),
                        "statement": .string(String(decoding: $0.signed.bytes, as: UTF8.self)),
                    ]
                }
            ),
            "length": .int(length), "notes": .array(notes.map(\.json)),
            "people": .array(people.map(\.json)), "reached": .int(reached),
            "whole": .bool(isWhole),
        ]
    }

    /// Reads what travelled.
    ///
    /// - Throws: a ``Findings/Refusal`` where it is no piece.
    public init(json value: JSONValue) throws(Refusal) {
        let refusal = Refusal("copy.form", Text("不是工作副本", "this is no piece of a record"))
        guard let isWhole = value["whole"]?.bool, let reached = value["reached"]?.int,
            let length = value["length"]?.int, let entries = value["entries"]?.array,
            let documents = value["documents"]?.array, let notes = value["notes"]?.array,
            let people = value["people"]?.array
        else { throw refusal }
        var copied: [CopiedEntry] = []
        for entry in entries {
            guard let position = entry["position"]?.int, let text = entry["statement"]?.string,
                let admittedAt = entry["admitted_at"]?.int,
                let hash = entry["hash"]?.string.flatMap({ Digest(hex: $0) }),
                let signature = entry["signature"]?.string.flatMap({ [UInt8](hex: $0) })
            else { throw refusal }
            copied.append(
                CopiedEntry(
                    position: position,
                    admittedAt: admittedAt,
                    hash: hash,
                    signed: try SignedStatement(bytes: Array(text.utf8), signature: signature)
                )
            )
        }
        self.init(
            isWhole: isWhole,
            reached: reached,
            length: length,
            entries: copied,
            documents: documents.compactMap { Document(json: $0) },
            people: people.compactMap { PersonRecord(json: $0) },
            notes: notes.compactMap { NoteRecord(json: $0) },
            checkpoints: (value["checkpoints"]?.array ?? []).compactMap(\.string)
        )
        winnersOfNoCity = value["winners_of_no_city"]?.int
    }
}

extension Document {
    /// As it travels.
    public var json: JSONValue {
        [
            "content": .string(String(decoding: content, as: UTF8.self)), "kind": .string(kind),
            "name": .string(name),
        ]
    }

    /// Reads what travelled; nil where it is no document.
    public init?(json value: JSONValue) {
        guard let kind = value["kind"]?.string, let name = value["name"]?.string,
            let content = value["content"]?.string
        else { return nil }
        self.init(kind: kind, name: name, content: Array(content.utf8))
    }
}

extension NoteRecord {
    /// As it travels.
    public var json: JSONValue { ["salt": .string(salt.hex), "text": .string(text)] }

    /// Reads what travelled; nil where it is no note.
    public init?(json value: JSONValue) {
        guard let text = value["text"]?.string,
            let salt = value["salt"]?.string.flatMap({ [UInt8](hex: $0) })
        else { return nil }
        self.init(text: text, salt: salt)
    }
}

extension PersonRecord {
    /// As it travels.
    public var json: JSONValue { ["content": content, "salt": .string(salt.hex)] }

    /// Reads what travelled; nil where it is no person.
    public init?(json value: JSONValue) {
        guard let content = value["content"],
            let salt = value["salt"]?.string.flatMap({ [UInt8](hex: $0) })
        else { return nil }
        self.init(content: content, salt: salt)
    }
}
