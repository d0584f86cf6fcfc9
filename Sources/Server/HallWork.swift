internal import Competition
internal import Findings
internal import Ledger
internal import Publishing
internal import Seal
internal import Secretariat

/// What there is to do: the items, and the sheets of one.
extension Hall {
    /// The items of whoever is signed in; the only one at once.
    func items(_ visit: Visit, _ session: HallSession) throws -> Reply {
        let items = try HallSeats.items(of: session.key, house.office)
        let here = "/hall/\(visit.language.rawValue)/work/"
        if items.count == 1, let item = items.first {
            return Self.redirect(here + Self.encoded(item.id.text))
        }
        let words = visit.words
        let rows = try items.map { item -> Markup in
            let progress = try house.office.record.progress(of: item.id)
            return """
                <li><a class="row" href="\(here)\(Self.encoded(item.id.text))">\
                <span class="code">\(item.id.text)</span><b>\(item.title[visit.language])</b>\
                <span class="faint">\(progress.state.text[visit.language])</span></a></li>
                """
        }
        return .page(
            page(
                visit,
                title: words.tr("我的项目", "My items"),
                scripts: scripts(session),
                attributes: attributes(session),
                body: """
                    <h1>\(words.tr("我的项目", "My items"))</h1>\(notice(visit, session))
                    <ul class="rows">\(rows.joined())</ul>
                    """
            )
        )
    }

    /// The sheets of an item: what came back, what is to be marked, what is in.
    func work(_ code: String, _ visit: Visit, _ session: HallSession) throws -> Reply {
        guard let item = ItemID(code).flatMap(house.office.catalogue.event.item) else {
            throw Problem.missing
        }
        let seats = try MarkingDesk.Purpose.allCases.compactMap {
            try HallSeats.seat(item.id, $0, of: session.key, house.office)
        }
        guard let first = seats.first else { throw Problem.missing }
        var body: Markup = """
            <p class="eyebrow">\(item.id.text) · \(first.name)</p>
            <h1>\(item.title[visit.language])</h1>\(notice(visit, session))
            """
        for seat in seats { body += try sheets(visit, session, seat) }
        body += try answers(visit, first)
        return .page(
            page(
                visit,
                title: "\(item.id.text) \(item.title[visit.language])",
                scripts: scripts(session),
                attributes: attributes(session),
                body: body
            )
        )
    }

    private func sheets(_ visit: Visit, _ session: HallSession, _ seat: DeskSeat) throws -> Markup {
        let words = visit.words
        let work = try seat.work()
        // Values that this server keeps for a judge whose key it holds.
        let drafts = try desk(session, seat)
        let back = work.tasks.filter { !(work.returns[$0]?.causes ?? []).isEmpty }
        let open = work.tasks.filter { (work.returns[$0]?.causes ?? []).isEmpty }
        var all: Markup = ""
        if !back.isEmpty {
            all += heading(words.tr("退回的评分表", "Sheets that came back"), back.count)
            all += "<ul class=\"rows\">"
            for task in back {
                let causes = (work.returns[task]?.causes ?? []).map {
                    "<span class=\"cause\">\($0.text(seat.slots(task))[visit.language])</span>"
                        as Markup
                }
                all += """
                    <li><a class="row back" href="\(path(task, seat, visit))" \
                    data-place="\(place(task, seat))"><b>\(task.entrant.text)</b>\
                    <span>\(words.title(task, seat))</span>\(causes.joined())</a></li>
                    """
            }
            all += "</ul>"
        }
        let title =
            seat.purpose == .entry
            ? words.tr("待评分", "To be marked")
            : words.tr("待复录(他人首次录入的表)", "To be entered a second time")
        all += heading(title, open.count)
        if open.isEmpty {
            all +=
                "<p class=\"empty\">\(words.tr("没有待录的评分表。", "Nothing here is left to be marked."))</p>"
        }
        all += grid(open, visit) { task in
            let count = seat.slots(task).count
            let entered = drafts.map { $0.entered(task) } ?? 0
            return """
                <a class="cell" href="\(path(task, seat, visit))" data-place="\(place(task, seat))" \
                data-all="\(count)"><span>\(words.title(task, seat))</span>\
                <span class="count">\(entered)/\(count)</span></a>
                """
        }
        guard !work.done.isEmpty else { return all }
        all += heading(words.tr("已交", "In"), work.done.count)
        all += try grid(work.done, visit) { task in
            let state = work.board.state(task)
            let inner: Markup =
                "<span>\(words.title(task, seat))</span><span class=\"count\">\(words.state(state))</span>"
            let sheet = work.board.sheets[task] ?? nil
            let statement = try sheet.flatMap { try house.office.record.statement(at: $0.position) }
            guard let statement, statement.statement.author == session.key else {
                return "<span class=\"cell done\">\(inner)</span>"
            }
            return """
                <a class="cell done" \
                href="/hall/\(visit.language.rawValue)/receipt/\(statement.id.hex)">\(inner)</a>
                """
        }
        return all
    }

