internal import Competition
internal import Exact
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

extension Admission {
    /// An honour is proposed by one person and conferred by another, on results that are published and,
    /// for conferring, final; what it takes besides is stated, fact by fact.
    func checkHonour(_ body: JSONValue, speakers: [Appointment]) throws -> [Finding] {
        switch body["action"]?.string {
        case "sanction"?: return checkSanction(body)
        case "lift"?: return try checkLifting(body)
        default: break
        }
        guard let id = body["honour"]?.string, !id.isEmpty else {
            return [Self.refuse("honour.id", "缺少荣誉编号", "the honour has no number")]
        }
        let row = try Row.fetchOne(db, sql: "SELECT * FROM honour WHERE id = ?", arguments: [id])
        switch (body["action"]?.string, row) {
        case ("propose"?, nil): return try checkProposal(body)
        case ("propose"?, _?):
            return [
                Self.refuse("honour.duplicate", "荣誉 \(id) 已提出", "honour \(id) is proposed already")
            ]
        case ("confer"?, let row?): return try checkConferral(body, row, speakers)
        case ("decline"?, let row?):
            return try open(row) + Self.needText(body, "decided_by", "reason")
        case ("revoke"?, let row?):
            let state: String = try row.get("state")
            guard ["proposed", "nominated", "conferred"].contains(state) else {
                return [
                    Self.refuse(
                        "honour.state",
                        "荣誉 \(id) 已撤销、未获授予或已换发",
                        "honour \(id) is revoked, declined or superseded already"
                    )
                ]
            }
            return Self.needText(body, "reason")
        default: return [Self.refuse("honour.unknown", "没有荣誉 \(id)", "there is no honour \(id)")]
        }
    }

    private func checkProposal(_ body: JSONValue) throws -> [Finding] {
        let members = ["rule", "kind", "item", "entrant", "person", "snapshot"]
        var findings = members.filter { body[$0]?.string == nil }.map {
            Self.refuse("honour.form", "缺少 \($0)", "\($0) is missing")
        }
        // Proposed on what is published; conferred on what is final.
        findings += settled(body["item"]?.string, [.provisional, .final], "提出", "proposed")
        if let missing = body["missing"],
            missing.array?.contains(where: { $0.string == nil }) ?? true
        {
            findings.append(
                Self.refuse(
                    "honour.form",
                    "missing 应为事实名称的列表",
                    "missing must be a list of facts"
                )
            )
        }
        if let person = body["person"]?.string { findings += try barred(person) }
        guard let replaced = body["replaces"] else { return findings }
        let row = try Row.fetchOne(
            db,
            sql: "SELECT * FROM honour WHERE id = ?",
            arguments: [replaced.string]
        )
        let isOpen = try row.map {
            ["proposed", "nominated"].contains(try $0.get("state") as String)
        }
        let isTaken =
            try Int.fetchOne(
                db,
                sql: """
                    SELECT 1 FROM honour
                    WHERE replaces = ? AND state IN ('proposed', 'nominated', 'conferred')
                    """,
                arguments: [replaced.string]
            ) != nil
        let isSame = try ["rule", "item", "entrant"].allSatisfy { name in
            try row?.get(name) as String? == body[name]?.string
        }
        if isOpen ?? true || isTaken || !isSame {
            findings.append(
                Self.refuse(
                    "honour.replaces",
                    "\(replaced.string ?? "") 不能重新签发:没有此荣誉、尚未处理、已有接替,或规则、项目、选手不同",
                    "\(replaced.string ?? "") can't be reissued: there is none, it is still open, another replaces it, or rule, item or entrant differ"
                )
            )
        }
        return findings + Self.needText(body, "reason")
    }

    private func checkConferral(
        _ body: JSONValue,
        _ row: Row,
        _ speakers: [Appointment]
    ) throws -> [Finding] {
        var findings = try open(row)
        findings += settled(try row.get("item"), [.final], "授予", "conferred")
        let proposer: String = try row.get("proposed_by")
        if speakers.contains(where: { $0.person == proposer }) {
            findings.append(
                Self.refuse(
                    "honour.same-person",
                    "提出与授予须由两人作出",
                    "proposing and conferring take two persons"
                )
            )
        }
        findings += try barred((try row.get("person") as Data).hex)
        if let snapshot = body["snapshot"] {
            let latest = try Data.fetchOne(
                db,
                sql: "SELECT snapshot FROM publication ORDER BY position DESC LIMIT 1"
            )
            if latest?.hex != snapshot.string {
                findings.append(
                    Self.refuse(
                        "honour.snapshot",
                        "授予须依据最新发布的成绩",
                        "an honour is conferred on the results that were published last"
                    )
                )
            }
        }
        let replaced: String? = try row.get("replaces")
        if body["supersedes"]?.string != replaced {
            findings.append(
                Self.refuse(
                    "honour.replaces",
                    "应写明所接替的荣誉:\(replaced ?? "无")",
                    "the honour that this one replaces is to be stated: \(replaced ?? "none")"
                )
            )
        }
        return findings + (try checkEvidence(body, row))
    }

