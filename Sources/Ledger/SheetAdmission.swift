internal import Competition
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

/// The door for sheets, which are nearly all that comes through it.
struct SheetAdmission {
    let door: Admission

    func check(_ body: JSONValue, speakers: [House.Appointment]) throws -> [Finding] {
        let (sheet, found) = read(body)
        guard let sheet else { return found }
        guard let (entrant, limits) = try known(sheet) else { return try unknown(sheet) }
        var findings = checkMarks(sheet, limits)
        if !door.isCarried { findings += checkStatus(entrant) }
        findings += checkJudge(sheet, entrant, speakers)
        findings += try checkKey(sheet)
        return findings
    }

    /// 复录: the same place, another person; what the first entry says is not looked at here.
    func checkAgain(_ body: JSONValue, speakers: [House.Appointment]) throws -> [Finding] {
        let (sheet, found) = read(body)
        guard let sheet else { return found }
        guard let (entrant, limits) = try known(sheet) else { return try unknown(sheet) }
        var findings = checkMarks(sheet, limits)
        guard let first = try StandingSheet.find(sheet, door.db) else {
            return findings + [
                Admission.refuse(
                    "reentry.first",
                    "还没有第一次录入的评分表",
                    "there is no first entry of that sheet"
                )
            ]
        }
        let persons = Set(speakers.map(\.person))
        if persons.contains(first.person) {
            findings.append(
                Admission.refuse(
                    "reentry.same-person",
                    "复录须由另一人完成",
                    "the second entry is another person's"
                )
            )
        }
        if first.isReturned, !door.isCarried {
            findings.append(
                Admission.refuse(
                    "reentry.returned",
                    "此评分表已退回,须先更正或说明维持原分",
                    "the sheet was sent back: it is corrected or upheld first"
                )
            )
        }
        if first.isConfirmed {
            findings.append(
                Admission.refuse(
                    "reentry.confirmed",
                    "此评分表已复核",
                    "the sheet is confirmed already"
                )
            )
        }
        // A judge enters again only what that judge may mark; a recorder or supervisor reads paper.
        if speakers.allSatisfy({ $0.role == .judge }) {
            let own = door.house.judges[sheet.item]?.filter { judge in
                speakers.contains { $0.name == judge.id.text }
            }
            let layers = door.layers(of: sheet.item)
            if own?.allSatisfy({ door.house.isBarred($0, from: entrant, layers: layers) }) ?? true {
                findings.append(ownDelegation(entrant))
            }
        }
        return findings
    }

    private func read(_ body: JSONValue) -> (SheetContent?, [Finding]) {
        guard let sheet = SheetContent(body: body) else {
            return (
                nil,
                [Admission.refuse("sheet.form", "评分表的格式不成立", "the sheet is not of the right form")]
            )
        }
        guard sheet.card == door.catalogue.cardHashes[sheet.item] else {
            return (
                nil,
                [
                    Admission.refuse(
                        "sheet.card",
                        "评分表依据的不是 \(sheet.item.text) 现行的评分标准",
                        "the sheet follows another scorecard than \(sheet.item.text) has"
                    )
                ]
            )
        }
        return (sheet, [])
    }

    private func known(_ sheet: SheetContent) throws -> (Entrant, UnitLimits)? {
        let layers = door.layers(of: sheet.item)
        guard let limits = door.catalogue.units[sheet.item]?[sheet.unit],
            let entrant = door.house.subject(sheet.entrant, of: sheet.item, layers: layers)
        else { return nil }
        return (entrant, limits)
    }

    private func unknown(_ sheet: SheetContent) throws -> [Finding] {
        guard door.catalogue.units[sheet.item]?[sheet.unit] != nil else {
            return [
                Admission.refuse(
                    "sheet.unit",
                    "评分标准没有评分单元 \(sheet.unit.text)",
                    "the scorecard has no sheet unit \(sheet.unit.text)"
                )
            ]
        }
        switch door.house.subjects(of: sheet.item, layers: door.layers(of: sheet.item)) {
        case .entrants:
            return [
                Admission.refuse(
                    "sheet.entrant",
                    "\(sheet.item.text) 没有选手 \(sheet.entrant.text)",
                    "\(sheet.item.text) has no entrant \(sheet.entrant.text)"
                )
            ]
        case .numbers:
            return [
                Admission.refuse(
                    "sheet.number",
                    "\(sheet.item.text) 按加密号评分,没有号码 \(sheet.entrant.text)",
                    "\(sheet.item.text) is marked by blind numbers and has no number \(sheet.entrant.text)"
                )
            ]
        case .undrawn(let layer):
            return [
                Admission.refuse(
                    "sheet.undrawn",
                    "\(sheet.item.text) 第 \(layer) 层加密号尚未抽签,不能评分",
                    "layer \(layer) of the blind numbers of \(sheet.item.text) is not drawn; nothing can be marked yet"
                )
            ]
        }
    }

    private func checkStatus(_ entrant: Entrant) -> [Finding] {
        guard entrant.status != .competing else { return [] }
        return [
            Admission.refuse(
                "sheet.status",
                "选手 \(entrant.id.text) \(entrant.status.text.zh),不再评分",
                "entrant \(entrant.id.text) is \(entrant.status.text.en) and is not marked"
            )
        ]
    }