    private func heading(_ title: String, _ count: Int) -> Markup {
        "<h2>\(title) <small>\(count)</small></h2>"
    }

    /// Sheets by entrant.
    private func grid(
        _ tasks: [MarkingDesk.Task],
        _ visit: Visit,
        _ cell: (MarkingDesk.Task) throws -> Markup
    ) rethrows -> Markup {
        var all: Markup = "<ul class=\"entrants\">"
        for entrant in Set(tasks.map(\.entrant)).sorted(by: { $0.text < $1.text }) {
            let cells = try tasks.filter { $0.entrant == entrant }.map(cell)
            all += "<li><h3>\(entrant.text)</h3><div class=\"cells\">\(cells.joined())</div></li>"
        }
        all += "</ul>"
        return all
    }

    private func answers(_ visit: Visit, _ seat: DeskSeat) throws -> Markup {
        let words = visit.words
        let remarks = try house.office.record.remarks(of: seat.item)
        let asked = remarks.filter { $0.author == seat.name && $0.isFlag }
        guard !asked.isEmpty else { return "" }
        let lines = try asked.reversed().map { question -> Markup in
            let place = [question.entrant?.text, question.aspect].compactMap { $0 }
            let text = try house.office.record.note(question.words) ?? ""
            let answer = try remarks.first { $0.position == question.answeredBy }.flatMap {
                try house.office.record.note($0.words)
            }
            let reply: Markup =
                answer.map {
                    "<p><strong>\(words.tr("裁判长:", "Chief judge: "))</strong>\($0)</p>"
                } ?? "<p class=\"faint\">\(words.tr("尚未答复", "not answered yet"))</p>"
            return """
                <li><p class="faint">\(words.tr("第 \(question.position) 条", "Entry \(question.position)")) \
                \(place.joined(separator: " "))</p><p>\(text)</p>\(reply)</li>
                """
        }
        return """
            \(heading(words.tr("提请裁判长", "Questions to the chief judge"), asked.count))
            <ul class="asked">\(lines.joined())</ul>
            """
    }

    // MARK: What pages share

    /// Plainly who signs, where it is the server.
    func notice(_ visit: Visit, _ session: HallSession) -> Markup {
        guard session.ring != nil else { return "" }
        let text = visit.words.tr(
            "您的密钥在服务器上:提交时由服务器以您的名义签名。",
            "Your key is on the server: what you hand in, the server signs in your name."
        )
        return "<p class=\"warn\" role=\"note\">\(text)</p>"
    }

    func scripts(_ session: HallSession) -> [String] { session.ring == nil ? ["hall.js"] : [] }

    func attributes(_ session: HallSession) -> Markup {
        let event = house.office.catalogue.event.id.text
        return
            " data-event=\"\(event)\" data-csrf=\"\(session.csrf)\" data-key=\"\(session.key.hex)\""
    }

    /// A sheet's address.
    func path(_ task: MarkingDesk.Task, _ seat: DeskSeat, _ visit: Visit) -> String {
        let kind = seat.purpose == .entry ? "sheet" : "again"
        let parts = [
            seat.item.text, task.entrant.text, seat.units[task.unit].id.text, "\(task.attempt)",
            task.judge?.text ?? "-",
        ]
        return "/hall/\(visit.language.rawValue)/\(kind)/"
            + parts.map(Self.encoded).joined(separator: "/")
    }

    /// A sheet's name in the browser's own store.
    func place(_ task: MarkingDesk.Task, _ seat: DeskSeat) -> String {
        // A tablet goes from one event to the next, and entrants' codes are the same there.
        [
            house.office.catalogue.event.id.text, seat.purpose.rawValue, seat.item.text,
            task.entrant.text,
            seat.units[task.unit].id.text, "\(task.attempt)", task.judge?.text ?? "-",
        ].joined(separator: " ")
    }

    /// The judge's desk of this server, where it holds the key; the draft lies beside that.
    func desk(_ session: HallSession, _ seat: DeskSeat) throws -> MarkingDesk? {
        guard let ring = session.ring, let name = session.name else { return nil }
        // One key may sit at several items, under an appointment's name at each.
        return try MarkingDesk(
            office: house.office,
            item: seat.item,
            name: seat.name,
            ring: ring,
            keyName: name,
            purpose: seat.purpose
        )
    }
}
