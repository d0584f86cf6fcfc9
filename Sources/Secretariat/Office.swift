public import Competition
internal import Findings
internal import Foundation
public import Honours
internal import Interchange
public import Ledger
public import Scoring
public import Seal

/// The secretariat: one call for each thing that a judge, organiser, bureau or auditor does.
///
/// It composes the record with the event's rules, and is the one door for the command line and the
/// server; it formats nothing for a screen.
public struct Office: Sendable {
    /// The record.
    public let record: Record
    /// The event and its cards.
    public let catalogue: Catalogue
    /// The event's honour rules.
    public let honourRules: HonourRules
    /// Whether the event is a rehearsal.
    public let isRehearsal: Bool
    /// The clock, in milliseconds since 1970.
    public let now: @Sendable () -> Int
    let plans: [Digest: ScoringPlan]

    /// The system's clock.
    public static let systemClock: @Sendable () -> Int = {
        Int(Date().timeIntervalSince1970 * 1000)
    }

    /// Opens a record.
    public static func open(
        _ path: String,
        now: @escaping @Sendable () -> Int = systemClock
    ) throws -> Office {
        let opened = Opened()
        let record: Record
        do {
            record = try Record.open(path: path) { documents, genesis in
                let reading = try Self.read(documents, genesis)
                opened.reading = reading
                return reading.catalogue
            }
        } catch RecordError.notARecord {
            throw Refusal(
                "record.file",
                Text(
                    "不是 Laurel 档案,或文件不存在",
                    "this is no record of Laurel's, or there is no such file"
                ),
                at: Place(file: path)
            )
        } catch RecordError.newerVersion(let version) {
            throw Refusal(
                "record.version",
                Text(
                    "档案由更新的版本(\(version))写成;请升级 Laurel",
                    "the record was written by a later version (\(version)); upgrade Laurel"
                ),
                at: Place(file: path)
            )
        }
        guard let reading = opened.reading else { throw RecordError.damaged(path) }
        return Office(record: record, reading: reading, now: now)
    }

    /// Carries what was read out of the closure that the record calls once, before it returns.
    private final class Opened {
        var reading: Reading?
    }

    struct Reading {
        let catalogue: Catalogue
        let honours: HonourRules
        let isRehearsal: Bool
        let plans: [Digest: ScoringPlan]
    }

    /// The same office over a second connection to its record, for who reads while others write.
    ///
    /// - Returns: the office once more.
    /// - Throws: what opening the file throws.
    public func beside() throws -> Office {
        let reading = Reading(
            catalogue: catalogue,
            honours: honourRules,
            isRehearsal: isRehearsal,
            plans: plans
        )
        return Office(record: try record.beside(), reading: reading, now: now)
    }

    init(record: Record, reading: Reading, now: @escaping @Sendable () -> Int) {
        self.record = record
        catalogue = reading.catalogue
        honourRules = reading.honours
        isRehearsal = reading.isRehearsal
        plans = reading.plans
        self.now = now
    }

    /// Reads event, cards and honour rules from the documents that the genesis names.
    static func read(_ documents: [Document], _ genesis: JSONValue) throws -> Reading {
        var byHash: [Digest: Document] = [:]
        for document in documents { byHash[document.hash] = document }
        func tree(_ hash: String?) throws -> (Digest, DataNode)? {
            guard let hash = hash.flatMap({ Digest(hex: $0) }), let document = byHash[hash],
                let node = DataNode(
                    json: try JSONValue(parsing: document.content),
                    document: document.name
                )
            else { return nil }
            return (hash, node)
        }
        guard let (_, content) = try tree(genesis["event"]?.string),
            case .object(let members)? = genesis["cards"]
        else { throw RecordError.damaged("genesis") }
        let event = try EventFolder.read(content).event
        var cards: [ItemID: Scorecard] = [:]
        var hashes: [ItemID: Digest] = [:]
        var plans: [Digest: ScoringPlan] = [:]
        for member in members {
            guard let item = ItemID(member.name),
                let hash = member.value.string.flatMap({ Digest(hex: $0) })
            else { continue }
            if plans[hash] == nil, let (_, node) = try tree(hash.hex) {
                let reading = ScorecardFile.read(node)
                guard let card = reading.card else { throw Refusal(reading.findings) }
                plans[hash] = ScoringPlan(card: card)
            }
            cards[item] = plans[hash]?.card
            hashes[item] = hash
        }
        var honours = HonourRules(rules: [], settings: [])
        if let (_, node) = try tree(genesis["honours"]?.string) {
            honours = try HonoursFile.read(node, isNew: false)
        }
        return Reading(
            catalogue: Catalogue(event: event, cards: cards, cardHashes: hashes),
            honours: honours,
            isRehearsal: genesis["rehearsal"]?.bool ?? false,
            plans: plans
        )
    }

    /// The plan of an item's card.
    public func plan(of item: ItemID) throws -> ScoringPlan {
        guard let plan = catalogue.cardHashes[item].flatMap({ plans[$0] }) else {
            throw Refusal(
                "item.unknown",
                Text("没有比赛项目 \(item.text)", "there is no item \(item.text)")
            )
        }
        return plan
    }

    /// The item of that code.
    public func item(_ code: String) throws -> ContestItem {
        guard let item = ItemID(code).flatMap(catalogue.event.item) else {
            throw Refusal("item.unknown", Text("没有比赛项目 \(code)", "there is no item \(code)"))
        }
        return item
    }

    /// Makes a statement and signs it; the nonce is random unless a rehearsal gives one.
    public func statement(
        _ kind: StatementKind,
        _ body: JSONValue,
        by key: SigningKey,
        nonce: [UInt8]? = nil
    ) throws -> SignedStatement {
        try Statement(
            kind: kind,
            event: catalogue.event.id.text,
            author: key.verifying,
            nonce: nonce ?? randomBytes(16),
            saidAt: now(),
            body: body
        ).signed(with: key)
    }

    /// Says one thing, and gives its receipt.
    @discardableResult
    public func say(
        _ kind: StatementKind,
        _ body: JSONValue,
        by key: SigningKey,
        documents: [Document] = [],
        people: [PersonRecord] = []
    ) throws -> Receipt {
        let receipts = try record.admit(
            [try statement(kind, body, by: key)],
            documents: documents,
            people: people,
            at: now()
        )
        guard let receipt = receipts.first else { throw RecordError.damaged("receipt") }
        return receipt
    }
}
