internal import Competition
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

/// The door for sheets, which are nearly all that comes through it.
struct SheetAdmission {
    let door: Admission

    func check(_ body: JSONValue, speakers: [House.Appointment]) throws -> [Finding] {
        guard let sheet = SheetContent(body: body) else {
            return [
                Admission.refuse("sheet.form", "评分表的格式不成立", "the sheet is not of the right form")
            ]
        }
        guard sheet.card == door.catalogue.cardHashes[sheet.item] else {
            return [
                Admission.refuse(
                    "sheet.card",
                    "评分表依据的不是 \(sheet.item.text) 现行的评分标准",
                    "the sheet follows another scorecard than \(sheet.item.text) has"
                )
            ]
        }
        guard let limits = door.catalogue.units[sheet.item]?[sheet.unit] else {
            return [
                Admission.refuse(
                    "sheet.unit",
                    "评分标准没有评分单元 \(sheet.unit.text)",
                    "the scorecard has no sheet unit \(sheet.unit.text)"
                )
            ]
        }
        guard let entrant = door.house.entrants[sheet.entrant], entrant.item == sheet.item else {
            return [
                Admission.refuse(
                    "sheet.entrant",
                    "\(sheet.item.text) 没有选手 \(sheet.entrant.text)",
                    "\(sheet.item.text) has no entrant \(sheet.entrant.text)"
                )
            ]
        }
        var findings = checkMarks(sheet, limits)
        findings += checkJudge(sheet, entrant, speakers)
        findings += try checkKey(sheet)
        return findings
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
        if entrant.status != .competing {
            return [
                Admission.refuse(
                    "sheet.status",
                    "选手 \(entrant.id.text) \(entrant.status.text.zh),不再评分",
                    "entrant \(entrant.id.text) is \(entrant.status.text.en) and is not marked"
                )
            ]
        }
        let asRecorder = speakers.contains { $0.role == .recorder }
        guard let name = sheet.judge else {
            let barred = speakers.allSatisfy {
                $0.role == .judge && $0.delegation == entrant.delegation
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
        return judge.isBarred(from: entrant.delegation) ? [ownDelegation(entrant)] : []
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
        let query = try door.db.cachedStatement(
            sql: """
                SELECT statement_id FROM sheet JOIN entry USING (position)
                WHERE item = ? AND entrant = ? AND unit = ? AND judge = ? AND attempt = ?
                AND replaced_by IS NULL
                """
        )
        let standing = try Data.fetchOne(
            query,
            arguments: [
                sheet.item.text, sheet.entrant.text, sheet.unit.text, sheet.judge?.text ?? "",
                sheet.attempt,
            ]
        )
        switch (standing, sheet.replaces) {
        case (nil, nil): return []
        case (nil, _?):
            return [Admission.refuse("sheet.replaces", "没有可更正的评分表", "there is no sheet to replace")]
        case (let old?, let replaces?):
            guard Array(old) == replaces.bytes else {
                return [
                    Admission.refuse(
                        "sheet.replaces",
                        "更正的不是现行的评分表",
                        "another sheet stands than the one replaced"
                    )
                ]
            }
            return (sheet.reason ?? "").isEmpty
                ? [Admission.refuse("sheet.reason", "更正必须写明理由", "a correction needs a reason")] : []
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
}
