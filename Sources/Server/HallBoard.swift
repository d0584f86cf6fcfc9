internal import Competition
internal import Findings
internal import Ledger
internal import Publishing
internal import Secretariat

/// The board of a hall: a screen that follows one item.
extension Hall {
    /// The page, without any result: its script fetches those with a screen's token, which stands in
    /// the address behind `#` and is never sent as part of it.
    func board(_ code: String, _ visit: Visit) throws -> Reply {
        guard let item = ItemID(code).flatMap(house.office.catalogue.event.item),
            house.office.catalogue.event.liveItems.contains(item.id)
        else { throw Problem.missing }
        let words = visit.words
        let language = visit.language
        let event = house.office.catalogue.event
        let page: Markup = """
            <!doctype html>
            <html lang="\(language == .zh ? "zh-CN" : "en")" class="board">
            <head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
            <title>\(words.tr("实时(未完成)", "Live, incomplete")) · \(item.id.text) \(item.title[language])</title>
            <link rel="icon" href="data:,"><link rel="stylesheet" href="/hall/hall.css">
            <script src="/hall/board.js" defer></script></head>
            <body data-item="\(item.id.text)"><header>\(rehearsal(words))
            <div class="kind provisional" role="note"><p class="wide">\
            <strong>\(words.tr("实时 · 未完成 · 不得引用", "Live · incomplete · not to be cited"))</strong> \
            <span id="progress"></span></p></div></header>
            <main id="main" class="wide"><p class="eyebrow">\(event.title[language]) · \(item.id.text)</p>
            <h1>\(item.title[language])</h1>
            <p id="state" role="status">\(words.tr("正在连接…", "connecting…"))</p>
            <table id="live" hidden><caption class="hidden">\(words.tr("暂列名次", "Places so far"))</caption>
            <thead><tr><th class="n" scope="col">\(words.tr("暂列", "So far"))</th>\
            <th scope="col">\(words.tr("选手", "Entrant"))</th>\
            <th scope="col">\(words.tr("代表队", "Delegation"))</th>\
            <th class="n" scope="col">\(words.tr("总分", "Total"))</th></tr></thead><tbody></tbody></table>
            <p id="turn" class="turn"></p>
            <noscript><p class="warn">\(words.tr("大屏需要 JavaScript。", "The board takes JavaScript."))</p></noscript>
            </main></body></html>

            """
        return .page(page.description)
    }
}
