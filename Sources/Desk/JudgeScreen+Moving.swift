internal import Competition
internal import Findings
internal import Ledger
internal import Seal
internal import Secretariat
internal import Terminal

/// From field to field, and from page to page.
extension JudgeScreen {
    func show(_ next: Mode) {
        if [.fields, .overview, .review].contains(mode) { before = mode }
        mode = next
        scroll = 0
    }

    func ask(_ prompt: Prompt, _ text: String = "") {
        typed = text
        mode = .prompt(prompt)
    }

    func accept() throws {
        guard let field else { return }
        do {
            try desk.enter(typed, at: field)
        } catch let refusal as Refusal {
            // A one-key value that is refused leaves nothing to edit.
            if desk.slot(field).aspect.isOneKey { typed = "" }
            throw refusal
        }
        typed = ""
        try advance()
    }

    func advance() throws {
        guard let field else { return }
        let task = desk.tasks[field.task]
        let next = index + 1 < fields.count ? fields[index + 1] : nil
        let leaves = next?.task != field.task || order == .aspect
        if leaves, desk.cameBack(task), desk.purpose == .entry, desk.reason(task) == nil {
            ask(.reason(task))
            return
        }
        guard let next else {
            show(.review)
            return
        }
        if order == .entrant, next.task != field.task, desk.entered(task) == desk.slots(task).count
        {
            say(
                "\(task.entrant.text) \(desk.units[task.unit].id.text) 已录齐,转到 \(desk.tasks[next.task].entrant.text)",
                "\(task.entrant.text) \(desk.units[task.unit].id.text) is complete; now \(desk.tasks[next.task].entrant.text)"
            )
        }
        index += 1
        try remember()
    }

    func move(_ steps: Int) throws {
        guard !fields.isEmpty else { return }
        typed = ""
        index = min(max(0, index + steps), fields.count - 1)
        try remember()
    }

    /// To the next sheet, or the next aspect.
    func turn(_ direction: Int) throws {
        guard let field else { return }
        typed = ""
        var place = index
        let group = group(field)
        while fields.indices.contains(place + direction), self.group(fields[place]) == group {
            place += direction
        }
        // Backwards to the beginning of the one before.
        if direction < 0, self.group(fields[place]) != group {
            let target = self.group(fields[place])
            while place > 0, self.group(fields[place - 1]) == target { place -= 1 }
        }
        index = place
        try remember()
    }

    func group(_ field: MarkingDesk.Field) -> [Int] {
        let task = desk.tasks[field.task]
        return order == .entrant ? [field.task] : [task.unit, field.column, task.attempt]
    }

    func undo() throws {
        typed = ""
        guard let field = try desk.undo() else {
            message = DeskMessage(tr("没有可撤销的", "nothing to take back"), .bad)
            return
        }
        if let place = fields.firstIndex(of: field) { index = place }
        say("已撤销", "taken back")
        try remember()
    }

    func remember() throws {
        if let field { try desk.stand(at: field, order: order) }
    }
}
