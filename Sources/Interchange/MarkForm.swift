public import Competition
public import Findings

/// A form (评分表) as a worksheet: a judge's, or the panel's, marks of one sheet unit for a list of
/// entrants; rows are aspects, columns entrants.
///
/// Everything that is read back is found by its label, so that rows and columns may be moved: the
/// item, the judge, the unit, the attempt and the card stand right of their labels, and the grid
/// below the row in which `模块 Part` and `评分点 Aspect` stand.
public struct MarkForm: Sendable, Hashable {
    /// The event's title.
    public var event: Text
    /// Whether the event is a rehearsal (演练), which the form shows.
    public var isRehearsal: Bool
    /// The item's code.
    public var item: ItemID
    /// The item's title.
    public var title: Text
    /// The first digits of the card's hash.
    public var card: String
    /// Whether the lower total is the better one.
    public var lowerIsBetter: Bool
    /// Whose it is; nil for the panel's.
    public var judge: JudgeID?
    /// The sheet unit.
    public var unit: SheetUnit
    /// The attempt, from 1.
    public var attempt: Int
    /// Who is marked, by code or blind number.
    public var entrants: [EntrantID]

    /// Makes a form.
    public init(
        event: Text,
        isRehearsal: Bool,
        item: ItemID,
        title: Text,
        card: String,
        lowerIsBetter: Bool,
        judge: JudgeID?,
        unit: SheetUnit,
        attempt: Int,
        entrants: [EntrantID]
    ) {
        self.event = event
        self.isRehearsal = isRehearsal
        self.item = item
        self.title = title
        self.card = card
        self.lowerIsBetter = lowerIsBetter
        self.judge = judge
        self.unit = unit
        self.attempt = attempt
        self.entrants = entrants
    }

    /// The most entrants on one worksheet: as many as an A4 page shows at a readable size.
    public static let mostEntrants = 10

    /// The aspects that it holds.
    var slots: [SheetUnit.Slot] { judge == nil ? unit.agreed : unit.judged }

    /// What stands where a judge's name would, on a panel's form.
    static let panel = Text("裁判组", "Panel")

    /// The words that may stand in place of a mark of an aspect.
    func words(_ aspect: Aspect) -> [String] {
        // Where the lower total is better, what was not attempted can't be the best there is.
        (lowerIsBetter && aspect.counts ? [] : ["未做"]) + ["缺考", "弃权"]
    }
}

/// A label by which something is found on a form.
enum FormLabel: CaseIterable {
    case item
    case judge
    case unit
    case attempt
    case card
    case part
    case aspect
    case content
    case expected

    /// What the label says.
    var text: Text {
        switch self {
        case .item: Text("项目", "Item")
        case .judge: Text("裁判", "Judge")
        case .unit: Text("评分单元", "Unit")
        case .attempt: Text("轮次", "Attempt")
        case .card: Text("评分标准", "Scorecard")
        case .part: Text("模块", "Part")
        case .aspect: Text("评分点", "Aspect")
        case .content: Text("内容", "Content")
        case .expected: Text("应填", "Expected")
        }
    }

    /// The label as it is written.
    var written: String { text.zh + " " + text.en }

    /// Those whose value stands to the right of them.
    static let landmarks: [FormLabel] = [.item, .judge, .unit, .attempt, .card]

    /// The label that a cell is: either wording, or both, however spaced and with a colon or not.
    init?(_ cell: Workbook.Cell) {
        guard case .text(let text) = cell.content, text.utf8.count <= 64 else { return nil }
        let folded = Self.fold(text)
        guard let label = Self.byText[folded] else { return nil }
        self = label
    }

    private static func fold(_ text: String) -> String {
        text.lowercased().filter { !$0.isWhitespace && !":：/／".contains($0) }
    }

    private static let byText: [String: FormLabel] = {
        var labels: [String: FormLabel] = [:]
        for label in allCases {
            for text in [label.text.zh, label.text.en, label.written] { labels[fold(text)] = label }
        }
        return labels
    }()
}
