import Competition
import Exact
import Findings
import Foundation
import GRDB
import Ledger
import Seal
import Secretariat
import Snapshots
import Synchronization
import Testing

/// A closed record in which every table has rows and nearly every kind of statement was made.
///
/// Only what comes from another record is not there: nothing was carried in, and nothing is held.
struct FullRecord {
    let folder: String
    let path: String
    /// The positions at which the chain was signed, and the notes as they were handed out.
    let checkpoints: [Int: SignedNote]
    /// A note of the whole chain that the file itself does not hold.
    let tip: SignedNote
    /// How many statements the chain holds; a few of them after the last checkpoint.
    let length: Int

    init() throws {
        let made = try Self.make()
        (folder, checkpoints, tip) = (made.folder, made.checkpoints, made.tip)
        length = made.length
        path = folder + "/full.laurel"
        let kinds = try Set(
            rows("SELECT statement FROM entry").compactMap { row in
                (row[0] as Data?).flatMap { try? JSONValue(parsing: $0)["kind"]?.string }
            }
        )
        let missing = Set(StatementKind.allCases.map(\.rawValue)).subtracting(kinds)
        #expect(missing == ["carry", "reveal", "settle"])
        let tables = try rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        for table in tables {
            let name: String = table[0]
            guard !["held", "carried", "venue"].contains(name) else { continue }
            #expect(try rows("SELECT 1 FROM \(name)").count > 0, "\(name) is empty")
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    func rows(_ sql: String) throws -> [Row] {
        try DatabaseQueue(path: path).read { db in try Row.fetchAll(db, sql: sql) }
    }

    /// The tiny event with a draw of blind numbers in its second item.
    private static func blindEvent() throws -> String {
        let folder = try TinyWorld.temporaryFolder()
        try FileManager.default.removeItem(atPath: folder)
        try FileManager.default.copyItem(atPath: TinyWorld.events, toPath: folder)
        let path = folder + "/event.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try (text + "blind: {T02: 1}\n").write(toFile: path, atomically: true, encoding: .utf8)
        return folder
    }

    private static func make() throws -> (
        folder: String, checkpoints: [Int: SignedNote], tip: SignedNote, length: Int
    ) {
        let event = try blindEvent()
        defer { try? FileManager.default.removeItem(atPath: event) }
        let time = Time()
        var world = try TinyWorld(entrants: 3, items: ["T01"], event: event, now: { time.now })
        let (office, record) = (world.office, world.record)
        let id = try #require(ItemID("T01"))
        try mark(world)
        try chapterOne(world, id)
        let one = try record.checkpoint(
            origin: "laurel/tiny",
            key: try world.ring.key("organiser")
        )
        let middle = try record.length()
        try close(world, id)
        let organiser = try world.ring.key("organiser")
        _ = try office.publish(.provisional, by: organiser)
        try appeal(world, id)
        try close(world, id)
        _ = try office.publish(.provisional, by: organiser)
        time.advance(minutes: office.catalogue.event.appealMinutes + 1)
        _ = try office.publish(.final, by: organiser)
        try honour(world)
        try keep(&world)
        let two = try record.checkpoint(origin: "laurel/tiny", key: organiser)
        let last = try record.length()
        try office.say(.dismiss, ["name": "J-T02-03", "reason": "回避"], by: organiser)
        _ = try office.notePull(city: "990100", count: 0, by: try world.ring.key("B-990100"))
        _ = try world.copy(to: "full.laurel")
        let length = try record.length()
        let root = Data(try record.leaves().root().bytes).base64EncodedString()
        let tip = try SignedNote(
            signing: "laurel/tiny\n\(length)\n\(root)\n",
            name: "laurel/tiny",
            with: organiser
        )
        return (world.folder, [middle: one, last: two], tip, length)
    }

    /// A penalty, an order among level entrants, a second entry.
    private static func chapterOne(_ world: TinyWorld, _ id: ItemID) throws {
        let chief = try world.ring.key("CJ-T01")
        var violation = Violation(
            item: id,
            subject: "T01-02",
            measure: .deduction,
            conduct: "超时(虚构)"
        )
        violation.deduction = "1.5"
        _ = try world.office.enter(violation, by: chief)
        try world.office.say(
            .order,
            ["entrants": ["T01-01", "T01-03"], "item": "T01", "reason": "加赛(虚构)"],
            by: chief
        )
        let rows = try world.record.sheets(of: id)
        let panel = try #require(rows.first { $0.judge == nil })
        let again = SheetContent(
            item: id,
            unit: panel.unit,
            entrant: panel.entrant,
            judge: nil,
            attempt: 1,
            card: try #require(world.office.catalogue.cardHashes[id]),
            marks: panel.marks
        )
        try world.office.say(.reentry, again.body, by: try world.ring.key("SV"))
        try sendBack(world, id, by: chief)
    }

    /// A question and its answer, a sheet that was sent back and upheld.
    private static func sendBack(_ world: TinyWorld, _ id: ItemID, by chief: SigningKey) throws {
        let office = world.office
        let row = try #require(try world.record.sheets(of: id).first { $0.judge != nil })
        let judge = try #require(row.judge)
        let key = try world.ring.key(judge.text)
        let question = try office.remark(
            "能否再看一次(虚构)",
            on: RemarkSubject(entrant: row.entrant.text),
            of: id,
            isFlag: true,
            by: key
        )
        _ = try office.answer(question.position, of: id, words: "可以(虚构)", by: chief)
        let units = try #require(office.catalogue.cards[id]).units
        let place = MarkingBoard.Place(
            entrant: row.entrant,
            unit: try #require(units.firstIndex { $0.id == row.unit }),
            judge: judge,
            attempt: row.attempt
        )
        _ = try office.sendBack(place, aspects: [], of: id, reason: "请核对(虚构)", by: chief)
        let upheld = SheetContent(
            item: id,
            unit: row.unit,
            entrant: row.entrant,
            judge: judge,
            attempt: row.attempt,
            card: try #require(office.catalogue.cardHashes[id]),
            marks: row.marks,
            replaces: try world.record.statement(at: row.position)?.id,
            reason: "维持原分(虚构)"
        )
        try office.say(.sheet, upheld.body, by: key)
    }

    private static func close(_ world: TinyWorld, _ id: ItemID) throws {
        let chief = try world.ring.key("CJ-T01")
        if try !world.record.unconfirmedSheets(of: id).isEmpty {
            _ = try world.office.confirmAll(id, by: chief)
        }
        _ = try world.office.lock(id, by: chief)
        try world.office.say(.cosign, ["item": "T01"], by: try world.ring.key("SV"))
    }

    /// An appeal, its ruling, and the item opened again by two people.
    private static func appeal(_ world: TinyWorld, _ id: ItemID) throws {
        let arbitration = try world.ring.key("arbitration")
        // 990100 has the third entrant.
        _ = try world.office.appeal(
            id,
            "T01-03",
            grounds: "复核申请(虚构)",
            by: try world.ring.key("L-990100")
        )
        _ = try world.office.rule(
            on: try #require(try world.record.appeals().first),
            upheld: true,
            reason: "查实(虚构)",
            consequences: nil,
            by: arbitration
        )
        try world.office.say(.reopen, ["item": "T01", "reason": "申诉成立"], by: arbitration)
        _ = try world.office.second(id, by: "SV", in: world.ring)
    }

    /// Honours, a bureau's pull and payment.
    private static func honour(_ world: TinyWorld) throws {
        let (office, record) = (world.office, world.record)
        _ = try office.proposeHonours(by: try world.ring.key("organiser"))
        let second = try world.ring.key("organiser-2")
        _ = try office.conferHonours(by: second)
        let medal = try #require(try record.honours().first { $0.kind == "conditional" })
        _ = try office.confer(
            medal.id,
            evidence: ["conditions_confirmed": "虚构文件一号"],
            decidedBy: "虚构部门",
            by: second
        )
        _ = try office.sanction(
            "T01-03",
            in: try #require(ItemID("T01")),
            measure: "invented-suspension",
            from: try #require(Day("2022-11-01")),
            reason: "虚构的理由",
            by: second
        )
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
    }

    /// An item that is still open, registered now as all that has entrants is published together: one
    /// absent, one erased, numbers drawn, keys changed.
    private static func keep(_ world: inout TinyWorld) throws {
        let office = world.office
        let id = try #require(ItemID("T02"))
        let organiser = try world.ring.key("organiser")
        try world.register(3, of: ["T02"])
        _ = try office.state(
            .absent,
            of: "T02-01",
            in: id,
            reason: "未到(虚构)",
            by: try world.ring.key("CJ-T02")
        )
        _ = try office.askErasure(of: "T02-03", in: id, reason: "依法申请", by: organiser)
        _ = try office.second(nil, by: "auditor", in: world.ring)
        _ = try office.commitDraw(id, layer: 1, by: "E-T02", in: &world.ring)
        _ = try office.second(id, by: "SV", in: world.ring)
        _ = try office.draw(id, layer: 1, by: "E-T02", in: world.ring)
        _ = try office.rotate("J-T02-01", by: nil, in: &world.ring)
        let lost = try world.ring.key("J-T02-02").verifying
        try office.say(
            .revoke,
            ["key": .string(lost.hex), "reason": "遗失(虚构)"],
            by: organiser
        )
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

/// A clock that stands still until it is moved.
private final class Time: Sendable {
    private let milliseconds = Mutex(1_666_843_200_000)

    var now: Int { milliseconds.withLock { $0 } }

    func advance(minutes: Int) { milliseconds.withLock { $0 += minutes * 60_000 } }
}
