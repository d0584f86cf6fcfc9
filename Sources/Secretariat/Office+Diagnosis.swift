public import Competition
internal import Findings
internal import Ledger
public import Scoring
public import Seal

extension Office {
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
