public import Findings
public import Seal

/// A delivery whose signatures have been looked at: that needs no record, and is most of the work.
public struct CheckedDelivery: Sendable {
    /// What is handed in.
    public let delivery: Delivery
    let genuine: [Bool]

    /// Looks at the signatures.
    public init(_ delivery: Delivery) {
        self.delivery = delivery
        genuine = Record.verified(delivery.statements)
    }
}

/// What one caller hands in: statements, and what they name or commit to.
public struct Delivery: Sendable {
    /// What is said.
    public let statements: [SignedStatement]
    /// What the statements name by hash.
    public let documents: [Document]
    /// Personal data that they commit to.
    public let people: [PersonRecord]
    /// Free text that they commit to.
    public let notes: [NoteRecord]

    /// Puts a submission together.
    public init(
        _ statements: [SignedStatement],
        documents: [Document] = [],
        people: [PersonRecord] = [],
        notes: [NoteRecord] = []
    ) {
        self.statements = statements
        self.documents = documents
        self.people = people
        self.notes = notes
    }

    /// As it travels.
    public var json: JSONValue {
        [
            "documents": .array(documents.map(\.json)), "notes": .array(notes.map(\.json)),
            "people": .array(people.map(\.json)),
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

    /// Reads what travelled; what no statement names is not taken.
    ///
    /// - Throws: a ``Findings/Refusal`` where it is no delivery.
    public init(json value: JSONValue) throws(Refusal) {
        guard let list = value["statements"]?.array, (1...10_000).contains(list.count) else {
            throw Refusal(
                "request.statements",
                Text("statements 应为 1 到 10000 条陈述", "statements must be a list of 1 to 10,000")
            )
        }
        var statements: [SignedStatement] = []
        for entry in list {
            guard let text = entry["statement"]?.string,
                let signature = entry["signature"]?.string.flatMap({ [UInt8](hex: $0) })
            else {
                throw Refusal(
                    "request.statements",
                    Text("每条应有 statement 与 signature", "each needs statement and signature")
                )
            }
            statements.append(try SignedStatement(bytes: Array(text.utf8), signature: signature))
        }
        let documents = (value["documents"]?.array ?? []).map { Document(json: $0) }
        let people = (value["people"]?.array ?? []).map { PersonRecord(json: $0) }
        let notes = (value["notes"]?.array ?? []).map { NoteRecord(json: $0) }
        self.init(
            statements,
            documents: documents.compactMap { $0 },
            people: people.compactMap { $0 },
            notes: notes.compactMap { $0 }
        )
        var named: Set<String> = []
        for statement in statements { Self.collect(statement.statement.body, into: &named) }
        let attached =
            documents.map(\.?.hash) + people.map(\.?.commitment) + notes.map(\.?.commitment)
        guard attached.allSatisfy({ $0.map { named.contains($0.hex) } ?? false }) else {
            throw Refusal(
                "request.attachment",
                Text("有附件没有被任何陈述提到", "something is attached that no statement names")
            )
        }
    }

    private static func collect(_ value: JSONValue, into names: inout Set<String>) {
        switch value {
        case .string(let text): if text.utf8.count == 64 { names.insert(text) }
        case .array(let values): for value in values { collect(value, into: &names) }
        case .object(let members): for member in members { collect(member.value, into: &names) }
        default: break
        }
    }
}