    /// Each open condition is met by evidence of its own, and what another body decides names it.
    private func checkEvidence(_ body: JSONValue, _ row: Row) throws -> [Finding] {
        let level: String? = try row.get("level")
        // Proposals of before did not state what is open.
        guard let missing: String = try row.get("missing") else { return [] }
        let wanted = Set(missing.split(separator: " ").map(String.init))
        let kind: String = try row.get("kind")
        var given: [String: String] = [:]
        if case .object(let members)? = body["evidence"] {
            for member in members { given[member.name] = member.value.string }
        }
        var findings: [Finding] = wanted.subtracting(given.keys).sorted().map {
            Self.refuse(
                "honour.evidence",
                "条件 \($0) 尚无证据(--evidence \($0)=…)",
                "nothing shows the condition \($0) yet (--evidence \($0)=…)"
            )
        }
        findings += Set(given.keys).subtracting(wanted).sorted().map {
            Self.refuse(
                "honour.evidence",
                "\($0) 不是此荣誉所缺的条件",
                "\($0) is no open condition of this honour"
            )
        }
        findings += given.filter { Digest(hex: $0.value) == nil }.keys.sorted().map {
            Self.refuse(
                "honour.evidence",
                "\($0) 的证据应为承诺",
                "the evidence of \($0) is no commitment"
            )
        }
        if !wanted.isEmpty || kind == "nominated" { findings += Self.needText(body, "decided_by") }
        if kind == "promotion", level == nil { findings += Self.needText(body, "level") }
        return findings
    }

    /// Whether an honour still awaits a decision.
    private func open(_ row: Row) throws -> [Finding] {
        let (id, state): (String, String) = (try row.get("id"), try row.get("state"))
        guard !["proposed", "nominated"].contains(state) else { return [] }
        return [Self.refuse("honour.state", "荣誉 \(id) 已处理", "honour \(id) is settled already")]
    }

    private func settled(
        _ item: String?,
        _ states: [ItemState],
        _ zh: String,
        _ en: String
    ) -> [Finding] {
        guard let item = item.flatMap({ ItemID($0) }) else { return [] }
        let state = house.state(of: item)
        guard !states.contains(state) else { return [] }
        return [
            Self.refuse(
                "honour.results",
                "\(item.text) 现为“\(state.text.zh)”,成绩未定,不能\(zh)荣誉",
                "\(item.text) is \(state.text.en): its results are not settled, so honours can't be \(en)"
            )
        ]
    }

    // MARK: Sanctions

    /// Who is under a sanction today gets no honour.
    private func barred(_ person: String) throws -> [Finding] {
        guard let person = Digest(hex: person), let today = Day(inChinaAt: now) else { return [] }
        let measures = try Record.sanctions(db).filter {
            $0.person == person && $0.isInForce(on: today)
        }
        return measures.map { sanction in
            let end = sanction.until?.description
            return Self.refuse(
                "honour.sanctioned",
                "此人在惩戒期内(\(sanction.measure),\(sanction.from) 起\(end.map { "至 \($0)" } ?? ",无期限")),不得提出或授予荣誉",
                "the person is under a sanction (\(sanction.measure), from \(sanction.from)\(end.map { " to \($0)" } ?? ", without end")): no honour can be proposed or conferred"
            )
        }
    }

    private func checkSanction(_ body: JSONValue) -> [Finding] {
        var findings = Self.needText(body, "measure", "reason")
        let persons = body["persons"]?.array ?? []
        if persons.isEmpty
            || persons.contains(where: { $0.string.flatMap { Digest(hex: $0) } == nil })
        {
            findings.append(
                Self.refuse("sanction.persons", "应写明受惩戒的人", "a sanction names the persons it is of")
            )
        }
        let from = body["from"]?.string.flatMap { Day($0) }
        let until = body["until"].map { $0.string.flatMap { Day($0) } }
        if from == nil || until == .some(nil) || (until ?? nil).map({ $0 < from ?? $0 }) ?? false {
            findings.append(
                Self.refuse(
                    "sanction.days",
                    "起止应为日期,且起日不晚于止日",
                    "the first and the last day are days, the last not before the first"
                )
            )
        }
        return findings
    }

    private func checkLifting(_ body: JSONValue) throws -> [Finding] {
        let id = body["sanction"]?.string.flatMap { Digest(hex: $0) }
        let stands = try Record.sanctions(db).contains { $0.id == id && $0.liftedOn == nil }
        let known =
            stands
            ? []
            : [
                Self.refuse(
                    "sanction.unknown",
                    "没有这项惩戒,或已解除",
                    "there is no such sanction, or it is lifted already"
                )
            ]
        return known + Self.needText(body, "reason")
    }
}

extension Data {
    /// The bytes in lower-case hexadecimal.
    fileprivate var hex: String { Array(self).hex }
}
