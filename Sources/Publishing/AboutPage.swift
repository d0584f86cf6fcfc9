internal import Findings
internal import Seal
internal import Snapshots

/// What the results are, where they come from, and how anyone may check them.
struct AboutPage {
    private let speech: Speech

    init(_ speech: Speech) { self.speech = speech }

    var page: Page {
        Page(
            speech: speech,
            part: .about,
            path: "about.html",
            title: speech("关于这些成绩", "About these results"),
            body: body
        )
    }

    private var snapshot: ResultsSnapshot { speech.edition.snapshot }

    private var body: Markup {
        """
        <h1>\(speech("关于这些成绩", "About these results"))</h1>
        <p class="lead">\(speech(snapshot.event.title)) · \(speech(snapshot.overall.text))</p>
        \(notes)
        \(origin)
        \(checking)
        \(history)
        \(states)
        \(files)
        """
    }

    private var notes: Markup {
        guard !snapshot.notes.isEmpty else { return "" }
        let list = snapshot.notes.map { "<li>\(speech($0))</li>\n" as Markup }
        return """
            <section><h2>\(speech("哪些是代表性数据", "What is representative"))</h2>
            <ul class="prose">
            \(list.joined())</ul></section>
            """
    }

    private var origin: Markup {
        let facts: [(String, Markup)] = [
            (speech("快照哈希", "Snapshot hash"), "<code>\(speech.edition.hash.hex)</code>"),
            (speech("账本位置", "Ledger position"), "\(snapshot.position)"),
            (speech("账本树根", "Ledger root"), "<code>\(snapshot.root.hex)</code>"),
            (speech("计算时间", "Computed"), Markup(Moment(snapshot.computedAt).text)),
            (speech("赛事代码", "Event"), "<code>\(snapshot.event.code)</code>"),
        ]
        let list = facts.map { label, value -> Markup in
            "<div><dt>\(label)</dt><dd>\(value)</dd></div>\n"
        }
        return """
            <section class="source"><h2>\(speech("出处", "Where they come from"))</h2>
            <dl>\(list.joined())</dl></section>
            """
    }

    private var checking: Markup {
        let text = speech(
            "本站每一页都由同一份成绩快照生成。文件 results.json 就是这份快照(姓名以加盐承诺代替,可依法删除),其 SHA-256 即上面的快照哈希,可以这样核对:",
            "Every page here is made from one snapshot of the results. The file results.json is that snapshot (with salted commitments for the names, which can be erased by law); its SHA-256 is the hash above, and can be checked:"
        )
        return """
            <section><h2>\(speech("如何核对", "How to check"))</h2>
            <p class="prose">\(text)</p>
            <pre class="scroll" role="region" tabindex="0" \
            aria-label="\(speech("命令", "Command"))"><code>sha256sum results.json</code></pre></section>
            """
    }

    private var history: Markup {
        let count = speech.edition.history.count
        guard count > 0 else { return "" }
        return """
            <section><h2>\(speech("发布与更正", "Publications and corrections"))</h2>
            <p class="prose"><a href="changes.html">\(speech(
                "共 \(count) 次发布,及每次的变化",
                "\(count) publications, and what each changed"))</a></p></section>
            """
    }

    private var states: Markup {
        let states: [(String, String)] = [
            ("absent", speech("未到场,没有成绩。", "Did not come; no result.")),
            ("withdrew", speech("主动退出,没有成绩。", "Withdrew; no result.")),
            ("disqualified", speech("成绩被取消。", "The result was taken away.")),
            ("guest", speech("有总分,但不占名次、不获奖。", "Scored, without place or award.")),
        ]
        let list = states.map { code, text -> Markup in
            "<div><dt>\(speech.status(code))</dt><dd>\(text)</dd></div>\n"
        }
        let zero = speech(
            "得分为零是一个成绩,与以上各项不同。",
            "A score of zero is a result, and none of these."
        )
        return """
            <section class="source"><h2>\(speech("不排名的几种情况", "Standing without a place"))</h2>
            <dl>\(list.joined())</dl><p class="prose">\(zero)</p></section>
            """
    }

    private var files: Markup {
        let items = snapshot.items.map { item -> Markup in
            let page = speech.edition.page(ofItem: item.item.code)
            return """
                <li><a href="../csv/\(page).csv" download>\(item.item.code)\
                <span class="hidden"> CSV</span></a></li>
                """
        }
        return """
            <section><h2>\(speech("数据文件", "Data files"))</h2>
            <p class="prose">\(speech(
                "JSON 为规范形式(RFC 8785)。CSV 供电子表格使用;以 = + - @ 开头的文字前加了一个撇号,以免被当作公式。",
                "JSON is canonical (RFC 8785). CSV is for spreadsheets; a text that begins with = + - @ has an apostrophe before it, so that it is not taken for a formula."))</p>
            <ul class="files"><li><a href="../results.json">results.json</a></li>
            <li><a href="../changes.json">changes.json</a></li>
            <li><a href="../results.\(speech.language.rawValue).xlsx" download>\
            results.\(speech.language.rawValue).xlsx</a></li>
            <li><a href="../csv/medals.csv" download>medals.csv</a></li>
            <li><a href="../csv/winners.csv" download>winners.csv</a></li>
            \(items.joined())</ul></section>
            """
    }
}
