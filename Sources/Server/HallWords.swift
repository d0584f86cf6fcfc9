internal import Competition
internal import Findings
internal import Foundation
internal import Ledger
internal import Publishing
internal import Seal
internal import Secretariat

/// What the pages of a hall say, in the visitor's language.
struct HallWords: Sendable {
    let language: Language

    func tr(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// How a place stands, as the terminal's desk says it.
    func state(_ state: MarkingBoard.State?) -> String {
        switch state {
        case .missing, nil: tr("待录", "open")
        case .entered: tr("已交,待复核", "in, to be confirmed")
        case .confirmed: tr("已复核", "confirmed")
        case .differs: tr("两次录入不同", "entries differ")
        case .returned: tr("退回", "sent back")
        }
    }

    /// Whose sheet it is, and of what.
    func title(_ task: MarkingDesk.Task, _ seat: DeskSeat) -> String {
        let unit = seat.units[task.unit]
        var text = unit.id.text
        if unit.title[language] != text { text += " " + unit.title[language] }
        if unit.attempts > 1 { text += tr(" 第 \(task.attempt) 轮", ", attempt \(task.attempt)") }
        guard let judge = task.judge else { return text + " · " + tr("裁判组", "panel") }
        return judge.text == seat.name ? text : text + " · " + judge.text
    }
}

extension Hall {
    /// A page in the frame that all of them have.
    ///
    /// - Parameters:
    ///   - visit: who looks.
    ///   - title: what the browser's tab says.
    ///   - scripts: the scripts it needs.
    ///   - attributes: of the body's element.
    ///   - body: what it says.
    /// - Returns: the page as HTML.
    func page(
        _ visit: Visit,
        title: String,
        scripts: [String] = [],
        attributes: Markup = "",
        body: Markup
    ) -> String {
        let words = visit.words
        let event = house.office.catalogue.event
        let other: Language = visit.language == .zh ? .en : .zh
        let path = visit.parts.map(Self.encoded).joined(separator: "/")
        let here = "/hall/\(visit.language.rawValue)/"
        let loads = scripts.map { "<script src=\"/hall/\($0)\" defer></script>\n" as Markup }
        var links: Markup = ""
        if let session = visit.session {
            let work = words.tr("评分", "Marking")
            links = """
                <li><a href="\(here)work">\(work)</a></li>
                <li><form method="post" action="\(here)out">\
                <input type="hidden" name="csrf" value="\(session.csrf)">\
                <button class="link">\(words.tr("退出", "Sign out"))</button></form></li>
                """
        }
        let page: Markup = """
            <!doctype html>
            <html lang="\(visit.language == .zh ? "zh-CN" : "en")">
            <head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
            <title>\(title) · \(event.title[visit.language])</title>
            <link rel="icon" href="data:,"><link rel="stylesheet" href="/hall/hall.css">
            \(loads.joined())</head>
            <body class="hall"\(attributes)>
            <a class="skip" href="#main">\(words.tr("跳到正文", "Skip to content"))</a>
            <header>\(rehearsal(words))<div class="top"><div class="wide">
            <a class="home" href="\(here)">\(PageKit.wreath)<span>\(event.title[visit.language])</span></a>
            <nav aria-label="\(words.tr("主导航", "Main"))"><ul>\(links)
            <li class="language"><a href="/hall/\(other.rawValue)/\(path)" \
            hreflang="\(other == .zh ? "zh-CN" : "en")" lang="\(other == .zh ? "zh-CN" : "en")">\
            \(other == .zh ? "中文" : "English")</a></li></ul></nav></div></div>
            <div id="line" class="line" role="status" hidden></div></header>
            <main id="main" class="wide" tabindex="-1">
            \(body)
            </main></body></html>

            """
        return page.description
    }

    /// That nothing here is real, where it is not.
    func rehearsal(_ words: HallWords) -> Markup {
        guard house.office.isRehearsal else { return "" }
        let text = words.tr("演练数据,不是真实比赛成绩", "Rehearsal: not the results of a real competition")
        return "<p class=\"rehearsal\" role=\"note\">\(text)</p>"
    }

    /// A part of a path.
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    private static let plain = CharacterSet.alphanumerics.intersection(
        CharacterSet(charactersIn: Unicode.Scalar(0)...Unicode.Scalar(127))
    ).union(CharacterSet(charactersIn: "-_."))
}
