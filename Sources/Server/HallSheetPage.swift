internal import Competition
internal import Exact
internal import Findings
internal import Ledger
internal import Publishing
internal import Scoring
internal import Seal
internal import Secretariat

/// The form of a sheet, and its review.
struct HallSheetPage {
    let hall: Hall
    let visit: Hall.Visit
    let session: HallSession
    let sheet: HallSheet

    private var words: HallWords { visit.words }
    private var isHere: Bool { session.ring != nil }

    private var head: Markup {
        let item = hall.house.office.catalogue.event.item(sheet.seat.item)
        let back = "/hall/\(visit.language.rawValue)/work/" + Hall.encoded(sheet.seat.item.text)
        let again =
            sheet.seat.purpose == .again
            ? words.tr(" · 复录(不显示首次录入的分数)", " · second entry (the first one's marks are not shown)")
            : ""
        return """
            <p class="crumbs"><a href="\(back)">\(sheet.seat.item.text) \(item?.title[visit.language] ?? "")</a></p>
            <h1>\(words.tr("选手", "Entrant")) \(sheet.task.entrant.text)</h1>
            <p class="eyebrow">\(words.title(sheet.task, sheet.seat))\(again)</p>
            \(hall.notice(visit, session))
            """
    }

    var body: Markup {
        get throws {
            let office = hall.house.office
            guard let card = office.catalogue.cardHashes[sheet.seat.item] else {
                throw Problem.missing
            }
            let place = hall.place(sheet.task, sheet.seat)
            let data = try sheet.data(card, office.catalogue.event.id.text, place, visit.language)
            let groups = try sheet.groups(try office.plan(of: sheet.seat.item).card).map {
                title,
                columns -> Markup in
                let heading: Markup = title.map { "<h2>\($0[visit.language])</h2>" } ?? ""
                return
                    "<section class=\"group\">\(heading)\(try columns.map(aspect).joined())</section>"
            }
            let causes = (sheet.returned?.causes ?? []).map {
                "<p>\($0.text(sheet.slots)[visit.language])</p>" as Markup
            }
            let returned: Markup =
                causes.isEmpty ? "" : "<div class=\"warn\" role=\"note\">\(causes.joined())</div>"
            return """
                \(head)\(alerts)\(returned)\(scriptless)
                <form id="sheet"\(isHere ? "" : " inert") class="sheet" method="post" novalidate\
                 action="\(hall.path(sheet.task, sheet.seat, visit))" data-sheet="\(data.canonicalText)">
                <input type="hidden" name="csrf" value="\(session.csrf)">
                \(groups.joined())
                \(sheet.cameBack ? reason : "")
                \(bar)
                </form>
                <section id="review" hidden tabindex="-1"></section>
                \(question)
                """
        }
    }

    /// A form that the browser signs is shut until the script has taken it over.
    private var scriptless: Markup {
        guard !isHere else { return "" }
        let text = words.tr(
            "您的密钥在此浏览器里,在这里评分需要启用 JavaScript。",
            "Your key is in this browser; marking here takes JavaScript."
        )
        return "<noscript><p class=\"warn\" role=\"note\">\(text)</p></noscript>"
    }

    private var alerts: Markup {
        var said = sheet.refused
        if said.isEmpty, !sheet.faults.isEmpty {
            let count = sheet.faults.count
            said = [Text("还有 \(count) 处要处理,见各项下。", "\(count) entries need a look; see below each.")]
        }
        let lines = said.map { "<p>\($0[visit.language])</p>" as Markup }
        let good: Markup =
            sheet.told.map { "<p class=\"good\" role=\"status\">\($0[visit.language])</p>" } ?? ""
        guard !lines.isEmpty else { return good }
        return "\(good)<div class=\"warn\" role=\"alert\">\(lines.joined())</div>"
    }

    // MARK: An aspect

