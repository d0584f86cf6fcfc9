internal import Findings
internal import Mustache
internal import Seal
internal import Snapshots

/// The frame around every page: head, navigation, banners, notes, and where the page comes from.
struct PageFrame {
    private let edition: Edition
    private let template: MustacheTemplate
    private let coverTemplate: MustacheTemplate

    init(_ edition: Edition) throws {
        self.edition = edition
        template = try MustacheTemplate(string: FrameTemplate.page)
        coverTemplate = try MustacheTemplate(string: FrameTemplate.cover)
    }

    /// The page in its frame.
    func render(_ page: Page) -> String { template.render(Context(page)) }

    /// The page at the top, which opens the Chinese site and offers the English one.
    var cover: String { coverTemplate.render(Cover(edition)) }

    /// What the templates read.
    ///
    /// Every text is `Markup`, escaped already, so that the templates write it with three braces:
    /// the library escapes by characters and lets `<` with a combining mark through.
    private struct Context {
        let lang, otherLang, otherName, otherPath: Markup
        let title, event, root, up: Markup
        let skip, navLabel: Markup
        let links: [Link]
        let kindClass, kind, kindNote: Markup
        let isRehearsal: Bool
        let rehearsal: Markup
        let scripts: [Markup]
        let body: Markup
        let hasNotes: Bool
        let notesTitle: Markup
        let notes: [Markup]
        let hashLabel, hash, positionLabel, position, computed, data: Markup

        init(_ page: Page) {
            let speech = page.speech
            let snapshot = speech.edition.snapshot
            let other: Language = speech.language == .zh ? .en : .zh
            lang = speech.language == .zh ? "zh-CN" : "en"
            otherLang = other == .zh ? "zh-CN" : "en"
            otherName = other == .zh ? "中文" : "English"
            otherPath = "\(page.up)../\(other.rawValue)/\(page.path)"
            title = Markup(page.title)
            event = Markup(speech(snapshot.event.title))
            root = Markup(page.up + "../")
            up = Markup(page.up)
            skip = Markup(speech("跳到正文", "Skip to content"))
            navLabel = Markup(speech("主导航", "Main"))
            links = Page.Part.allCases.compactMap { Link($0, page) }
            let stated = page.kind ?? snapshot.overall
            kindClass = Markup(stated.rawValue)
            kind = Markup(speech(stated.text))
            kindNote = Markup(
                stated == .final
                    ? speech("本页为最终成绩。", "These results are final.")
                    : speech(
                        "公示期间可以申诉,结果可能更改。",
                        "Appeals may still come; results may change."
                    )
            )
            isRehearsal = snapshot.isRehearsal
            rehearsal = Markup(
                speech("演练数据,不是真实比赛成绩", "Rehearsal: not the results of a real competition")
            )
            scripts = page.scripts.map { Markup(page.up + $0) }
            body = page.body
            notesTitle = Markup(speech("数据说明", "Notes on the data"))
            notes = snapshot.notes.map { Markup(speech($0)) }
            hasNotes = isRehearsal || !notes.isEmpty
            hashLabel = Markup(speech("快照哈希", "Snapshot"))
            hash = Markup(speech.edition.hash.short)
            positionLabel = Markup(speech("账本位置", "Ledger position"))
            position = "\(snapshot.position)"
            computed = Markup(speech("计算于 ", "Computed ") + Moment(snapshot.computedAt).text)
            data = Markup(speech("原始数据", "Data"))
        }
    }

    private struct Link {
        let href, label: Markup
        let isCurrent: Bool

        init?(_ part: Page.Part, _ page: Page) {
            let hasHonours = page.speech.edition.honours != nil
            if [.honours, .lookup].contains(part), !hasHonours { return nil }
            href = Markup(page.up + part.path)
            isCurrent = part == page.part
            label =
                switch part {
                case .items: Markup(page.speech("项目", "Items"))
                case .medals: Markup(page.speech("奖牌榜", "Medals"))
                case .honours: Markup(page.speech("荣誉", "Honours"))
                case .lookup: Markup(page.speech("证书查询", "Look up"))
                case .about: Markup(page.speech("关于", "About"))
                }
        }
    }

    private struct Cover {
        let zh, en, kindZh, kindEn, hash: Markup
        let isRehearsal: Bool

        init(_ edition: Edition) {
            let kind = edition.snapshot.overall.text
            kindZh = Markup(kind.zh)
            kindEn = Markup(kind.en)
            hash = Markup(edition.hash.hex)
            isRehearsal = edition.snapshot.isRehearsal
            zh = Markup(edition.snapshot.event.title.zh)
            en = Markup(edition.snapshot.event.title.en)
        }
    }
}
