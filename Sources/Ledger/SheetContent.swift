public import Competition
public import Seal

/// A sheet (评分表): what one judge, or the panel, says of one entrant in one unit of the card.
public struct SheetContent: Sendable, Hashable {
    /// The item.
    public let item: ItemID
    /// The unit of the card.
    public let unit: NodeID
    /// The entrant.
    public let entrant: EntrantID
    /// The judge; nil for the panel's sheet of agreed values.
    public let judge: JudgeID?
    /// The attempt, from 1.
    public let attempt: Int
    /// The hash of the card whose order the marks follow.
    public let card: Digest
    /// The stored marks, in the card's order: a judge's sheet holds the unit's judged aspects, the
    /// panel's its agreed ones.
    public let marks: [Int32]
    /// The sheet that this one replaces, if any.
    public let replaces: Digest?
    /// Why it replaces it; with a replacement only.
    public let reason: String?

    /// Makes a sheet.
    public init(
        item: ItemID,
        unit: NodeID,
        entrant: EntrantID,
        judge: JudgeID?,
        attempt: Int,
        card: Digest,
        marks: [Int32],
        replaces: Digest? = nil,
        reason: String? = nil
    ) {
        self.item = item
        self.unit = unit
        self.entrant = entrant
        self.judge = judge
        self.attempt = attempt
        self.card = card
        self.marks = marks
        self.replaces = replaces
        self.reason = reason
    }

    /// The body of the statement.
    ///
    /// A mark is a whole number in units of its aspect's decimals, a word a letter, nothing null.
    public var body: JSONValue {
        var members: [JSONValue.Member] = [
            .init("item", .string(item.text)), .init("unit", .string(unit.text)),
            .init("entrant", .string(entrant.text)), .init("judge", .optional(judge?.text)),
            .init("attempt", .int(attempt)), .init("card", .string(card.hex)),
            .init("marks", .array(marks.map(Self.json))),
        ]
        if let replaces { members.append(.init("replaces", .string(replaces.hex))) }
        if let reason { members.append(.init("reason", .string(reason))) }
        return .object(members)
    }

    /// Reads the body of a statement; nil where it is no sheet.
    public init?(body: JSONValue) {
        guard let item = body["item"]?.string.flatMap({ ItemID($0) }),
            let unit = body["unit"]?.string.flatMap({ NodeID($0) }),
            let entrant = body["entrant"]?.string.flatMap({ EntrantID($0) }),
            let attempt = body["attempt"]?.int, attempt >= 1,
            let card = body["card"]?.string.flatMap({ Digest(hex: $0) }),
            let values = body["marks"]?.array, let judgeValue = body["judge"]
        else { return nil }
        let judge = judgeValue.string.flatMap { JudgeID($0) }
        guard judge != nil || judgeValue == .null else { return nil }
        let marks = values.compactMap(Self.stored)
        guard marks.count == values.count else { return nil }
        self.init(
            item: item,
            unit: unit,
            entrant: entrant,
            judge: judge,
            attempt: attempt,
            card: card,
            marks: marks,
            replaces: body["replaces"]?.string.flatMap { Digest(hex: $0) },
            reason: body["reason"]?.string
        )
    }

    private static let words: [(Int32, String)] = [
        (StoredMark.notAttempted, "N"), (StoredMark.absent, "A"), (StoredMark.withdrew, "W"),
        (StoredMark.disqualified, "D"),
    ]

    private static func json(_ stored: Int32) -> JSONValue {
        if StoredMark.isMark(stored) { return .int(Int(stored)) }
        return .optional(words.first { $0.0 == stored }?.1)
    }

    private static func stored(_ value: JSONValue) -> Int32? {
        switch value {
        case .null: StoredMark.empty
        case .int(let number):
            Int32(exactly: number).flatMap { StoredMark.isMark($0) ? $0 : nil }
        case .string(let word): words.first { $0.1 == word }?.0
        default: nil
        }
    }

    /// The marks packed: four bytes a mark, least significant first.
    public static func packed(_ marks: [Int32]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(marks.count * 4)
        for mark in marks {
            let bits = UInt32(bitPattern: mark)
            for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(bits >> shift & 0xFF)) }
        }
        return bytes
    }

    /// Unpacks marks.
    public static func unpacked(_ bytes: UnsafeRawBufferPointer) -> [Int32] {
        var marks: [Int32] = []
        marks.reserveCapacity(bytes.count / 4)
        for index in stride(from: 0, to: bytes.count - 3, by: 4) {
            marks.append(
                Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: Int32.self))
            )
        }
        return marks
    }
}