    private func checkMarks(_ sheet: SheetContent, _ limits: UnitLimits) -> [Finding] {
        let expected = sheet.judge == nil ? limits.agreed : limits.judged
        guard !expected.isEmpty, sheet.marks.count == expected.count else {
            return [
                Admission.refuse(
                    "sheet.length",
                    "评分单元 \(sheet.unit.text) 应有 \(expected.count) 个分数,收到 \(sheet.marks.count) 个",
                    "unit \(sheet.unit.text) takes \(expected.count) marks; \(sheet.marks.count) came"
                )
            ]
        }
        guard sheet.attempt <= limits.unit.attempts else {
            return [
                Admission.refuse(
                    "sheet.attempt",
                    "最多 \(limits.unit.attempts) 轮",
                    "there are at most \(limits.unit.attempts) attempts"
                )
            ]
        }
        return zip(expected, sheet.marks).compactMap { limit, mark in
            guard !limit.allows(mark) else { return nil }
            return Admission.refuse(
                "sheet.mark",
                "\(limit.address) 的分数超出范围或不符步长",
                "the mark of \(limit.address) is out of range or off the step"
            )
        }
    }

    private func checkJudge(
        _ sheet: SheetContent,
        _ entrant: Entrant,
        _ speakers: [House.Appointment]
    ) -> [Finding] {
        let asRecorder = speakers.contains { $0.role == .recorder }
        guard let name = sheet.judge else {
            let layers = door.layers(of: sheet.item)
            let barred = speakers.allSatisfy { speaker in
                guard speaker.role == .judge, let id = JudgeID(speaker.name) else { return false }
                let judge = Judge(id: id, item: sheet.item, delegation: speaker.delegation)
                return door.house.isBarred(judge, from: entrant, layers: layers)
            }
            return barred ? [ownDelegation(entrant)] : []
        }
        guard let judge = door.house.judges[sheet.item]?.first(where: { $0.id == name }) else {
            return [
                Admission.refuse(
                    "sheet.judge",
                    "\(name.text) 不是 \(sheet.item.text) 的裁判",
                    "\(name.text) is no judge of \(sheet.item.text)"
                )
            ]
        }
        if !asRecorder, !speakers.contains(where: { $0.name == name.text }) {
            return [
                Admission.refuse(
                    "sheet.other-judge",
                    "裁判只能交自己的评分表;\(name.text) 是另一人",
                    "a judge hands in the own sheets only; \(name.text) is another"
                )
            ]
        }
        let layers = door.layers(of: sheet.item)
        return door.house.isBarred(judge, from: entrant, layers: layers)
            ? [ownDelegation(entrant)] : []
    }

    private func ownDelegation(_ entrant: Entrant) -> Finding {
        Admission.refuse(
            "sheet.own-delegation",
            "裁判不给本代表队选手 \(entrant.id.text) 评分(回避)",
            "a judge does not mark an entrant of the own delegation (\(entrant.id.text))"
        )
    }

    /// One sheet a judge (or panel), entrant and unit; a correction names the one it replaces.
    private func checkKey(_ sheet: SheetContent) throws -> [Finding] {
        guard !door.isCarried else { return try checkCarriedKey(sheet) }
        let standing = try StandingSheet.find(sheet, door.db)
        switch (standing, sheet.replaces) {
        case (nil, nil): return try contested(sheet) ? [Self.awaitsRuling] : []
        case (nil, _?):
            return [Admission.refuse("sheet.replaces", "没有可更正的评分表", "there is no sheet to replace")]
        case (let old?, let replaces?):
            guard old.id == replaces else {
                return [
                    Admission.refuse(
                        "sheet.replaces",
                        "更正的不是现行的评分表",
                        "another sheet stands than the one replaced"
                    )
                ]
            }
            return (sheet.reason ?? "").isEmpty ? [Self.needsReason] : []
        case (_?, nil):
            let who = sheet.judge?.text ?? "panel"
            return [
                Admission.refuse(
                    "sheet.duplicate",
                    "\(sheet.entrant.text) 的 \(sheet.unit.text) 已有 \(who) 的评分表;要改须用更正并写明理由",
                    "\(sheet.entrant.text) has a sheet of \(who) for \(sheet.unit.text) already; a change takes a correction with a reason"
                )
            ]
        }
    }

    private static let needsReason = Admission.refuse(
        "sheet.reason",
        "更正必须写明理由",
        "a correction needs a reason"
    )

    private static let awaitsRuling = Admission.refuse(
        "sheet.contested",
        "此处有重复的评分表待裁定",
        "several sheets for that place await a ruling"
    )

    private func contested(_ sheet: SheetContent) throws -> Bool {
        let query = try door.db.cachedStatement(
            sql: """
                SELECT 1 FROM sheet WHERE item = ? AND contested = 1 AND entrant = ? AND unit = ?
                AND judge = ? AND attempt = ? LIMIT 1
                """
        )
        return try Int.fetchOne(
            query,
            arguments: [
                sheet.item.text, sheet.entrant.text, sheet.unit.text, sheet.judge?.text ?? "",
                sheet.attempt,
            ]
        ) != nil
    }

    /// In a bundle another sheet for the same place is no reason to refuse (both are held for a
    /// ruling), but what a correction corrects must have come.
    private func checkCarriedKey(_ sheet: SheetContent) throws -> [Finding] {
        guard let replaces = sheet.replaces else { return [] }
        if (sheet.reason ?? "").isEmpty { return [Self.needsReason] }
        let known = try Int.fetchOne(
            door.db,
            sql: """
                SELECT 1 FROM sheet JOIN entry USING (position) WHERE statement_id = ?
                AND item = ? AND entrant = ? AND unit = ? AND judge = ? AND attempt = ?
                """,
            arguments: [
                Data(replaces.bytes), sheet.item.text, sheet.entrant.text, sheet.unit.text,
                sheet.judge?.text ?? "", sheet.attempt,
            ]
        )
        guard known == nil else { return [] }
        return [
            Admission.refuse(
                "sheet.replaces",
                "所更正的评分表尚未转入",
                "the sheet that it corrects has not come yet"
            )
        ]
    }
}
