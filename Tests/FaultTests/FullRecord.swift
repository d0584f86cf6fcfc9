import Competition
import Findings
import Foundation
import GRDB
import Ledger
import Seal
import Secretariat
import Snapshots
import Testing

/// A closed record in which every table has rows, and every kind of statement was made.
struct FullRecord {
    let folder: String
    let path: String
    /// The positions at which the chain was signed, and the notes as they were handed out.
    let checkpoints: [Int: SignedNote]
    /// How many statements the chain holds; a few of them after the last checkpoint.
    let length: Int

    init() throws {
        let made = try Self.make()
        (folder, checkpoints, length) = (made.folder, made.checkpoints, made.length)
        path = folder + "/full.laurel"
        let kinds = try Set(
            rows("SELECT statement FROM entry").compactMap { row in
                (row[0] as Data?).flatMap { try? JSONValue(parsing: $0)["kind"]?.string }
            }
        )
        #expect(kinds == Set(StatementKind.allCases.map(\.rawValue)))
        let tables = try rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        for table in tables {
            let name: String = table[0]
            #expect(try rows("SELECT 1 FROM \(name)").count > 0, "\(name) is empty")
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    func rows(_ sql: String) throws -> [Row] {
        try DatabaseQueue(path: path).read { db in try Row.fetchAll(db, sql: sql) }
    }

    private static func make() throws -> (
        folder: String, checkpoints: [Int: SignedNote], length: Int
    ) {
        let world = try TinyWorld(entrants: 3, items: ["T01"])
        let (office, record) = (world.office, world.record)
        let organiser = try world.ring.key("organiser")
        let arbitration = try world.ring.key("arbitration")
        func item(_ members: [JSONValue.Member]) -> JSONValue {
            .object([.init("item", "T01")] + members)
        }
        func say(_ kind: StatementKind, _ body: JSONValue, _ name: String) throws {
            try office.say(kind, body, by: try world.ring.key(name))
        }
        try mark(world)
        try say(
            .penalty,
            item([.init("deduction", "1.5"), .init("entrant", "T01-02"), .init("reason", "违规")]),
            "CJ-T01"
        )
        try say(
            .order,
            item([.init("entrants", ["T01-01", "T01-03"]), .init("reason", "加赛")]),
            "CJ-T01"
        )
        let one = try record.checkpoint(origin: "laurel/tiny", key: organiser)
        let middle = try record.length()
        func close() throws {
            let id = try #require(ItemID("T01"))
            _ = try office.confirmAll(id, by: try world.ring.key("CJ-T01"))
            try say(.lock, item([]), "CJ-T01")
            try say(.cosign, item([]), "SV")
        }
        try close()
        _ = try office.publish(.provisional, by: organiser)
        // The first entrant's delegation is 990200; 990100 has the third.
        try say(
            .appeal,
            item([.init("entrant", "T01-03"), .init("grounds", "复核申请")]),
            "L-990100"
        )
        let appeal = try record.length()
        try say(
            .ruling,
            item([
                .init("appeal", .int(appeal)), .init("reason", "查实"), .init("upheld", true),
            ]),
            "arbitration"
        )
        try office.say(.reopen, item([.init("reason", "申诉成立")]), by: arbitration)
        try close()
        _ = try office.publish(.final, by: organiser)
        _ = try office.proposeHonours(by: organiser)
        _ = try office.conferHonours(by: try world.ring.key("organiser-2"))
        let bureau = try world.ring.key("B-990100")
        _ = try office.notePull(city: "990100", count: 3, by: bureau)
        let person = try #require(try record.honours().first?.person)
        try office.say(
            .payment,
            [
                "amount_fen": 50000, "benefit": "虚构补贴", "month": "2022-11",
                "person": .string(person.hex),
            ],
            by: bureau
        )
        // An item that is still open, registered now: all that has entrants is published together.
        try world.register(2, of: ["T02"])
        try say(
            .standing,
            ["entrant": "T02-01", "item": "T02", "reason": "未到", "status": "absent"],
            "CJ-T02"
        )
        let two = try record.checkpoint(origin: "laurel/tiny", key: organiser)
        let last = try record.length()
        try say(.dismiss, ["name": "J-T02-03", "reason": "回避"], "organiser")
        try say(
            .standing,
            ["entrant": "T02-02", "item": "T02", "reason": "弃权", "status": "withdrew"],
            "CJ-T02"
        )
        _ = try world.copy(to: "full.laurel")
        return (world.folder, [middle: one, last: two], try record.length())
    }

    /// Every expected sheet of the first item, and one correction.
    private static func mark(_ world: TinyWorld) throws {
        let (office, id) = (world.office, try #require(ItemID("T01")))
        let card = try #require(office.catalogue.cards[id])
        let hash = try #require(office.catalogue.cardHashes[id])
        func sheet(
            _ entrant: EntrantID,
            _ unit: SheetUnit,
            _ judge: String?,
            _ step: Int,
            _ replaces: Digest? = nil
        ) throws -> SignedStatement {
            let count = judge == nil ? unit.agreed.count : unit.judged.count
            let content = SheetContent(
                item: id,
                unit: unit.id,
                entrant: entrant,
                judge: judge.flatMap { JudgeID($0) },
                attempt: 1,
                card: hash,
                marks: (0..<count).map { Int32(5 * ((step + $0) % 3)) },
                replaces: replaces,
                reason: replaces == nil ? nil : "错记"
            )
            return try office.statement(
                .sheet,
                content.body,
                by: try world.ring.key(judge ?? "R-T01")
            )
        }
        var sheets: [SignedStatement] = []
        for (number, row) in try world.record.entrants(of: id).enumerated() {
            for unit in card.units {
                let judges = unit.judged.isEmpty ? [] : (1...3).map { "J-T01-0\($0)" }
                let authors = (unit.agreed.isEmpty ? [] : [nil]) + judges.map(Optional.some)
                for author in authors {
                    sheets.append(try sheet(row.entrant.id, unit, author, number))
                }
            }
        }
        let first = try #require(world.record.entrants(of: id).first).entrant.id
        let unit = try #require(card.units.last)
        let old = try sheet(first, unit, "J-T01-01", 7)
        let replaced = sheets.firstIndex { $0.statement.body == old.statement.body }
        #expect(replaced == nil)
        _ = try world.record.admit(sheets, at: office.now())
        let standing = try #require(
            sheets.first {
                $0.statement.body["entrant"]?.string == first.text
                    && $0.statement.body["judge"]?.string == "J-T01-01"
            }
        )
        let correction = try sheet(first, unit, "J-T01-01", 7, standing.id)
        _ = try world.record.admit([correction], at: office.now())
    }
}
