public import Competition
public import Findings

extension MarkingDesk.Cause {
    /// Why a sheet came back, as every desk says it.
    ///
    /// - Parameter slots: the sheet's aspects.
    /// - Returns: the words.
    public func text(_ slots: [SheetUnit.Slot]) -> Text {
        func names(_ columns: [Int]) -> Text {
            guard !columns.isEmpty else { return Text("全部评分点", "all aspects") }
            return Text(same: columns.map { slots[$0].address }.joined(separator: " "))
        }
        switch self {
        case .spread(let column, let lowest, let highest, let allowed):
            let name = names([column])
            return Text(
                "\(name.zh):各裁判评 \(lowest) 至 \(highest),相差超过 \(allowed),须商议后重评",
                "\(name.en): the judges gave \(lowest) to \(highest), more than \(allowed) apart; confer and mark again"
            )
        case .differs(let columns):
            let name = names(columns)
            return Text("两次录入不同:\(name.zh)", "the two entries differ: \(name.en)")
        case .sentBack(let columns, let reason):
            let name = names(columns)
            return Text("退回 \(name.zh):\(reason)", "sent back \(name.en): \(reason)")
        }
    }
}

extension Aspect {
    /// A value as the judge reads it.
    ///
    /// - Parameter stored: the stored value.
    /// - Returns: the words; empty where nothing was entered.
    public func shown(_ stored: Int32) -> Text {
        switch stored {
        case StoredMark.empty: return Text("", "")
        case StoredMark.notAttempted: return Text("未做", "not attempted")
        default: break
        }
        if let status = StoredMark.status(stored) { return status.text }
        if case .fullOrZero = marking {
            return stored == 0 ? Text("否", "no") : Text("是", "yes")
        }
        return Text(same: text(stored: stored))
    }
}
