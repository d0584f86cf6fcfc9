internal import Competition
internal import Exact
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

extension Admission {
    func checkConfirmation(
        _ body: JSONValue,
        speakers: [Appointment]
    ) throws -> [Finding] {
        guard let item = body["item"]?.string, let sheets = body["sheets"]?.array, !sheets.isEmpty
        else { return [Self.refuse("confirm.empty", "没有评分表", "there are no sheets")] }
        let persons = Set(speakers.map(\.person))
        let query = try db.cachedStatement(
            sql: """
                SELECT sheet.item, sheet.person, sheet.confirmed_at, sheet.replaced_by,
                    sheet.differs, sheet.contested, sheet.returned_at
                FROM entry JOIN sheet USING (position) WHERE statement_id = ?
                """
        )
        var findings: [Finding] = []
        for value in sheets {
            guard let id = value.string.flatMap({ Digest(hex: $0) }),
                let row = try Row.fetchOne(query, arguments: [Data(id.bytes)]),
                try row.get("item") as String == item
            else {
                findings.append(
                    Self.refuse("confirm.unknown", "没有这份评分表", "there is no such sheet")
                )
                continue
            }
            let short = id.short
            if persons.contains(try row.get("person")) {
                findings.append(
                    Self.refuse(
                        "confirm.same-person",
                        "评分表 \(short) 由本人录入,须由另一人复核",
                        "sheet \(short) was entered by the same person; another must confirm it"
                    )
                )
            } else if !isCarried, try row.get("replaced_by") as Int? != nil {
                findings.append(
                    Self.refuse(
                        "confirm.replaced",
                        "评分表 \(short) 已被更正",
                        "sheet \(short) has been replaced"
                    )
                )
            } else if !isCarried, try row.get("returned_at") as Int? != nil {
                findings.append(
                    Self.refuse(
                        "confirm.returned",
                        "评分表 \(short) 已退回,须先更正或说明维持原分",
                        "sheet \(short) was sent back: it is corrected or upheld first"
                    )
                )
            } else if let differs = try row.get("differs") as String? {
                findings.append(
                    Self.refuse(
                        "confirm.differs",
                        "评分表 \(short) 两次录入不同(\(differs)):须更正或复录",
                        "the two entries of sheet \(short) differ (\(differs)): correct it or enter it again"
                    )
                )
            } else if needsDoubleEntry(try row.get("person"), try row.get("item")) {
                findings.append(
                    Self.refuse(
                        "confirm.double",
                        "本赛事要求双人录入:评分表 \(short) 须由另一人复录",
                        "the event asks for double entry: sheet \(short) is entered again by another person"
                    )
                )
            } else if !isCarried, try row.get("confirmed_at") as Int? != nil {
                findings.append(
                    Self.refuse(
                        "confirm.twice",
                        "评分表 \(short) 已复核",
                        "sheet \(short) is confirmed already"
                    )
                )
            }
        }
        return findings
    }

    /// Whether the event wants a sheet of that person entered a second time.
    private func needsDoubleEntry(_ person: String, _ item: String) -> Bool {
        switch catalogue.event.doubleEntry {
        case .none: false
        case .all: true
        case .recorder:
            house.appointments.contains {
                $0.role == .recorder && $0.person == person
                    && ($0.item == nil || $0.item?.text == item)
            }
        }
    }

    func checkEntrant(
        _ kind: StatementKind,
        _ body: JSONValue,
        _ speakers: [Appointment]
    ) throws -> [Finding] {
        guard let entrant = subject(body) else { return [noSubject(body)] }
        if kind == .standing {
            guard body["status"]?.string.flatMap(EntrantStatus.init(rawValue:)) != nil else {
                return [Self.refuse("standing.status", "没有这种状态", "there is no such status")]
            }
            return ownDelegation(entrant, speakers) + Self.needText(body, "reason")
        }
        guard speakers.contains(where: { $0.delegation == entrant.delegation }) else {
            return [
                Self.refuse(
                    "appeal.delegation",
                    "领队只能为本代表队申诉",
                    "a delegation leader appeals for the own delegation only"
                )
            ]
        }
        if let since = house.provisionalSince[entrant.item] {
            let minutes = catalogue.event.appealMinutes
            guard now <= since + minutes * 60_000 else {
                return [
                    Self.refuse(
                        "appeal.window",
                        "申诉时限已过(公示后 \(minutes) 分钟内)",
                        "the time for appeals is over (\(minutes) minutes after the provisional results)"
                    )
                ]
            }
        }
        return Self.needText(body, "grounds")
    }