    private func aspect(_ column: Int) throws -> Markup {
        let slot = sheet.slots[column]
        let aspect = slot.aspect
        let texts = [
            aspect.description.map { "<p>\($0[visit.language])</p>" as Markup },
            aspect.requirement.map {
                "<p>\(words.tr("要求:", "Required: "))\($0[visit.language])</p>" as Markup
            },
        ].compactMap { $0 }.joined()
        let fault = sheet.faults[column]?[visit.language] ?? ""
        let isOpen = sheet.isOpen(column)
        let field: Markup
        if !isOpen {
            field = """
                <p class="fixed">\(aspect.shown(sheet.values[column])[visit.language]) \
                <span class="faint">\(words.tr("(退回的不是这一项)", "(not what it came back for)"))</span></p>
                """
        } else if let choices = choices(aspect) {
            field = try radios(column, choices, try sheet.seat.mayBeLeft(aspect))
        } else {
            field = try box(column, aspect)
        }
        return """
            <fieldset class="aspect\(isOpen ? "" : " shut")" id="c\(column)">\
            <legend><span class="code">\(slot.address)</span> \(aspect.title[visit.language])</legend>
            \(texts)\(field)<p class="fault" id="f\(column)" role="alert">\(fault)</p></fieldset>
            """
    }

    /// The few values that are chosen rather than written; nil where there are many.
    private func choices(_ aspect: Aspect) -> [(value: String, stored: Int32?, words: String)]? {
        switch aspect.marking {
        case .judgement(_, _, let levels):
            return (0...3).map {
                ("\($0)", Int32($0), levels.indices.contains($0) ? levels[$0][visit.language] : "")
            }
        case .fullOrZero:
            return [("1", 1, words.tr("是", "yes")), ("0", 0, words.tr("否", "no"))]
        case .options(let options) where options.count <= 8:
            return options.map { option in
                let code = option.code.shortest
                return (code, try? aspect.read(code), option.title?[visit.language] ?? "")
            }
        default: return nil
        }
    }

    private func radios(
        _ column: Int,
        _ choices: [(value: String, stored: Int32?, words: String)],
        _ mayBeLeft: Bool
    ) throws -> Markup {
        let isTruth = HallSheet.isTruth(sheet.slots[column].aspect)
        var list = choices.map { choice -> Markup in
            let isChosen = choice.stored == sheet.values[column]
            let text: Markup =
                isTruth
                ? "<b>\(choice.words)</b>" : "<b>\(choice.value)</b><span>\(choice.words)</span>"
            return radio(column, choice.value, isChosen, text, "")
        }
        if mayBeLeft {
            let isChosen = sheet.values[column] == StoredMark.notAttempted
            list.append(
                radio(
                    column,
                    "not attempted",
                    isChosen,
                    "<span>\(words.tr("未做", "not attempted"))</span>",
                    " left"
                )
            )
        }
        let isLong = choices.contains { $0.words.count > (visit.language == .zh ? 7 : 14) }
        return "<div class=\"choices\(isLong ? " long" : "")\">\(list.joined())</div>"
    }

    private func radio(
        _ column: Int,
        _ value: String,
        _ isChosen: Bool,
        _ text: Markup,
        _ kind: String
    ) -> Markup {
        """
        <label class="choice\(kind)"><input type="radio" name="v\(column)" value="\(value)" \
        aria-describedby="f\(column)"\(isChosen ? " checked" : "")>\(text)</label>
        """
    }

    private func box(_ column: Int, _ aspect: Aspect) throws -> Markup {
        let stored = sheet.values[column]
        let isLeft = stored == StoredMark.notAttempted
        let text =
            try sheet.typed[column]
            ?? (StoredMark.isMark(stored) ? aspect.entered(stored).shortest : "")
        let left: Markup =
            try sheet.seat.mayBeLeft(aspect)
            ? """
            <label class="choice left"><input type="checkbox" name="n\(column)" value="1"\
            \(isLeft ? " checked" : "")><span>\(words.tr("未做", "not attempted"))</span></label>
            """ : ""
        return """
            <div class="box"><label for="v\(column)">\(aspect.expectation[visit.language])</label>
            <div><input id="v\(column)" name="v\(column)" value="\(text)" inputmode="decimal" \
            autocomplete="off" enterkeyhint="next" maxlength="40" aria-describedby="f\(column)">\
            \(left)</div></div>
            """
    }

