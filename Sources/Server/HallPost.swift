internal import Competition
internal import Exact
internal import Findings
internal import HTTPTypes
internal import Ledger
internal import Publishing
internal import Scoring
internal import Seal
internal import Secretariat

/// What is done with a sheet's form, and what came of it.
extension Hall {
    func post(_ visit: Visit, _ session: HallSession) async throws -> Reply {
        let form = try visit.form()
        if form["action"] == "check" {
            return try await house.wait { try check(form, visit, session) }
        }
        guard session.ring != nil else {
            throw Problem(
                status: .conflict,
                title: Text(
                    "您的密钥在浏览器里,须由浏览器签名(请启用 JavaScript)",
                    "your key is in the browser, which must sign (turn JavaScript on)"
                )
            )
        }
        switch form["action"] {
        case "sign": return try await sign(form, visit, session)
        case "ask", "note": return try await ask(form, visit, session)
        default: return try await house.wait { try keep(form, visit, session) }
        }
    }

    /// Says of a form's values what the desk would say, and keeps nothing.
    private func check(_ form: HallForm, _ visit: Visit, _ session: HallSession) throws -> Reply {
        var (sheet, isIn) = try found(visit, session)
        guard !isIn else {
            throw Problem(
                status: .conflict,
                title: Text("这份评分表已经提交", "this sheet is in already")
            )
        }
        sheet.read(form)
        let faults = sheet.faults.sorted { $0.key < $1.key }.map { column, text -> JSONValue in
            ["column": .int(column), "message": .string(text[visit.language])]
        }
        let showsTotals = house.office.catalogue.event.showsTotals
        let sum = showsTotals ? sheet.seat.subtotal(sheet.task, sheet.values)?.shortest : nil
        return .json([
            "faults": .array(faults), "marks": .array(sheet.values.map(HallSheet.json)),
            "subtotal": .optional(sum),
        ])
    }

    // MARK: Where the server holds the key

    /// Keeps what a form holds and the card takes in the judge's encrypted draft.
    private func store(_ form: HallForm, _ sheet: inout HallSheet, _ desk: MarkingDesk) throws {
        guard let number = desk.tasks.firstIndex(of: sheet.task) else { throw Problem.missing }
        sheet.read(form)
        for column in sheet.slots.indices where sheet.isOpen(column) && sheet.faults[column] == nil
        {
            let field = MarkingDesk.Field(task: number, column: column)
            let stored = sheet.values[column]
            guard stored != desk.value(field) else { continue }
            if stored == StoredMark.notAttempted {
                try desk.markNotAttempted(field)
            } else {
                try desk.enter(sheet.slots[column].aspect.text(stored: stored), at: field)
            }
        }
        if sheet.cameBack, sheet.reason != desk.reason(sheet.task) ?? "" {
            try desk.explain(sheet.reason, of: sheet.task)
        }
    }

    /// Keeps a form's values, and shows the sheet or its review.
    private func keep(_ form: HallForm, _ visit: Visit, _ session: HallSession) throws -> Reply {
        var (sheet, isIn) = try found(visit, session)
        if isIn { return try standing(sheet, visit, session) }
        guard let desk = try desk(session, sheet.seat) else { throw Problem.missing }
        try store(form, &sheet, desk)
        let isReview = form["action"] == "review"
        if isReview { sheet.demandAll() }
        if !sheet.question.isEmpty {
            sheet.refused = [
                Text(
                    "您写给裁判长的话(或备注)还没有发出:请先提请、入档或清空。分数已存。",
                    "What you wrote to the chief judge, or as a comment, was not sent: send it or clear it first. The values are kept."
                )
            ]
        }
        guard sheet.faults.isEmpty, sheet.refused.isEmpty else {
            return try show(sheet, visit, session, .unprocessableContent)
        }
        guard isReview else {
            return told(
                Text("已存(加密),尚未提交。", "Kept, encrypted; not handed in yet."),
                sheet,
                visit
            )
        }
        return review(sheet, visit, session)
    }

    /// Leads back to a sheet, which says once what was done.
    private func told(_ text: Text, _ sheet: HallSheet, _ visit: Visit) -> Reply {
        let path = path(sheet.task, sheet.seat, visit)
        if let token = visit.token { house.hallSessions.tell(token, path, text) }
        return Self.redirect(path)
    }

    private func review(_ sheet: HallSheet, _ visit: Visit, _ session: HallSession) -> Reply {
        .page(
            page(
                visit,
                title: visit.words.tr("核对", "Review"),
                attributes: attributes(session),
                body: HallSheetPage(hall: self, visit: visit, session: session, sheet: sheet).review
            )
        )
    }

    /// What came of a form: something signed that is to go through the door, or an answer at once.
    private enum Outcome {
        case signed(Delivery, HallSheet)
        case answered(Reply)
    }

    /// Signs a sheet as its judge and takes it to the one door; only what the judge reviewed.
    private func sign(
        _ form: HallForm,
        _ visit: Visit,
        _ session: HallSession
    ) async throws -> Reply {
        let outcome = try await house.wait { () throws -> Outcome in
            var (sheet, isIn) = try found(visit, session)
            // A second click, or a page loaded again: it is in already.
            if isIn { return .answered(try standing(sheet, visit, session)) }
            guard let desk = try desk(session, sheet.seat), desk.ready.contains(sheet.task) else {
                throw Problem(
                    status: .conflict,
                    title: Text("这份评分表没有录齐", "this sheet lacks values")
                )
            }
            sheet.take(desk)
            guard form["seen"] == sheet.seen else {
                sheet.refused = [
                    Text(
                        "核对之后分数改过(也许在另一个页面上),没有签名。请再核对。",
                        "The values were changed after the review, perhaps on another page. Nothing was signed: check again."
                    )
                ]
                var reply = review(sheet, visit, session)
                reply.status = .conflict
                return .answered(reply)
            }
            return .signed(try desk.signed([sheet.task]), sheet)
        }
        return try await admitted(outcome, visit, session) { sheet, receipts in
            let here = "/hall/\(visit.language.rawValue)/"
            return Self.redirect(
                receipts.first.map { here + "receipt/" + $0.statement.hex } ?? here
            )
        }
    }

