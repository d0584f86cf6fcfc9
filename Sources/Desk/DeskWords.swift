internal import Competition
internal import Findings
internal import Secretariat

/// What the desks call things, in the language of whoever sits there.
struct DeskWords {
    let language: Language

    func tr(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// A value as the judge reads it; empty where nothing was entered.
    func text(_ stored: Int32, _ aspect: Aspect) -> String {
        aspect.shown(stored)[language]
    }

    /// Why a sheet came back.
    func text(_ cause: MarkingDesk.Cause, _ slots: [SheetUnit.Slot]) -> String {
        cause.text(slots)[language]
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
