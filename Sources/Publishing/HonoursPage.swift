internal import Findings
internal import Seal
internal import Snapshots

/// The register of honours, honour by honour, with the points that its source leaves open.
struct HonoursPage {
    private let honours: HonoursSnapshot
    private let speech: Speech

    init(_ honours: HonoursSnapshot, _ speech: Speech) {
        self.honours = honours
        self.speech = speech
    }

    var page: Page {
        Page(
            speech: speech,
            part: .honours,
            path: "honours.html",
            title: speech("荣誉名册", "Register of honours"),
            body: body
        )
    }

    private var body: Markup {
        let hash = Digest(of: honours.json).short
        let lead = speech(
            "账本位置 \(honours.position),依据成绩快照 \(honours.results.short)。名册哈希 \(hash)。",
            "At ledger position \(honours.position), on results \(honours.results.short). Register \(hash)."
        )
        return """
            <h1>\(speech("荣誉名册", "Register of honours"))</h1>
            <p class="lead">\(lead) <a href="../honours.json">honours.json</a></p>
            \(mismatch)
            \(groups.joined())
            \(settings)
            """
    }

    private var mismatch: Markup {
        guard honours.results != speech.edition.hash else { return "" }
        let text = speech(
            "注意:本名册依据的成绩快照与本站发布的成绩不是同一份。",
            "Note: this register stands on other results than those published here."
        )
        return "<p class=\"warn\" role=\"note\">\(text)</p>"
    }

    /// One section an honour: by legal mode, then as the register names them first.
    private var groups: [Markup] {
        struct Key: Hashable {
            let kind: String
            let title: Text
        }
        var order: [Key] = []
        var members: [Key: [HonourEntry]] = [:]
        for entry in honours.entries {
            let key = Key(kind: entry.kind, title: entry.title)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(entry)
        }
        guard !order.isEmpty else {
            return ["<p class=\"empty\">\(speech("名册为空", "The register is empty"))</p>"]
        }
        let modes = ["conferred", "conditional", "nominated", "promotion", "priority"]
        let sorted = order.enumerated().sorted { a, b in
            let (left, right) = (
                modes.firstIndex(of: a.element.kind) ?? modes.count,
                modes.firstIndex(of: b.element.kind) ?? modes.count
            )
            return (left, a.offset) < (right, b.offset)
        }
        return sorted.enumerated().map { number, key in
            section(number, key.element.kind, key.element.title, members[key.element] ?? [])
        }
    }

    private func section(
        _ number: Int,
        _ kind: String,
        _ title: Text,
        _ entries: [HonourEntry]
    ) -> Markup {
        var table = Table(
            id: "honour-\(number)",
            caption: Markup(
                speech(
                    "\(speech(title)):\(entries.count) 人次",
                    "\(speech(title)): \(entries.count) entries"
                )
            ),
            columns: [
                .words(speech("姓名", "Name")), .words(speech("项目", "Item")),
                .words(speech("选手编号", "Entrant")), .words(speech("状态", "State")),
            ]
        )
        for entry in entries {
            let name: Markup =
                entry.name.isEmpty
                ? "<span class=\"faint\">–</span>" : "<bdi>\(entry.name)</bdi>"
            table.add(
                [
                    name, item(entry.item), "<span class=\"code\">\(entry.entrant)</span>",
                    "<span class=\"state\">\(speech.state(entry.state))</span>\(fallen(entry))",
                ],
                head: 0,
                style: Self.ended.contains(entry.state) ? "revoked" : ""
            )
        }
        return """
            <section class="honour"><p class="eyebrow">\(speech.honourKind(kind))</p>
            <h2>\(speech(title))</h2>
            \(table.markup)</section>

            """
    }

    private static let ended = ["revoked", "superseded", "declined"]

    /// That the results which were published last no longer carry it.
    private func fallen(_ entry: HonourEntry) -> Markup {
        guard !entry.stands, !Self.ended.contains(entry.state) else { return "" }
        let text = speech("最新成绩不再支持,待处理", "no longer carried by the latest results; under review")
        return " <strong class=\"fallen\">\(text)</strong>"
    }

    private func item(_ code: String) -> Markup {
        guard let item = speech.edition.item(code) else {
            return "<span class=\"code\">\(code)</span>"
        }
        let page = speech.edition.page(ofItem: code)
        return """
            <a href="items/\(page).html"><span class="code">\(code)</span> \
            \(speech.title(item.item))</a>
            """
    }

    private var settings: Markup {
        guard !honours.settings.isEmpty else { return "" }
        let list = honours.settings.map { "<li>\(speech($0))</li>\n" as Markup }
        return """
            <section><h2>\(speech(
                "依据未明确之处与本赛事的设置",
                "Points that the source leaves open, and what is done"))</h2>
            <ol class="prose">
            \(list.joined())</ol></section>
            """
    }
}
