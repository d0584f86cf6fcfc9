internal import Competition
internal import Findings
internal import Secretariat

/// What the desks call things, in the language of whoever sits there.
struct DeskWords {
    let language: Language

    func tr(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// A value as the judge reads it; empty where nothing was entered.
    func text(_ stored: Int32, _ aspect: Aspect) -> String {
        switch stored {
        case StoredMark.empty: return ""
        case StoredMark.notAttempted: return tr("未做", "not attempted")
        default: break
        }
        if let status = StoredMark.status(stored) { return status.text[language] }
        if case .fullOrZero = aspect.marking { return stored == 0 ? tr("否", "no") : tr("是", "yes") }
        return aspect.text(stored: stored)
    }

    /// Why a sheet came back.
    func text(_ cause: MarkingDesk.Cause, _ slots: [SheetUnit.Slot]) -> String {
        func names(_ columns: [Int]) -> String {
            columns.isEmpty
                ? tr("全部评分点", "all aspects")
                : columns.map { slots[$0].address }.joined(separator: " ")
        }
        switch cause {
        case .spread(let column, let lowest, let highest, let allowed):
            return tr(
                "\(names([column])):各裁判评 \(lowest) 至 \(highest),相差超过 \(allowed),须商议后重评",
                "\(names([column])): the judges gave \(lowest) to \(highest), more than \(allowed) apart; confer and mark again"
            )
        case .differs(let columns):
            return tr(
                "两次录入不同:\(names(columns))",
                "the two entries differ: \(names(columns))"
            )
        case .sentBack(let columns, let reason):
            return tr("退回 \(names(columns)):\(reason)", "sent back \(names(columns)): \(reason)")
        }
    }

    /// A sheet: entrant, unit, attempt where there are several, and the judge where it is another's.
    func text(_ task: MarkingDesk.Task, _ desk: MarkingDesk) -> String {
        let unit = desk.units[task.unit]
        var text = task.entrant.text + "  " + unit.id.text
        if unit.attempts > 1 { text += "#\(task.attempt)" }
        guard let judge = task.judge else { return text + "  " + tr("裁判组", "panel") }
        return judge.text == desk.name ? text : text + "  " + judge.text
    }
}
