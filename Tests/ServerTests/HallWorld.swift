import Competition
import Findings
import Foundation
import HTTPTypes
import HummingbirdTesting
import Ledger
import Scoring
import Seal
import Secretariat
import Server

/// A small hall: two items, judges of two delegations, a card with each kind of field; everybody in
/// it is invented, and some are called what a careless page would take for its own.
struct HallWorld {
    let folder: String
    var office: Office
    var ring: Keyring
    let token: BearerToken

    var record: Record { office.record }
    static let pin = "2468"
    static let item = "S01"

    /// - Parameters:
    ///   - hallKeys: what the event says of keys on the server; nothing where nil.
    ///   - doubleEntry: whose sheets are entered twice.
    ///   - card: the scorecard of both items.
    /// - Throws: what the office refuses.
    init(
        hallKeys: String? = nil,
        doubleEntry: String = "none",
        card: String = HallWorld.card
    ) throws {
        folder = NSTemporaryDirectory() + "laurel-hall-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder + "/event",
            withIntermediateDirectories: true
        )
        let files = [
            "event.yaml": Self.event(hallKeys, doubleEntry), "items.csv": Self.items,
            "card.yaml": card,
        ]
        for (name, text) in files {
            try text.write(toFile: folder + "/event/" + name, atomically: true, encoding: .utf8)
        }
        ring = try Keyring(path: folder + "/keys/keyring.json", pin: Self.pin, cost: .rehearsal)
        token = try BearerToken()
        let root = try ring.make("organiser")
        office = try Office.create(
            folder: folder + "/event",
            into: folder + "/hall.laurel",
            root: root,
            person: "P-organiser",
            isRehearsal: true
        )
        try appoint("J-S01-02", .judge, item: "S01", delegation: "210200")
        try appoint("J-S02-01", .judge, item: "S02")
        try appoint("CJ-S01", .chiefJudge, item: "S01")
        try appoint("R-S02", .recorder, item: "S02")
        try appoint("SV", .supervisor)
        try say(
            .appoint,
            Office.appointment(
                name: "screen-1",
                key: token.key.verifying,
                role: .screen,
                person: "screen-1"
            ),
            by: "organiser"
        )
        try register()
        try ring.save()
        for (name, text) in ["pin": Self.pin, "token": token.text] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        try serverKeys()
    }

    /// The second judge's key on the server, behind a PIN.
    private func serverKeys() throws {
        let own = folder + "/hall-keys/J-S01-02"
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: folder + "/keys/keyring.json",
            toPath: own + "/keyring.json"
        )
    }

    mutating func appoint(
        _ name: String,
        _ role: Role,
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
                person: "P-" + name,
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

    private func register() throws {
        let delegations = ["210300", "210100", "210200"]
        let roster = (1...32).map { number in
            let item = number <= 8 ? "S01" : "S02"
            let code = String(1000 + (number <= 8 ? number : number - 8)).suffix(3)
            return RosterEntrant(
                id: "\(item)-\(code)",
                item: item,
                delegation: delegations[number % 3],
                group: "worker",
                isGuest: false,
                members: [
                    [
                        "id_number": .string("2199001990010100\(10 + number)"),
                        "name": .string(number % 2 == 0 ? "虚人<b>&\"'\(number)" : "虚构者\(number)"),
                    ]
                ]
            )
        }
        _ = try office.register(roster, by: try ring.key("organiser"))
    }

    /// Every sheet of the second item, typed in and confirmed, for the board.
    func fillSecondItem() throws {
        guard let item = ItemID("S02"), let card = office.catalogue.cardHashes[item] else { return }
        let plan = try office.plan(of: item)
        let key = try ring.key("R-S02")
        let statements = try office.board(of: item).sheets.keys.sorted().map { place in
            let unit = plan.card.units[place.unit]
            let number = Int32(place.entrant.text.suffix(2)) ?? 0
            let marks: [Int32] =
                place.judge == nil ? [300 - 5 * number] : [2, 1, 1, number * 7 % 41 * 5]
            return try office.statement(
                .sheet,
                SheetContent(
                    item: item,
                    unit: unit.id,
                    entrant: place.entrant,
                    judge: place.judge,
                    attempt: 1,
                    card: card,
                    marks: marks
                ).body,
                by: key
            )
        }
        _ = try record.admit(statements, at: office.now())
        _ = try office.confirmAll(item, by: try ring.key("SV"))
    }

    private static func event(_ hallKeys: String?, _ doubleEntry: String) -> String {
        let roles = Role.allCases.map { role in
            let scope =
                switch role {
                case .judge, .recorder, .chiefJudge, .encryptionJudge: "item"
                case .delegationLeader, .bureau: "delegation"
                default: "event"
                }
            return "  - {role: \(role.rawValue), of: \(scope)}\n"
        }.joined()
        return """
            event: 1
            id: hall
            title: {zh: 虚构大厅赛, en: "A hall's event, invented"}
            first_day: 2022-10-27
            last_day: 2022-10-28
            notes: [{zh: 本赛事与人员均为虚构。, en: This event and its people are invented.}]
            live_board: all
            double_entry: \(doubleEntry)
            show_totals: true
            \(hallKeys.map { "hall_keys: \($0)\n" } ?? "")tracks: [{id: service, title: {zh: 服务, en: Service}}]
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
            """
    }

    private static let items = """
        code,track,name_zh,name_en,team_size,worldskills_skill,provenance,source
        S01,service,虚构<项目>&一,"Invented <item> & ""one""'s",1,,representative,invented
        S02,service,虚构项目二,Invented item two,1,,representative,invented
        """

    static let card = """
        scorecard: 1
        id: hall
        title: {zh: 大厅, en: Hall}
        total: {max: 100}
        panel: {judges: 2, minimum: 1}
        sheets: [T, P]
        parts:
          - id: T
            title: {zh: 理论, en: Theory}
            aspects: [{id: t, title: {zh: 卷面, en: Paper}, score: {max: 30, step: 0.5}, aggregate: agreed}]
          - id: P
            title: {zh: 实操, en: Practical}
            criteria:
              - id: K1
                title: {zh: 安全与工艺, en: Safety and craft}
                aspects:
                  - id: a
                    title: {zh: 接缝外观, en: The look of the joint}
                    requirement: {zh: 自然光下距离半米观察, en: Seen in daylight from half a metre}
                    judgement:
                      max: 20
                      spread: 1
                      levels:
                        - {zh: 不合格:有裂纹或漏焊, en: "below the industry's standard: cracked, or not joined"}
                        - {zh: 合格, en: meets the industry's standard}
                        - {zh: "良好:均匀,个别处有飞溅", en: "above it: even, with spatter in places"}
                        - {zh: "优秀:均匀光滑,无飞溅", en: "excellent: even and smooth, no spatter"}
                  - id: b
                    title: {zh: 全程佩戴护目镜, en: Goggles were worn throughout}
                    full_or_zero: {max: 10}
                    aggregate: mean
              - id: K2
                title: {zh: 结果, en: Result}
                aspects:
                  - id: c
                    title: {zh: 有效提交次数, en: Commits that say what changed}
                    options:
                      - {code: 0, marks: 0, title: {zh: 不足 4 次, en: fewer than 4}}
                      - {code: 1, marks: 10, title: {zh: 4 至 7 次, en: 4 to 7}}
                      - {code: 2, marks: 20, title: {zh: 8 次以上, en: 8 or more}}
                    aggregate: mean
                  - id: d
                    title: {zh: 总体完成度, en: How much of it is done}
                    score: {max: 20, step: 0.5}
                    aggregate: mean
        """
}
