import Exact
import Snapshots
import Findings
import Honours
import Ledger
import Rules
import Seal
import Secretariat

/// One honour as a page: what a person or an auditor asks "why?" of.
struct HonourPage {
    let dossier: HonourDossier

    /// What there is to say, as heads and words.
    func lines(_ language: Language) -> [(String, String)] {
        func say(_ zh: String, _ en: String) -> String { Text(zh, en)[language] }
        let row = dossier.row
        var lines = [
            (say("编号", "number"), row.id), (say("荣誉", "honour"), dossier.title[language]),
            (say("持有人", "holder"), dossier.name),
            (say("状态", "state"), state(row.state)[language]),
            (say("性质", "mode"), HonourKind(rawValue: row.kind)?.text[language] ?? row.kind),
        ]
        if let rule = dossier.rule {
            lines.append((say("依据文件", "document"), dossier.document[language]))
            lines.append((say("条款", "clause"), rule.citation.paragraph))
            lines.append((say("原文", "words"), rule.citation.quote))
            if let days = rule.inForce {
                let span = "\(days.lowerBound) – \(days.upperBound)"
                lines.append((say("适用于公布日在", "for results of"), span))
            }
        }
        lines.append((say("项目、选手", "item, entrant"), "\(row.item) \(row.entrant)"))
        lines.append((say("所依据的成绩快照", "on the results"), row.snapshot.short))
        lines.append((say("最新成绩", "latest results"), standing(language)))
        for line in verdict(language) { lines.append((say("规则", "rule"), line)) }
        for condition in dossier.conditions {
            let words =
                condition.isOpen
                ? say("尚无证据", "not shown yet") : condition.words ?? say("证据已删除", "erased")
            lines.append((say("所缺条件", "condition"), "\(condition.title[language]) — \(words)"))
        }
        if let body = row.decidedBy { lines.append((say("决定部门", "decided by"), body)) }
        if let reason = dossier.reason { lines.append((say("理由", "reason"), reason)) }
        if let earlier = row.replaces { lines.append((say("换发自", "in the place of"), earlier)) }
        if let later = dossier.successor { lines.append((say("换发为", "replaced by"), later)) }
        for step in dossier.steps {
            lines.append(
                (say("经过", "done"), "\(localTime(step.admittedAt)) \(line(step, language))")
            )
        }
        for sanction in dossier.sanctions {
            let end = sanction.until?.description ?? say("无期限", "no end")
            let lifted = sanction.liftedOn.map { say(",\($0) 解除", ", lifted \($0)") } ?? ""
            lines.append(
                (say("惩戒", "sanction"), "\(sanction.measure) \(sanction.from) – \(end)\(lifted)")
            )
        }
        for payment in dossier.payments {
            let yuan = Money(amountFen: payment.amountFen).yuanText
            let month = payment.month.map { " \($0)" } ?? ""
            lines.append((say("已发放", "paid"), "\(payment.benefit)\(month) ¥\(yuan)"))
        }
        return lines
    }

    func text(_ language: Language) -> String {
        TableText.render(
            header: [Text("事项", "what")[language], Text("内容", "is")[language]],
            rows: lines(language).map { [$0.0, $0.1] }
        )
    }

    private func state(_ code: String) -> Text {
        switch code {
        case "proposed": Text("已提出,待授予", "proposed, awaits conferral")
        case "nominated": Text("已推荐,待主管部门决定", "nominated, awaits the body that decides")
        case "conferred": Text("已授予", "conferred")
        case "declined": Text("未获授予", "declined")
        case "revoked": Text("已撤销", "revoked")
        case "superseded": Text("已换发,原件作废", "superseded")
        default: Text(same: code)
        }
    }

    private func standing(_ language: Language) -> String {
        guard let proposal = dossier.proposal else {
            return Text("不再支持此荣誉", "no longer carry it")[language]
        }
        if let measure = proposal.candidate.sanction {
            return Text("惩戒期内(\(measure))", "under a sanction (\(measure))")[language]
        }
        if proposal.holds { return Text("支持此荣誉", "carry it")[language] }
        return dossier.row.state == "conferred"
            ? Text("支持,其余条件见证据", "carry it, with the evidence below")[language]
            : Text("支持,条件待定", "carry it where the open conditions hold")[language]
    }

    /// Each test of the rule, with what the fact was.
    private func verdict(_ language: Language) -> [String] {
        func leaves(_ verdict: Verdict) -> [Verdict] {
            verdict.children.isEmpty ? [verdict] : verdict.children.flatMap(leaves)
        }
        return (dossier.proposal.map { leaves($0.verdict) } ?? []).map { leaf in
            let mark =
                switch leaf.truth {
                case .yes: Text("满足", "met")
                case .no: Text("不满足", "not met")
                case .unknown: Text("未知", "open")
                }
            return "[\(mark[language])] \(leaf.text[language])"
        }
    }

    private func line(_ step: HonourDossier.Step, _ language: Language) -> String {
        let action =
            switch step.action {
            case "propose": Text("提出", "proposed")
            case "confer": Text("授予", "conferred")
            case "decline": Text("不予授予", "declined")
            case "revoke": Text("撤销", "revoked")
            default: Text(same: step.action)
            }
        return Text(
            "第 \(step.position) 条 \(step.by) \(action.zh)(回执 \(step.statement))",
            "entry \(step.position) by \(step.by): \(action.en) (receipt \(step.statement))"
        )[language]
    }

    var json: JSONValue {
        let row = dossier.row
        return [
            "conditions": .array(
                dossier.conditions.map {
                    [
                        "evidence": .optional($0.words), "fact": .string($0.fact),
                        "open": .bool($0.isOpen),
                    ]
                }
            ),
            "decided_by": .optional(row.decidedBy), "entrant": .string(row.entrant),
            "honour": .string(row.id), "item": .string(row.item), "kind": .string(row.kind),
            "level": .optional(row.level), "name": .string(dossier.name),
            "payments": .array(
                dossier.payments.map {
                    [
                        "amount_fen": .int($0.amountFen), "benefit": .string($0.benefit),
                        "month": .optional($0.month),
                    ]
                }
            ),
            "reason": .optional(dossier.reason), "replaced_by": .optional(dossier.successor),
            "replaces": .optional(row.replaces), "rule": .string(row.rule),
            "snapshot": .string(row.snapshot.hex),
            "source": [
                "document": dossier.document.json,
                "paragraph": .optional(dossier.rule?.citation.paragraph),
                "quote": .optional(dossier.rule?.citation.quote),
            ],
            "standing": .string(
                dossier.proposal.map { $0.holds ? "carried" : "open" } ?? "fallen"
            ), "state": .string(row.state),
            "steps": .array(
                dossier.steps.map {
                    [
                        "action": .string($0.action), "admitted_at": .int($0.admittedAt),
                        "by": .string($0.by), "entry": .int($0.position),
                        "statement": .string($0.statement),
                    ]
                }
            ), "title": dossier.title.json,
        ]
    }
}
