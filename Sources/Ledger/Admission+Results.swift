internal import Competition
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

extension Admission {
    /// The table says when; here it is that the chief judge locks what is here, and nothing else.
    func checkLock(_ item: ItemID?, _ body: JSONValue) throws -> [Finding] {
        guard let item else { return [] }
        let flags = try Progress.openFlags(of: item, db)
        guard isCarried || flags == 0 else {
            return [
                Self.refuse(
                    "lock.flags",
                    "\(item.text) 有 \(flags) 项裁判提请尚未答复",
                    "\(item.text): \(flags) of the judges' questions are not answered"
                )
            ]
        }
        guard let said = body["sheets"]?.string else {
            return isCarried
                ? [Self.refuse("lock.sheets", "锁定没有写明锁定了什么", "the lock does not say what it locks")]
                : []
        }
        guard said == (try Record.lockDigest(of: item, db)).hex else {
            return [
                Self.refuse(
                    "lock.sheets",
                    "\(item.text) 的评分表已有变化,请重新核对后锁定",
                    "the sheets of \(item.text) are others than those locked; check and lock again"
                )
            ]
        }
        return []
    }

    /// The second signature is another person's.
    func checkCosign(_ item: ItemID?, speakers: [Appointment]) throws -> [Finding] {
        guard let item else { return [] }
        let locker = try String.fetchOne(
            db,
            sql: "SELECT locked_by FROM item_state WHERE item = ?",
            arguments: [item.text]
        )
        guard let locker, speakers.contains(where: { $0.person == locker }) else { return [] }
        return [
            Self.refuse(
                "cosign.same-person",
                "锁定者不能会签自己的锁定",
                "who locked the item can't co-sign it"
            )
        ]
    }

    func checkPublication(_ body: JSONValue, speakers: [Appointment]) throws -> [Finding] {
        guard let hash = body["snapshot"]?.string.flatMap({ Digest(hex: $0) }),
            let snapshot = try snapshot(hash)
        else {
            return [Self.refuse("publish.snapshot", "快照不在档案中", "the snapshot is not in the record")]
        }
        let persons = Set(speakers.map(\.person))
        guard let kind = body["kind"]?.string, ["provisional", "final"].contains(kind) else {
            return [Self.refuse("publish.kind", "没有这种发布", "there is no such publication")]
        }
        let items = (body["items"]?.array ?? []).compactMap { $0.string.flatMap { ItemID($0) } }
        guard try states(snapshot, items, kind) else {
            return [
                Self.refuse(
                    "publish.other",
                    "快照与发布陈述不符:赛事、类别、项目须一致,沿用的结果须与上次发布相同",
                    "the snapshot is not what the statement says: event, kind and items must be the same, and results carried on those of the publication before"
                )
            ]
        }
        var findings: [Finding] = []
        for item in items {
            findings += try publicationFaults(item, isFinal: kind == "final", by: persons)
        }
        return findings
    }

    private func snapshot(_ hash: Digest) throws -> JSONValue? {
        try Data.fetchOne(
            db,
            sql: "SELECT content FROM document WHERE hash = ? AND kind = 'snapshot'",
            arguments: [Data(hash.bytes)]
        ).flatMap { try? JSONValue(parsing: $0) }
    }

    /// Whether a snapshot is of this event and kind, newly states these items, and carries on only what
    /// stands in the publication before.
    private func states(_ snapshot: JSONValue, _ items: [ItemID], _ kind: String) throws -> Bool {
        guard snapshot["kind"]?.string == kind,
            snapshot["event"]?["code"]?.string == catalogue.event.id.text,
            let results = snapshot["items"]?.array
        else { return false }
        func code(_ result: JSONValue) -> String { result["item"]?["code"]?.string ?? "" }
        let carried = results.filter { $0["carried"] != nil }
        let stated = results.filter { $0["carried"] == nil }.map(code)
        guard stated.sorted() == items.map(\.text).sorted(), !items.isEmpty,
            Set(results.map(code)).count == results.count
        else { return false }
        guard !carried.isEmpty else { return true }
        let last = try Data.fetchOne(
            db,
            sql: "SELECT snapshot FROM publication ORDER BY position DESC LIMIT 1"
        ).flatMap { Digest(bytes: $0) }
        let before = try last.flatMap { try self.snapshot($0) }?["items"]?.array ?? []
        let published = Dictionary(before.map { (code($0), Self.result($0)) }) { first, _ in first }
        return carried.allSatisfy { result in
            guard let item = ItemID(code(result)) else { return false }
            return [.provisional, .final].contains(house.state(of: item))
                && published[item.text] == Self.result(result)
        }
    }

    /// A result without where it is carried on from.
    private static func result(_ item: JSONValue) -> JSONValue {
        guard case .object(let members) = item else { return item }
        return .object(members.filter { $0.name != "carried" })
    }