    /// Asks the chief judge, or makes a comment; the values on the page are kept first.
    private func ask(
        _ form: HallForm,
        _ visit: Visit,
        _ session: HallSession
    ) async throws -> Reply {
        let outcome = try await house.wait { () throws -> Outcome in
            var (sheet, isIn) = try found(visit, session)
            if isIn { return .answered(try standing(sheet, visit, session)) }
            guard let desk = try desk(session, sheet.seat),
                let number = desk.tasks.firstIndex(of: sheet.task)
            else { throw Problem.missing }
            try store(form, &sheet, desk)
            guard !sheet.question.isEmpty, sheet.question.count <= 2_000,
                let column = form["column"].flatMap(Int.init), sheet.slots.indices.contains(column)
            else {
                sheet.refused = [
                    Text("请写内容(至多 2000 字)。", "Write something, of 2000 characters at most.")
                ]
                return .answered(try show(sheet, visit, session, .unprocessableContent))
            }
            let field = MarkingDesk.Field(task: number, column: column)
            let isFlag = form["action"] == "ask"
            return .signed(try desk.asked(sheet.question, at: field, isFlag: isFlag), sheet)
        }
        return try await admitted(outcome, visit, session) { sheet, _ in
            let done = Text("已送达,并入档。", "Sent, and on record.")
            guard !sheet.faults.isEmpty else { return told(done, sheet, visit) }
            // What the card does not take can't be kept: it stays on the page.
            var left = sheet
            left.question = ""
            left.told = done
            return try show(left, visit, session)
        }
    }

    /// Takes what was signed to the one door; shows the sheet again where that refuses it.
    private func admitted(
        _ outcome: Outcome,
        _ visit: Visit,
        _ session: HallSession,
        then: @escaping @Sendable (HallSheet, [Receipt]) throws -> Reply
    ) async throws -> Reply {
        guard case .signed(let delivery, let signed) = outcome else {
            guard case .answered(let reply) = outcome else { throw Problem.inner }
            return reply
        }
        do {
            let receipts = try await house.door.admit(delivery)
            return try then(signed, receipts)
        } catch let refusal as Refusal {
            house.metrics.refused()
            return try await house.wait {
                var sheet = signed
                let (now, isIn) = try found(visit, session)
                if isIn { return try standing(now, visit, session) }
                sheet.refused = refusal.findings.map(\.message)
                return try show(sheet, visit, session, .unprocessableContent)
            }
        }
    }

    // MARK: The receipt

    /// What was handed in, and where it stands; to its author only.
    func receipt(_ id: String, _ visit: Visit, _ session: HallSession) throws -> Reply {
        let record = house.office.record
        guard let digest = Digest(hex: id), let receipt = try record.receipt(of: digest),
            let statement = try record.statement(at: receipt.position)?.statement,
            statement.author == session.key, let sheet = SheetContent(body: statement.body),
            let unit = try house.office.plan(of: sheet.item).card.units
                .first(where: { $0.id == sheet.unit })
        else { throw Problem.missing }
        let words = visit.words
        let slots = sheet.judge == nil ? unit.agreed : unit.judged
        let rows = zip(slots, sheet.marks).map { slot, stored -> Markup in
            """
            <tr><th scope="row"><span class="code">\(slot.address)</span> \
            \(slot.aspect.title[visit.language])</th>\
            <td class="n"><strong>\(slot.aspect.shown(stored)[visit.language])</strong></td></tr>
            """
        }
        let differs =
            statement.kind == .reentry ? try record.differences(at: receipt.position) : []
        let warning: Markup =
            differs.isEmpty
            ? ""
            : "<p class=\"warn\" role=\"alert\">\(words.tr("与第一次录入不同:", "Differs from the first entry: "))\(differs.joined(separator: " "))</p>"
        let items = "/hall/\(visit.language.rawValue)/work/" + Self.encoded(sheet.item.text)
        return .page(
            page(
                visit,
                title: words.tr("回执", "Receipt"),
                scripts: scripts(session),
                attributes: attributes(session),
                body: """
                    <p class="eyebrow">\(sheet.item.text) · \(sheet.entrant.text) · \(unit.id.text) \(unit.title[visit.language])</p>
                    <h1>\(words.tr("已签名提交", "Signed and in"))</h1>
                    <div class="receipt"><p>\(words.tr("回执(请写在纸质表上)", "Receipt: write it on the paper form"))</p>
                    <p class="big" id="receipt">\(receipt.statement.short)</p>
                    <p class="faint">\(words.tr("第 \(receipt.position) 条", "Entry \(receipt.position)")) · \
                    \(Self.time(receipt.admittedAt))</p></div>
                    \(warning)
                    <p class="buttons"><a class="button" href="\(items)">\(words.tr("回到我的评分表", "Back to my sheets"))</a></p>
                    <table class="review"><caption>\(words.tr("提交的分数", "What was handed in"))</caption>\
                    <tbody>\(rows.joined())</tbody></table>
                    """
            )
        )
    }

    /// A moment as people in the hall read it.
    static func time(_ milliseconds: Int) -> String {
        PageKit.moment(milliseconds)
    }
}
