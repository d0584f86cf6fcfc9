internal import Competition
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

extension Admission {
    /// 退回: a sheet that stands, entered by another, and aspects that are on it.
    func checkSendingBack(_ body: JSONValue, speakers: [Appointment]) throws -> [Finding] {
        guard let id = body["sheet"]?.string.flatMap({ Digest(hex: $0) }),
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT item, unit, judge, person, replaced_by, returned_at, contested
                    FROM sheet JOIN entry USING (position) WHERE statement_id = ?
                    """,
                arguments: [Data(id.bytes)]
            ), try row.get("item") as String == body["item"]?.string
        else { return [Self.refuse("return.unknown", "没有这份评分表", "there is no such sheet")] }
        var findings = Self.needText(body, "reason")
        if try !isCarried && row.get("replaced_by") as Int? != nil {
            findings.append(
                Self.refuse("return.replaced", "此评分表已被更正", "the sheet has been replaced")
            )
        } else if try !isCarried && row.get("returned_at") as Int? != nil {
            findings.append(
                Self.refuse("return.twice", "此评分表已退回", "the sheet was sent back already")
            )
        } else if try !isCarried && row.get("contested") as Bool {
            findings.append(
                Self.refuse("return.contested", "此评分表待裁定", "the sheet awaits a ruling")
            )
        }
        let person: String = try row.get("person")
        if speakers.contains(where: { $0.person == person }) {
            findings.append(
                Self.refuse(
                    "return.same-person",
                    "评分表由本人录入:请直接更正",
                    "the same person entered the sheet: correct it instead"
                )
            )
        }
        guard let item = ItemID(try row.get("item") as String),
            let unit = NodeID(try row.get("unit") as String),
            let limits = catalogue.units[item]?[unit]
        else { return findings }
        let judge: String = try row.get("judge")
        let known = (judge.isEmpty ? limits.agreed : limits.judged).map(\.address)
        for aspect in (body["aspects"]?.array ?? []).map({ $0.string ?? "" })
        where !known.contains(aspect) {
            findings.append(
                Self.refuse(
                    "return.aspect",
                    "此评分表没有评分点“\(aspect)”",
                    "the sheet has no aspect \"\(aspect)\""
                )
            )
        }
        return findings
    }

    /// A remark names what the item has; only the chief judge answers, and what was asked.
    func checkRemark(
        _ body: JSONValue,
        item: ItemID?,
        speakers: [Appointment]
    ) throws -> [Finding] {
        var findings = Self.needText(body, "words")
        if body["entrant"]?.string != nil, subject(body) == nil { findings.append(noSubject(body)) }
        if let unit = body["unit"]?.string, let item,
            NodeID(unit).flatMap({ catalogue.units[item]?[$0] }) == nil
        {
            findings.append(
                Self.refuse(
                    "remark.unit",
                    "评分标准没有评分单元 \(unit)",
                    "the scorecard has no sheet unit \(unit)"
                )
            )
        }
        guard let answers = body["answers"]?.string else { return findings }
        guard speakers.contains(where: { $0.role == .chiefJudge }) else {
            return findings + [
                Self.refuse(
                    "remark.chief",
                    "提请由裁判长答复",
                    "the chief judge answers a question"
                )
            ]
        }
        let asked = try Digest(hex: answers).flatMap { id in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT answered_by FROM remark JOIN entry USING (position)
                    WHERE statement_id = ? AND item = ? AND is_flag = 1
                    """,
                arguments: [Data(id.bytes), item?.text]
            )
        }
        guard let asked else {
            // A venue's answer may come before the question does.
            return isCarried
                ? findings
                : findings + [
                    Self.refuse("remark.answers", "没有这项提请", "there is no such question")
                ]
        }
        if try !isCarried && asked.get("answered_by") as Int? != nil {
            findings.append(
                Self.refuse("remark.answered", "此项提请已答复", "the question is answered already")
            )
        }
        return findings
    }
}