    /// 回避: who is of a delegation does not rule on its entrants.
    private func ownDelegation(_ entrant: Entrant, _ speakers: [Appointment]) -> [Finding] {
        guard speakers.allSatisfy({ $0.delegation == entrant.delegation }) else { return [] }
        return [
            Self.refuse(
                "ruling.own-delegation",
                "不能对本代表队选手 \(entrant.id.text) 作出处理(回避)",
                "one does not rule on an entrant of the own delegation (\(entrant.id.text))"
            )
        ]
    }

    /// Whom a statement names: an entrant, or the bearer of a blind number.
    ///
    /// Who was not drawn (absent before the draw) still goes by the own code.
    func subject(_ body: JSONValue) -> Entrant? {
        guard let id = body["entrant"]?.string.flatMap({ EntrantID($0) }),
            let item = body["item"]?.string.flatMap({ ItemID($0) })
        else { return nil }
        if let entrant = house.subject(id, of: item, layers: layers(of: item)) { return entrant }
        guard let entrant = house.entrants[id], entrant.item == item else { return nil }
        if case .undrawn = house.subjects(of: item, layers: layers(of: item)) {
            let isDrawn = house.blind[item]?.layers.first?.drawnFrom.contains(id) ?? false
            return isDrawn ? nil : entrant
        }
        return nil
    }

    func noSubject(_ body: JSONValue) -> Finding {
        if let item = body["item"]?.string.flatMap({ ItemID($0) }),
            case .numbers = house.subjects(of: item, layers: layers(of: item))
        {
            return Self.refuse(
                "statement.entrant",
                "\(item.text) 尚未解密:请写最内层的加密号,而不是选手编号",
                "\(item.text) is not revealed yet: name the innermost blind number, not the entrant"
            )
        }
        return Self.refuse("statement.entrant", "没有这名选手", "there is no such entrant")
    }

    /// 违规行为处理登记: an entrant's bears on the result; judges and staff get measures.
    func checkPenalty(_ body: JSONValue, speakers: [Appointment]) throws -> [Finding] {
        let offender = body["offender"]?.string ?? "entrant"
        guard let kind = Offender(rawValue: offender) else {
            return [Self.refuse("penalty.offender", "没有这类人员", "there is no such kind of person")]
        }
        var findings = Self.needText(body, "reason")
        let measure = body["measure"]?.string.map { Measure(rawValue: $0) }
        if measure == .some(nil) {
            findings.append(
                Self.refuse("penalty.measure", "没有这种处理", "there is no such measure")
            )
        }
        guard kind == .entrant else {
            if (body["subject"]?.string ?? "").isEmpty {
                findings.append(
                    Self.refuse("penalty.subject", "必须写明违规人员", "must say who it was")
                )
            }
            if body["deduction"] != nil || body["void_part"] != nil
                || measure??.bearsOnResult ?? false
            {
                findings.append(
                    Self.refuse(
                        "penalty.subject",
                        "扣分、作废、取消成绩只适用于选手",
                        "marks off, void parts and disqualification are for entrants"
                    )
                )
            }
            return findings
        }
        guard let entrant = subject(body) else { return [noSubject(body)] }
        findings += ownDelegation(entrant, speakers)
        let deduction = body["deduction"].map { value in
            value.string.flatMap { try? DecimalText($0).value }
        }
        if let deduction, !(deduction.map { $0 >= .zero } ?? false) {
            findings.append(
                Self.refuse(
                    "penalty.deduction",
                    "扣分应为不小于 0 的数",
                    "the deduction must be a number from 0"
                )
            )
        }
        if let part = body["void_part"]?.string,
            let item = body["item"]?.string.flatMap({ ItemID($0) }),
            let card = catalogue.cards[item], !card.parts.contains(where: { $0.id.text == part })
        {
            let parts = card.parts.map(\.id.text).joined(separator: ", ")
            findings.append(
                Self.refuse(
                    "penalty.part",
                    "评分标准没有模块 \(part)(有:\(parts))",
                    "the card has no part \(part) (it has \(parts))"
                )
            )
        }
        return findings
    }