    private var reason: Markup {
        """
        <section class="group"><label for="reason" class="strong">\
        \(words.tr("更正(或维持原分)的理由", "Why it is corrected, or upheld"))</label>
        <textarea id="reason" name="reason" rows="3" maxlength="2000" aria-describedby="f-1">\
        \(sheet.reason)</textarea>
        <p class="fault" id="f-1" role="alert">\(sheet.faults[-1]?[visit.language] ?? "")</p></section>
        """
    }

    /// How far the sheet is, and what comes next.
    private var bar: Markup {
        let entered = sheet.values.filter { $0 != StoredMark.empty }.count
        let sum =
            hall.house.office.catalogue.event.showsTotals
            ? sheet.seat.subtotal(sheet.task, sheet.values)?.shortest : nil
        let total: Markup =
            sum.map {
                "<span>\(words.tr("本表小计 ", "this sheet "))<b id=\"sum\">\($0)</b></span>"
            } ?? ""
        let keep: Markup =
            isHere
            ? "<button class=\"button plain\" name=\"action\" value=\"save\">\(words.tr("存下", "Keep"))</button>"
            : ""
        return """
            <div class="bar"><div><span>\(words.tr("已录 ", "entered "))\
            <b id="entered">\(entered)</b>/\(sheet.slots.count)</span>\(total)</div>\
            <div class="buttons">\(keep)<button class="button" name="action" value="review">\
            \(words.tr("核对并提交", "Review"))</button></div></div>
            """
    }

    private var question: Markup {
        let options = sheet.slots.enumerated().map { column, slot -> Markup in
            "<option value=\"\(column)\">\(slot.address) \(slot.aspect.title[visit.language])</option>"
        }
        // Without a script what is typed above goes along, so that no value is lost by asking.
        let form: Markup = isHere ? " form=\"sheet\"" : ""
        let (opening, closing): (Markup, Markup) =
            isHere
            ? ("<div class=\"fields\">", "</div>")
            : ("<form id=\"ask\" inert method=\"post\" class=\"fields\">", "</form>")
        return """
            <details class="ask"\(sheet.question.isEmpty ? "" : " open")>\
            <summary>\(words.tr("提请裁判长,或写备注", "Ask the chief judge, or make a comment"))</summary>
            \(opening)
            <label for="column">\(words.tr("关于", "About"))</label>
            <select id="column" name="column"\(form)>\(options.joined())</select>
            <label for="words">\(words.tr("内容", "Words"))</label>
            <textarea id="words" name="words" rows="3" maxlength="2000"\(form)>\(sheet.question)</textarea>
            <div class="buttons"><button class="button plain" name="action" value="ask"\(form)>\
            \(words.tr("提请裁判长", "Ask the chief judge"))</button>
            <button class="button plain" name="action" value="note"\(form)>\
            \(words.tr("作为备注入档", "Put on record as a comment"))</button></div>
            <p id="asked" class="good" role="status"></p>\(closing)</details>
            """
    }

    // MARK: The review

    /// All that would be signed, on one page, for the forms that work without a script.
    var review: Markup {
        let rows = sheet.slots.enumerated().map { column, slot -> Markup in
            """
            <tr><th scope="row"><span class="code">\(slot.address)</span> \
            \(slot.aspect.title[visit.language])</th>\
            <td class="n"><strong>\(slot.aspect.shown(sheet.values[column])[visit.language])</strong></td></tr>
            """
        }
        let why: Markup =
            sheet.cameBack
            ? "<p>\(words.tr("理由:", "Reason: "))\(sheet.reason)</p>" : ""
        return """
            \(head)\(alerts)
            <h2>\(words.tr("请核对,然后签名提交", "Check, then sign and hand in"))</h2>
            <table class="review"><caption class="hidden">\(words.tr("将要签名的分数", "What would be signed"))</caption>\
            <tbody>\(rows.joined())</tbody></table>\(why)
            <form method="post" class="buttons"><input type="hidden" name="csrf" value="\(session.csrf)">
            <input type="hidden" name="seen" value="\(sheet.seen)">
            <button class="button" name="action" value="sign">\(words.tr("由服务器签名并提交", "Let the server sign, and hand in"))</button>
            <a class="button plain" href="\(hall.path(sheet.task, sheet.seat, visit))">\(words.tr("返回修改", "Back to the sheet"))</a></form>
            """
    }
}