    /// Whether an appeal was upheld with a remedy since the item was last opened.
    private func remedyWaits(_ item: ItemID) throws -> Bool {
        try Int.fetchOne(
            db,
            sql: """
                SELECT 1 FROM appeal WHERE item = ?1 AND upheld = 1 AND remedy = 1 AND ruling >
                    ifnull((SELECT opened_at FROM item_state WHERE item = ?1), 0)
                """,
            arguments: [item.text]
        ) != nil
    }

    /// A bureau pulls the winners of its own city; an organiser those of any.
    func checkPull(_ body: JSONValue, speakers: [Appointment]) -> [Finding] {
        // A working copy holds everybody, and is the organiser's only.
        if body["what"]?.string == "copy", body["city"] == nil,
            speakers.contains(where: { $0.role == .organiser })
        {
            return []
        }
        guard let city = body["city"]?.string.flatMap({ DelegationID($0) }),
            catalogue.event.delegation(city) != nil
        else { return [Self.refuse("pull.city", "没有这个城市", "there is no such city")] }
        let mayPull = speakers.contains { $0.role == .organiser || $0.delegation == city }
        return mayPull
            ? []
            : [
                Self.refuse(
                    "pull.other-city",
                    "人社局只能调取本市的获奖选手",
                    "a bureau pulls the winners of its own city only"
                )
            ]
    }

    /// All that keeps an item from being published, and from being published by these persons.
    func publicationFaults(
        _ item: ItemID,
        isFinal: Bool,
        by persons: Set<String>
    ) throws -> [Finding] {
        var findings: [Finding] = []
        let state = house.state(of: item)
        let window = catalogue.event.appealMinutes
        let isReady =
            isFinal
            ? [.provisional, .final].contains(state) || state == .cosigned && window == 0
            : [.cosigned, .provisional].contains(state)
        if !isReady {
            let wants =
                isFinal && state == .cosigned
                ? Text("须先公示", "provisional results come first")
                : Text("须先锁定并会签", "it must be locked and co-signed first")
            let exact = try exactState(of: item)
            findings.append(
                Self.refuse(
                    "publish.state",
                    "\(item.text) 现为“\(exact.text.zh)”,不能发布:\(wants.zh)",
                    "\(item.text) is \(exact.text.en) and can't be published: \(wants.en)"
                )
            )
        }
        if isFinal { findings += try openAppeals(of: item) }
        if isFinal, try remedyWaits(item) {
            findings.append(
                Self.refuse(
                    "publish.remedy",
                    "\(item.text) 有成立的申诉尚未处理:须重新开放并更正",
                    "\(item.text): an upheld appeal is not acted on yet; open the item again and correct it"
                )
            )
        }
        if layers(of: item) > 0, !(house.blind[item]?.isOpen ?? false) {
            findings.append(
                Self.refuse(
                    "publish.blind",
                    "\(item.text) 尚未解密",
                    "\(item.text) is not revealed yet"
                )
            )
        }
        let end = (house.provisionalSince[item] ?? 0) + window * 60_000
        if isFinal, state == .provisional, now <= end {
            let minutes = (end - now) / 60_000 + 1
            findings.append(
                Self.refuse(
                    "publish.window",
                    "\(item.text) 公示未满,还有 \(minutes) 分钟",
                    "\(item.text): the time for appeals runs for another \(minutes) minutes"
                )
            )
        }
        if try tookPart(persons, in: item) {
            findings.append(
                Self.refuse(
                    "publish.same-person",
                    "\(item.text) 的评分表由发布者录入或复核,须由另一人发布",
                    "\(item.text): who entered or confirmed sheets does not publish them"
                )
            )
        }
        return findings
    }

    /// Whether one of these persons entered or confirmed a sheet of the item.
    private func tookPart(_ persons: Set<String>, in item: ItemID) throws -> Bool {
        try persons.contains { person in
            // By whichever key, and though the appointment has ended since.
            try Int.fetchOne(
                db,
                sql: """
                    SELECT 1 FROM sheet WHERE item = ?1 AND replaced_by IS NULL AND contested = 0
                    AND (person = ?2 OR confirmed_at IN (SELECT position FROM entry
                        WHERE kind IN ('confirm', 'reentry') AND author IN
                            (SELECT key FROM appointment WHERE person = ?2))) LIMIT 1
                    """,
                arguments: [item.text, person]
            ) != nil
        }
    }

    private func openAppeals(of item: ItemID) throws -> [Finding] {
        let entrants = try String.fetchAll(
            db,
            sql: "SELECT entrant FROM appeal WHERE item = ? AND ruling IS NULL ORDER BY position",
            arguments: [item.text]
        )
        return entrants.map { entrant in
            Self.refuse(
                "publish.appeal",
                "\(item.text) 选手 \(entrant) 的申诉尚未裁决",
                "\(item.text): the appeal of \(entrant) is not ruled on yet"
            )
        }
    }
}
