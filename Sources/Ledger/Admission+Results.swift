internal import Competition
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

extension Admission {
    /// A lock needs every expected sheet, each confirmed.
    func checkLock(_ item: ItemID?) throws -> [Finding] {
        guard let item else { return [] }
        let progress = try Progress.of(item, db: db, house: house, catalogue: catalogue)
        guard progress.missing.isEmpty, progress.unconfirmed == 0 else {
            let examples = progress.missing.prefix(3).map(\.text).joined(separator: ", ")
            return [
                Self.refuse(
                    "lock.incomplete",
                    "\(item.text) 还缺 \(progress.missing.count) 份评分表,\(progress.unconfirmed) 份未复核 \(examples)",
                    "\(item.text) lacks \(progress.missing.count) sheets, and \(progress.unconfirmed) are not confirmed \(examples)"
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

    func checkPublication(_ body: JSONValue) throws -> [Finding] {
        guard let hash = body["snapshot"]?.string.flatMap({ Digest(hex: $0) }),
            try Int.fetchOne(
                db,
                sql: "SELECT 1 FROM document WHERE hash = ?",
                arguments: [Data(hash.bytes)]
            )
                != nil
        else {
            return [Self.refuse("publish.snapshot", "快照不在档案中", "the snapshot is not in the record")]
        }
        let allowed: [ItemState]
        switch body["kind"]?.string {
        case "provisional": allowed = [.cosigned, .provisional]
        case "final": allowed = [.cosigned, .provisional, .final]
        default: return [Self.refuse("publish.kind", "没有这种发布", "there is no such publication")]
        }
        var findings: [Finding] = []
        for value in body["items"]?.array ?? [] {
            guard let item = value.string.flatMap({ ItemID($0) }) else { continue }
            let state = house.state(of: item)
            if !allowed.contains(state) {
                findings.append(
                    Self.refuse(
                        "publish.state",
                        "\(item.text) 现为“\(state.text.zh)”,不能发布",
                        "\(item.text) is \(state.text.en) and can't be published"
                    )
                )
            }
        }
        if body["kind"]?.string == "final" { findings += try openAppeals() }
        return findings
    }

    private func openAppeals() throws -> [Finding] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT item, entrant FROM appeal WHERE ruling IS NULL ORDER BY position"
        )
        return rows.map { row in
            let (item, entrant): (String, String) = (row["item"], row["entrant"])
            return Self.refuse(
                "publish.appeal",
                "\(item) 选手 \(entrant) 的申诉尚未裁决",
                "\(item): the appeal of \(entrant) is not ruled on yet"
            )
        }
    }

    /// An honour is proposed by one person and conferred by another.
    func checkHonour(_ body: JSONValue, speakers: [Appointment]) throws -> [Finding] {
        guard let id = body["honour"]?.string, !id.isEmpty else {
            return [Self.refuse("honour.id", "缺少荣誉编号", "the honour has no number")]
        }
        let row = try Row.fetchOne(db, sql: "SELECT * FROM honour WHERE id = ?", arguments: [id])
        let action = body["action"]?.string
        switch (action, row) {
        case ("propose"?, nil):
            let members = ["rule", "kind", "item", "entrant", "person", "snapshot"]
            return members.filter { body[$0]?.string == nil }.map {
                Self.refuse("honour.form", "缺少 \($0)", "\($0) is missing")
            }
        case ("confer"?, let row?):
            guard ["proposed", "nominated"].contains(row["state"] as String) else {
                return [
                    Self.refuse("honour.state", "荣誉 \(id) 已处理", "honour \(id) is settled already")
                ]
            }
            let proposer: String = row["proposed_by"]
            guard !speakers.contains(where: { $0.person == proposer }) else {
                return [
                    Self.refuse(
                        "honour.same-person",
                        "提出与授予须由两人作出",
                        "proposing and conferring take two persons"
                    )
                ]
            }
            return []
        case ("revoke"?, let row?):
            guard row["state"] as String != "revoked" else {
                return [
                    Self.refuse("honour.state", "荣誉 \(id) 已撤销", "honour \(id) is revoked already")
                ]
            }
            return Self.needText(body, "reason")
        case ("propose"?, _?):
            return [
                Self.refuse("honour.duplicate", "荣誉 \(id) 已提出", "honour \(id) is proposed already")
            ]
        default: return [Self.refuse("honour.unknown", "没有荣誉 \(id)", "there is no honour \(id)")]
        }
    }
}
