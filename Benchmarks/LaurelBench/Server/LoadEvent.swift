import Competition
import Foundation
import Ledger
import Seal
import Secretariat

/// A competition for the load run, invented from the tests' smallest event: a hundred items of forty
/// entrants, five judges an item, sheets of forty marks, every board live.
struct LoadEvent {
    static let items = 100
    static let judges = 5
    static let entrants = 40
    static let marks = 40

    /// A judge's requests, in the order of marking, with what each says.
    struct Judge: Sendable {
        let item: Int
        let sheets: [Sheet]
    }

    struct Sheet: Sendable {
        let entrant: Int
        let statement: Digest
        let request: [UInt8]
    }

    let folder: String
    /// How many sheets a judge makes of each entrant.
    let units: Int

    var record: String { folder + "/load.laurel" }

    /// Makes the record, the keys, the requests and the token of a screen.
    func make() throws -> (judges: [Judge], chiefs: [SigningKey], token: String) {
        try write()
        var settings = Rehearsal.Settings(eventFolder: folder + "/event", folder: folder + "/made")
        settings.entrantsPerItem = Self.entrants
        settings.vault = .rehearsal
        var rehearsal = try Rehearsal(settings) { _ in }
        try rehearsal.appoint()
        try rehearsal.register()
        let (office, ring) = (rehearsal.office, rehearsal.ring)
        let token = try BearerToken()
        _ = try office.say(
            .appoint,
            Office.appointment(
                name: "screen",
                key: token.key.verifying,
                role: .screen,
                person: "screen",
                until: office.now() + 90 * 86_400_000
            ),
            by: try ring.key("organiser")
        )
        let signed = try Self.sign(office, ring)
        let chiefs = try office.catalogue.event.items.map { try ring.key("CJ-" + $0.id.text) }
        try office.record.backup(to: record)
        return (signed, chiefs, token.text)
    }

    /// Signs every sheet beforehand, on both cores.
    private static func sign(_ office: Office, _ ring: Keyring) throws -> [Judge] {
        var judges: [(item: Int, id: ItemID, name: JudgeID, key: SigningKey)] = []
        for (number, item) in office.catalogue.event.items.enumerated() {
            for judge in try office.record.judges(of: item.id) {
                judges.append((number, item.id, judge.id, try ring.key(judge.id.text)))
            }
        }
        let made = Gathered<Judge?>(repeating: nil, count: judges.count)
        let all = judges
        DispatchQueue.concurrentPerform(iterations: all.count) { index in
            let judge = all[index]
            let sheets = try? Self.sheets(office, judge.id, judge.name, judge.key)
            made.set(index, Judge(item: judge.item, sheets: sheets ?? []))
        }
        return made.values.compactMap(\.self)
    }

    private static func sheets(
        _ office: Office,
        _ item: ItemID,
        _ judge: JudgeID,
        _ key: SigningKey
    ) throws -> [Sheet] {
        guard let card = office.catalogue.cards[item],
            let hash = office.catalogue.cardHashes[item]
        else { return [] }
        var random = SeededTrial(state: UInt64(judge.text.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
        var sheets: [Sheet] = []
        for (number, row) in try office.record.subjects(of: item).enumerated() {
            for unit in card.units {
                let sheet = SheetContent(
                    item: item,
                    unit: unit.id,
                    entrant: row.entrant.id,
                    judge: judge,
                    attempt: 1,
                    card: hash,
                    marks: unit.judged.map { _ in Int32(random.next(5) * 5) }
                )
                let signed = try office.statement(.sheet, sheet.body, by: key)
                sheets.append(
                    Sheet(
                        entrant: number,
                        statement: signed.id,
                        request: Self.request(Delivery([signed]))
                    )
                )
            }
        }
        return sheets
    }

    /// A whole request on a connection that stays.
    static func request(_ delivery: Delivery) -> [UInt8] {
        let body = delivery.json.canonical
        let head =
            "POST /api/v1/statements HTTP/1.1\r\nHost: load\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }

    /// The code of an item by its number.
    static func code(_ item: Int) -> String { "T" + String(101 + item) }

    /// The code of an entrant by its numbers.
    static func code(_ item: Int, _ entrant: Int) -> String {
        code(item) + "-" + String(1001 + entrant).suffix(3)
    }

    private func write() throws {
        let event = folder + "/event"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(atPath: "Tests/Fixtures/tiny-event", toPath: event)
        var text = try String(contentsOfFile: event + "/event.yaml", encoding: .utf8)
        text += "\nlive_board: all\n"
        try text.write(toFile: event + "/event.yaml", atomically: true, encoding: .utf8)
        var items =
            "code,track,name_zh,name_en,team_size,worldskills_skill,provenance,source\n"
        for item in 0..<Self.items {
            items +=
                "\(Self.code(item)),digital,虚构项目\(item),Invented item \(item),1,,representative,invented\n"
        }
        try items.write(toFile: event + "/items.csv", atomically: true, encoding: .utf8)
        var card = """
            scorecard: 1
            id: tiny
            title: {zh: 虚构评分表, en: Invented scorecard}
            note: {zh: 为负载试验虚构。, en: Invented for the load run.}
            panel: {judges: \(Self.judges), minimum: \(Self.judges)}
            total: {max: \(units * Self.marks * 2), round: {places: 2}, ranked: shown}
            ties: {end: shared}
            awards: rank-1-2-3
            parts:

            """
        for unit in 1...units {
            card += "  - id: U\(unit)\n    title: {zh: 虚构 \(unit), en: Invented \(unit)}\n"
            card += "    round: {places: 2}\n    aspects:\n"
            for mark in 1...Self.marks {
                card += "      - id: U\(unit)M\(mark)\n"
                card += "        title: {zh: 虚构 \(mark), en: Invented \(mark)}\n"
                card += "        score: {max: 2, step: 0.5}\n"
            }
        }
        try card.write(toFile: event + "/card.yaml", atomically: true, encoding: .utf8)
    }
}
