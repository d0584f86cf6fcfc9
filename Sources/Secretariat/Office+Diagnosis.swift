public import Competition
internal import Findings
internal import Ledger
public import Scoring
public import Seal

extension Office {
    /// Marks one by one, before an item is locked, are for those who answer for it: a second entry
    /// would not be blind otherwise, nor one judge independent of another.
    ///
    /// - Throws: a `Refusal` where the item is still open and the key speaks for none of them.
    public func mayLookAtMarks(of item: ItemID, by key: VerifyingKey?) throws {
        guard ItemState.beforeLock.contains(try record.progress(of: item).state) else { return }
        let roles: [Role] = [.chiefJudge, .arbitration, .organiser, .auditor]
        let isAllowed = try record.appointments().contains { row in
            row.key == key && roles.contains(row.role)
                && (row.item == nil || row.item == item.text)
        }
        guard isAllowed else {
            throw Refusal(
                "marks.role",
                Text(
                    "\(item.text) 锁定之前,逐项分数只给裁判长、仲裁组、组委会和审计看(--as)",
                    "before \(item.text) is locked, single marks are for its chief judge, arbitration, organisers and auditors (--as)"
                )
            )
        }
    }

    /// How the judges of an item marked, for its chief judge or an auditor and nobody else.
    ///
    /// - Throws: a `Refusal` where the key speaks for neither.
    public func diagnosis(of item: ItemID, by key: VerifyingKey) throws -> PanelDiagnosis {
        let isAllowed = try record.appointments().contains { row in
            row.key == key
                && (row.role == .auditor || (row.role == .chiefJudge && row.item == item.text))
        }
        guard isAllowed else {
            throw Refusal(
                "diagnose.role",
                Text(
                    "评分诊断只给本项目裁判长和审计看",
                    "the judges' diagnosis is for the item's chief judge and for auditors only"
                )
            )
        }
        let judges = try record.judges(of: item)
        let delegations = judges.compactMap { judge in judge.delegation.map { (judge.id, $0) } }
        let tally = try tally(of: item)
        return try tally.diagnosis(
            delegations: Dictionary(delegations, uniquingKeysWith: { first, _ in first })
        )
    }
}
