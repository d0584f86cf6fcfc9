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
        case "sign": return try await sign(visit, session)
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

    /// Keeps a form's values in the judge's encrypted draft, and shows the sheet or its review.
    private func keep(_ form: HallForm, _ visit: Visit, _ session: HallSession) throws -> Reply {
        let (place, isIn) = try found(visit, session)
        guard !isIn, let desk = try desk(session, place.seat),
            let number = desk.tasks.firstIndex(of: place.task)
        else { throw Problem.missing }
        var sheet = place
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
        if form["action"] == "review" { sheet.demandAll() }
        guard sheet.faults.isEmpty else {
            var reply = try show(sheet, visit, session)
            reply.status = .unprocessableContent
            return reply
        }
        guard form["action"] == "review" else {
            return Self.redirect(path(sheet.task, sheet.seat, visit) + "?kept")
        }
        return .page(
            page(
                visit,
                title: visit.words.tr("核对", "Review"),
                attributes: attributes(session),
                body: HallSheetPage(hall: self, visit: visit, session: session, sheet: sheet).review
            )
        )
    }

    /// Signs a sheet as its judge and takes it to the one door.
    private func sign(_ visit: Visit, _ session: HallSession) async throws -> Reply {
        let delivery = try await house.wait { () throws -> Delivery in
            let (sheet, isIn) = try found(visit, session)
            guard !isIn, let desk = try desk(session, sheet.seat), desk.ready.contains(sheet.task)
            else {
                throw Problem(
                    status: .conflict,
                    title: Text(
                        "这份评分表没有录齐,或已经提交",
                        "this sheet lacks values, or is in already"
                    )
                )
            }
            return try desk.signed([sheet.task])
        }
        do {
            let receipts = try await house.door.admit(delivery)
            let here = "/hall/\(visit.language.rawValue)/"
            return Self.redirect(
                receipts.first.map { here + "receipt/" + $0.statement.hex } ?? here
            )
        } catch let refusal as Refusal {
            house.metrics.refused()
            return try await house.wait {
                var (sheet, _) = try found(visit, session)
                if let desk = try desk(session, sheet.seat) { sheet.take(desk) }
                sheet.refused = refusal.findings.map(\.message)
                var reply = try show(sheet, visit, session)
                reply.status = .unprocessableContent
                return reply
            }
        }
    }

    private func ask(
        _ form: HallForm,
        _ visit: Visit,
        _ session: HallSession
    ) async throws -> Reply {
        let words = (form["words"] ?? "").trimmingBlanks()
        let (delivery, back) = try await house.wait { () throws -> (Delivery, String) in
            let (sheet, _) = try found(visit, session)
            guard !words.isEmpty, words.count <= 2_000, let desk = try desk(session, sheet.seat),
                let number = desk.tasks.firstIndex(of: sheet.task),
                let column = form["column"].flatMap(Int.init), sheet.slots.indices.contains(column)
            else {
                throw Problem.malformed("hall.words", "没有写内容", "there are no words")
            }
            let field = MarkingDesk.Field(task: number, column: column)
            return (
                try desk.asked(words, at: field, isFlag: form["action"] == "ask"),
                path(sheet.task, sheet.seat, visit)
            )
        }
        _ = try await house.door.admit(delivery)
        return Self.redirect(back)
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
