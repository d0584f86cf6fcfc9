public import Findings
public import Seal

/// Statements that travel by file, between a venue without a network and the centre (转运包).
public struct VenueBundle: Sendable {
    /// The event's short name.
    public let event: String
    /// The items whose statements it holds.
    public let items: [String]
    /// Where it comes from: the venue's name, or empty for the centre.
    public let source: String
    /// The event, its cards and rules.
    public let documents: [Document]
    /// The statements, in the order of the record that they come from.
    public let statements: [SignedStatement]
    /// Free text that they commit to.
    public let notes: [NoteRecord]

    /// The hash by which an import names it.
    public var hash: Digest { Digest(of: content) }

    private var content: JSONValue {
        [
            "bundle": 1, "event": .string(event), "items": .array(items.map(JSONValue.string)),
            "source": .string(source),
            "documents": .array(documents.map(\.json)), "notes": .array(notes.map(\.json)),
            "statements": .array(
                statements.map {
                    [
                        "signature": .string($0.signature.hex),
                        "statement": .string(String(decoding: $0.bytes, as: UTF8.self)),
                    ]
                }
            ),
        ]
    }

    /// The bytes of the file: the content and its hash.
    public var bytes: [UInt8] {
        let value: JSONValue = ["content": content, "sha256": .string(hash.hex)]
        return value.canonical + [0x0A]
    }

    init(
        event: String,
        items: [String],
        source: String,
        documents: [Document],
        statements: [SignedStatement],
        notes: [NoteRecord]
    ) {
        self.event = event
        self.items = items
        self.source = source
        self.documents = documents
        self.statements = statements
        self.notes = notes
    }

    /// The bundle without some statements: what came since another bundle.
    public func dropping(_ known: Set<Digest>) -> VenueBundle {
        VenueBundle(
            event: event,
            items: items,
            source: source,
            documents: documents,
            statements: statements.filter { !known.contains($0.id) },
            notes: notes
        )
    }

    /// Reads a file.
    ///
    /// - Throws: a ``Findings/Refusal`` where it is no bundle, is cut off, or was changed.
    public init(parsing bytes: [UInt8]) throws(Refusal) {
        func refuse(_ zh: String, _ en: String) -> Refusal {
            Refusal("bundle.form", Text(zh, en))
        }
        let trimmed = bytes.last == 0x0A ? Array(bytes.dropLast()) : bytes
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: trimmed)
        } catch {
            throw refuse(
                "转运包读不通(第 \(error.offset) 字节):文件可能不完整",
                "the bundle can't be read (byte \(error.offset)): the file may be cut off"
            )
        }
        guard let content = value["content"], content["bundle"]?.int == 1,
            let stated = value["sha256"]?.string.flatMap({ Digest(hex: $0) })
        else { throw refuse("不是转运包", "this is no bundle") }
        guard Digest(of: content) == stated else {
            throw refuse("转运包的哈希不符:文件被改动", "the bundle's hash does not fit: it was changed")
        }
        guard let event = content["event"]?.string, let source = content["source"]?.string,
            let items = content["items"]?.array?.compactMap({ $0.string }),
            let documents = content["documents"]?.array?.compactMap({ Document(json: $0) }),
            let notes = content["notes"]?.array?.compactMap({ NoteRecord(json: $0) }),
            let entries = content["statements"]?.array
        else { throw refuse("不是转运包", "this is no bundle") }
        var statements: [SignedStatement] = []
        for entry in entries {
            guard let text = entry["statement"]?.string,
                let signature = entry["signature"]?.string.flatMap({ [UInt8](hex: $0) })
            else { throw refuse("转运包中有不成立的陈述", "a statement of the bundle is none") }
            statements.append(try SignedStatement(bytes: Array(text.utf8), signature: signature))
        }
        self.init(
            event: event,
            items: items,
            source: source,
            documents: documents,
            statements: statements,
            notes: notes
        )
    }
}

/// A statement that came in a bundle and waits: for what it builds on, or for a ruling.
public struct HeldStatement: Sendable {
    /// Its name.
    public let id: Digest
    /// What it is.
    public let kind: StatementKind
    /// The item.
    public let item: String
    /// Why it is held.
    public let why: Text
}

/// What became of a bundle.
public struct BundleReport: Sendable {
    /// Receipts of what came in now.
    public let receipts: [Receipt]
    /// How many of its statements the record had already.
    public let repeats: Int
    /// What is held, from this bundle and from earlier ones.
    public let held: [HeldStatement]
}

/// One of several sheets for one place, which await a ruling.
public struct ContestedSheet: Sendable {
    /// The statement.
    public let id: Digest
    /// The entrant (or blind number), unit, judge and attempt.
    public let place: String
    /// Who entered it.
    public let person: String
    /// When it was admitted.
    public let admittedAt: Int
}
