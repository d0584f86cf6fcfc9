import Snapshots
import Competition
import Exact
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// The smallest competition in which every rule of the office can be tried: two items, three
/// delegations, two judges an item; everybody in it is invented.
struct TinyWorld {
    struct Settings {
        var blind = 0
        var doubleEntry = "none"
        var entrants = 3
        var appealMinutes = 120
        var showsTotals = false
        var showsAgreement = false
        /// The aspects of part P, as the card writes them.
        var aspects = """
            - {id: p, title: {zh: 做, en: Work}, score: {max: 40, step: 0.5}, aggregate: mean}
            - {id: q, title: {zh: 形, en: Look}, score: {max: 30, step: 0.5}, aggregate: mean}
            """
        /// Another card than the one of two parts.
        var card: String?
        /// The rules of honours.
        var honours: String?
        /// The items that a screen may follow, as the event writes them.
        var live: String?
    }

    let folder: String
    let clock = TestClock(1_666_843_200_000)
    let settings: Settings
    var office: Office
    var ring: Keyring
    let item: ItemID

    var record: Record { office.record }
    var path: String { folder + "/tiny.laurel" }
    var names: [String] {
        ["J-S01-01", "J-S01-02", "CJ-S01", "SV", "R-S01", "E-1", "E-2", "E-3", "L-210300", "arb"]
            + ["organiser-2", "au", "B-210100"]
    }

    init(_ settings: Settings = Settings(), appoints: Bool = true) throws {
        self.settings = settings
        folder = try SmallWorld.temporaryFolder()
        try Self.write(settings, folder + "/event")
        ring = try Keyring(path: folder + "/keys.json", pin: "1", cost: .rehearsal)
        item = try #require(ItemID("S01"))
        let root = try ring.make("organiser")
        office = try Office.create(
            folder: folder + "/event",
            into: folder + "/tiny.laurel",
            root: root,
            person: "P-organiser",
            isRehearsal: true,
            now: { [clock] in clock.now }
        )
        guard appoints else { return }
        for number in 1...2 {
            try appoint("J-S01-0\(number)", .judge, item: "S01", delegation: "210\(number)00")
        }
        try appoint("CJ-S01", .chiefJudge, item: "S01")
        try appoint("SV", .supervisor)
        try appoint("R-S01", .recorder, item: "S01")
        for layer in 1...3 { try appoint("E-\(layer)", .encryptionJudge, item: "S01") }
        try appoint("L-210300", .delegationLeader, delegation: "210300")
        try appoint("arb", .arbitration)
        try appoint("organiser-2", .organiser)
        try appoint("au", .auditor)
        try appoint("B-210100", .bureau, delegation: "210100")
        try register()
        try ring.save()
    }

    private static func write(_ settings: Settings, _ folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let blind = settings.blind > 0 ? "blind: {S01: \(settings.blind)}\n" : ""
        let live = settings.live.map { "live_board: \($0)\n" } ?? ""
        let roles = Role.allCases.map { role in
            let scope =
                switch role {
                case .judge, .recorder, .chiefJudge, .encryptionJudge: "item"
                case .delegationLeader, .bureau: "delegation"
                default: "event"
                }
            return "  - {role: \(role.rawValue), of: \(scope)}\n"
        }.joined()
        try settings.honours?.write(
            toFile: folder + "/honours.yaml",
            atomically: true,
            encoding: .utf8
        )
        try """
        event: 1
        id: tiny
        title: {zh: 虚构小赛, en: "A tiny event, invented"}
        first_day: 2022-10-27
        last_day: 2022-10-28
        notes: [{zh: 本赛事与人员均为虚构。, en: This event and its people are invented.}]
        appeal_minutes: \(settings.appealMinutes)
        \(blind)\(live)double_entry: \(settings.doubleEntry)
        show_totals: \(settings.showsTotals)
        show_agreement: \(settings.showsAgreement)
        tracks: [{id: service, title: {zh: 服务, en: Service}}]
        delegations:
          - {code: "210100", title: {zh: 沈阳, en: Shenyang}}
          - {code: "210200", title: {zh: 大连, en: Dalian}}
          - {code: "210300", title: {zh: 鞍山, en: Anshan}}
        roles:
        \(roles)defaults:
          provenance: representative
          ties: {end: shared, numbering: competition}
          awards: rank-1-2-3
        scorecards: {standard: [card.yaml]}
        """.write(toFile: folder + "/event.yaml", atomically: true, encoding: .utf8)
        try """
        code,track,name_zh,name_en,team_size,worldskills_skill,provenance,source
        S01,service,虚构项目一,Invented item one,1,,representative,invented
        S02,service,虚构项目二,Invented item two,1,,representative,invented
        """.write(toFile: folder + "/items.csv", atomically: true, encoding: .utf8)
        try (settings.card ?? twoParts(settings.aspects)).write(
            toFile: folder + "/card.yaml",
            atomically: true,
            encoding: .utf8
        )
    }

