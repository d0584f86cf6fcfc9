public import Findings
public import Seal

/// What somebody says that changes the record: author, subject and content, in canonical form.
public struct Statement: Sendable, Hashable {
    /// The kind.
    public let kind: StatementKind
    /// The event's short name.
    public let event: String
    /// The key that speaks.
    public let author: VerifyingKey
    /// 16 random bytes: the same words said twice are two statements, a replay is one.
    public let nonce: [UInt8]
    /// The author's clock, in milliseconds since 1970; only recorded, never decided by.
    public let saidAt: Int
    /// The content; its members depend on the kind.
    public let body: JSONValue

    /// Makes a statement.
    public init(
        kind: StatementKind,
        event: String,
        author: VerifyingKey,
        nonce: [UInt8],
        saidAt: Int,
        body: JSONValue
    ) {
        self.kind = kind
        self.event = event
        self.author = author
        self.nonce = nonce
        self.saidAt = saidAt
        self.body = body
    }

    var json: JSONValue {
        [
            "author": .string(author.hex), "body": body, "event": .string(event),
            "kind": .string(kind.rawValue), "nonce": .string(nonce.hex), "said_at": .int(saidAt),
            "v": 1,
        ]
    }

    /// Signs the statement.
    public func signed(with key: SigningKey) throws -> SignedStatement {
        let bytes = json.canonical
        return SignedStatement(statement: self, bytes: bytes, signature: try key.sign(bytes))
    }
}

/// A statement with its canonical bytes and the author's signature: what travels and is kept.
public struct SignedStatement: Sendable, Hashable {
    /// What is said.
    public let statement: Statement
    /// The canonical bytes that are signed.
    public let bytes: [UInt8]
    /// The author's Ed25519 signature.
    public let signature: [UInt8]

    /// The statement's name: the hash of its bytes.
    public var id: Digest { Digest(of: bytes) }

    init(statement: Statement, bytes: [UInt8], signature: [UInt8]) {
        self.statement = statement
        self.bytes = bytes
        self.signature = signature
    }

    /// Takes bytes and signature from outside; checks form and canonicity, not yet the signature.
    ///
    /// - Throws: a ``Findings/Refusal`` where the bytes are no statement in canonical form.
    public init(bytes: [UInt8], signature: [UInt8]) throws(Refusal) {
        func refuse(_ zh: String, _ en: String) -> Refusal {
            Refusal("statement.form", Text(zh, en))
        }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw refuse(
                "陈述不是规范 JSON(第 \(error.offset) 字节:\(error.reason.rawValue))",
                "the statement is no strict JSON (byte \(error.offset): \(error.reason.rawValue))"
            )
        }
        guard value["v"]?.int == 1, let kind = value["kind"]?.string.flatMap(StatementKind.init),
            let event = value["event"]?.string,
            let author = value["author"]?.string.flatMap({ VerifyingKey(hex: $0) }),
            let nonce = value["nonce"]?.string.flatMap({ [UInt8](hex: $0) }), nonce.count == 16,
            let saidAt = value["said_at"]?.int, let body = value["body"]
        else { throw refuse("陈述缺少必需的字段", "the statement lacks a member") }
        statement = Statement(
            kind: kind,
            event: event,
            author: author,
            nonce: nonce,
            saidAt: saidAt,
            body: body
        )
        guard statement.json.canonical == bytes else {
            throw refuse(
                "陈述的字节不是规范形式 (RFC 8785)",
                "the statement's bytes are not canonical (RFC 8785)"
            )
        }
        self.bytes = bytes
        self.signature = signature
    }

    /// Whether the author's key signed these bytes.
    public var isGenuine: Bool { statement.author.accepts(signature, over: bytes) }
}

/// What the door answers: where in the chain a statement stands.
public struct Receipt: Sendable, Hashable {
    /// The position in the chain, from 1.
    public let position: Int
    /// The statement's name.
    public let statement: Digest
    /// When it was admitted, in milliseconds since 1970: the time that counts.
    public let admittedAt: Int
    /// Whether it had been admitted before: a double submission gets the first receipt.
    public let isRepeat: Bool

    /// As it travels.
    public var json: JSONValue {
        [
            "admitted_at": .int(admittedAt), "position": .int(position),
            "repeat": .bool(isRepeat), "statement": .string(statement.hex),
        ]
    }
}

extension Receipt {
    /// Reads what travelled; nil where it is no receipt.
    public init?(json value: JSONValue) {
        guard let position = value["position"]?.int, let admittedAt = value["admitted_at"]?.int,
            let isRepeat = value["repeat"]?.bool,
            let statement = value["statement"]?.string.flatMap({ Digest(hex: $0) })
        else { return nil }
        self.init(
            position: position,
            statement: statement,
            admittedAt: admittedAt,
            isRepeat: isRepeat
        )
    }
}