    /// Which of several sheets stands: named by the arbitration panel, with a reason.
    func checkSettlement(_ body: JSONValue) throws -> [Finding] {
        // A ruling may also be that something held does not come in at all.
        if let drop = body["drop"]?.array {
            guard !drop.isEmpty, drop.allSatisfy({ $0.string.flatMap { Digest(hex: $0) } != nil })
            else {
                return [Self.refuse("settle.drop", "没有写明哪一项", "must say which statements")]
            }
            return Self.needText(body, "reason")
        }
        guard let keep = body["keep"]?.string.flatMap({ Digest(hex: $0) }),
            let item = try String.fetchOne(
                db,
                sql: """
                    SELECT item FROM sheet JOIN entry USING (position)
                    WHERE statement_id = ? AND contested = 1 AND replaced_by IS NULL
                    """,
                arguments: [Data(keep.bytes)]
            ), item == body["item"]?.string
        else {
            return [
                Self.refuse(
                    "settle.keep",
                    "没有这份待裁定的评分表",
                    "there is no such sheet that awaits a ruling"
                )
            ]
        }
        return Self.needText(body, "reason")
    }

    func checkOrder(_ body: JSONValue) throws -> [Finding] {
        guard let list = body["entrants"]?.array, list.count > 1,
            Set(list.compactMap(\.string)).count == list.count,
            let item = body["item"]?.string.flatMap({ ItemID($0) }),
            list.allSatisfy({
                $0.string.flatMap { EntrantID($0) }.flatMap {
                    house.subject($0, of: item, layers: layers(of: item))
                } != nil
            })
        else {
            return [
                Self.refuse(
                    "order.entrants",
                    "至少两名不同的已登记选手",
                    "two or more different registered entrants"
                )
            ]
        }
        // A bundle does not overrule an order that was given here.
        if isCarried, let item = body["item"]?.string {
            let given = try String.fetchAll(
                db,
                sql: "SELECT entrant FROM ordering WHERE item = ?",
                arguments: [item]
            )
            guard Set(given).isDisjoint(with: list.compactMap(\.string)) else {
                return [
                    Self.refuse(
                        "order.given",
                        "这些选手的名次已有裁定",
                        "the order of these entrants is ruled on already"
                    )
                ]
            }
        }
        return Self.needText(body, "reason")
    }

    func checkRuling(_ body: JSONValue, speakers: [Appointment]) throws -> [Finding] {
        guard let position = body["appeal"]?.int,
            let row = try Row.fetchOne(
                db,
                sql: "SELECT item, ruling, person FROM appeal WHERE position = ?",
                arguments: [position]
            ),
            try row.get("item") as String == body["item"]?.string
        else { return [Self.refuse("ruling.appeal", "没有这项申诉", "there is no such appeal")] }
        guard try row.get("ruling") as Int? == nil else {
            return [Self.refuse("ruling.twice", "此申诉已裁决", "the appeal is ruled on already")]
        }
        let appellant: String = try row.get("person")
        guard !speakers.contains(where: { $0.person == appellant }) else {
            return [
                Self.refuse(
                    "ruling.same-person",
                    "申诉者不能裁决自己的申诉",
                    "who appealed does not rule on the appeal"
                )
            ]
        }
        guard body["upheld"]?.bool != nil else {
            return [Self.refuse("ruling.upheld", "必须写明是否成立", "must say whether it is upheld")]
        }
        return Self.needText(body, "reason")
    }
}