    private static func twoParts(_ aspects: String) -> String {
        let lines = aspects.split(separator: "\n").map { "      " + $0 }
        return """
            scorecard: 1
            id: tiny
            title: {zh: 两部分, en: Two parts}
            total: {max: 100}
            panel: {judges: 3, minimum: 1}
            parts:
              - id: T
                title: {zh: 理论, en: Theory}
                aspects: [{id: t, title: {zh: 卷, en: Paper}, score: {max: 30, step: 0.5}, aggregate: agreed}]
              - id: P
                title: {zh: 实操, en: Practical}
                aspects:
            \(lines.joined(separator: "\n"))
            """
    }

    private func register() throws {
        // Of the judges' own delegations and of a third, in turn.
        let delegations = ["210300", "210100", "210200"]
        let roster = (1...settings.entrants).map { number in
            RosterEntrant(
                id: "S01-00\(number)",
                item: "S01",
                delegation: delegations[(number - 1) % 3],
                group: "worker",
                isGuest: false,
                members: [
                    [
                        "id_number": .string("2199001990010100\(10 + number)"),
                        "name": .string("虚人\(number)"),
                    ]
                ]
            )
        }
        _ = try office.register(roster, by: try ring.key("organiser"))
    }

    mutating func appoint(
        _ name: String,
        _ role: Role,
        person: String? = nil,
        item: String? = nil,
        delegation: String? = nil
    ) throws {
        let key = try ring.make(name)
        try say(
            .appoint,
            Office.appointment(
                name: name,
                key: key.verifying,
                role: role,
                person: person ?? "P-" + name,
                item: item,
                delegation: delegation
            ),
            by: "organiser"
        )
    }

    @discardableResult
    func say(_ kind: StatementKind, _ body: JSONValue, by name: String) throws -> Receipt {
        try office.say(kind, body, by: try ring.key(name))
    }

    func signed(
        _ kind: StatementKind,
        _ body: JSONValue,
        by name: String
    ) throws -> SignedStatement {
        try office.statement(kind, body, by: try ring.key(name))
    }

    /// A sheet: the panel's of part T where there is no judge, a judge's of part P.
    func sheet(
        _ entrant: String,
        _ judge: String?,
        _ marks: [Int32],
        replaces: Digest? = nil,
        reason: String? = nil
    ) throws -> SheetContent {
        SheetContent(
            item: item,
            unit: try #require(NodeID(judge == nil ? "T" : "P")),
            entrant: try #require(EntrantID(entrant)),
            judge: judge.flatMap { JudgeID($0) },
            attempt: 1,
            card: try #require(office.catalogue.cardHashes[item]),
            marks: marks,
            replaces: replaces,
            reason: reason
        )
    }

    @discardableResult
    func hand(_ content: SheetContent, by name: String) throws -> Receipt {
        try say(.sheet, content.body, by: name)
    }

    /// Every expected sheet of the item, typed in by the recorder; marks grow with the code.
    func markAll() throws {
        for (number, subject) in try record.subjects(of: item).enumerated()
        where subject.entrant.status == .competing {
            let code = subject.entrant.id.text
            try hand(sheet(code, nil, [Int32(200 + 5 * number)]), by: "R-S01")
            for judge in try record.judges(of: item).map(\.id.text)
            where !subject.barred.contains(judge) {
                let marks = [Int32(300 + 5 * number), 150]
                try hand(sheet(code, judge, marks), by: "R-S01")
            }
        }
    }

    func confirmAll() throws { _ = try office.confirmAll(item, by: try ring.key("SV")) }

    func lock() throws { _ = try office.lock(item, by: try ring.key("CJ-S01")) }

    func cosign() throws { try say(.cosign, ["item": "S01"], by: "SV") }

    /// Draws all layers of blind numbers.
    mutating func drawAll() throws {
        for layer in 1...settings.blind {
            _ = try office.commitDraw(item, layer: layer, by: "E-\(layer)", in: &ring)
            _ = try office.second(item, by: "SV", in: ring)
            _ = try office.draw(item, layer: layer, by: "E-\(layer)", in: ring)
        }
    }

    /// Opens all layers, the innermost first.
    func revealAll() throws {
        for layer in stride(from: settings.blind, to: 0, by: -1) {
            _ = try office.askReveal(item, by: try ring.key("CJ-S01"))
            _ = try office.second(item, by: "E-\(layer)", in: ring)
        }
    }

    /// Takes the item on to a state.
    func advance(to state: ItemState) throws {
        let steps: [(ItemState, () throws -> Void)] = [
            (.marked, markAll), (.confirmed, confirmAll), (.locked, lock), (.cosigned, cosign),
            (.provisional, { _ = try office.publish(.provisional, by: try ring.key("organiser")) }),
            (
                .final,
                {
                    clock.advance(minutes: settings.appealMinutes + 1)
                    _ = try office.publish(.final, by: try ring.key("organiser"))
                }
            ),
        ]
        guard let last = steps.firstIndex(where: { $0.0 == state }) else { return }
        for (_, step) in steps[...last] { try step() }
    }

    /// With which findings a statement would be refused; it is never let in.
    func codes(_ kind: StatementKind, _ body: JSONValue, by name: String) throws -> [String] {
        let poison = try signed(.lock, ["item": "S99"], by: "organiser")
        do {
            _ = try record.admit([try signed(kind, body, by: name), poison], at: clock.now)
        } catch let refusal as Refusal {
            return refusal.findings.filter { $0.place?.line == 1 }.map(\.code)
        }
        return ["admitted"]
    }
}
