public import Exact
public import Findings

/// What a card is made of, counted: aspects and marks by kind, part, day, group and section.
public struct CardStatistics: Sendable, Hashable {
    /// What is counted together.
    public enum Dimension: String, Sendable, Hashable, CaseIterable {
        /// The whole card.
        case total
        /// Judged by eye, scored, or measured.
        case method
        /// The kind of marking.
        case kind
        /// One value of the panel, or a mark of each judge.
        case panel
        /// The part.
        case part
        /// The day.
        case day
        /// The part, as it weighs for a group.
        case group
        /// The section of the standard.
        case section

        /// What the dimension is called.
        public var text: Text {
            switch self {
            case .total: Text("合计", "total")
            case .method: Text("方法", "method")
            case .kind: Text("评分方式", "marking")
            case .panel: Text("给分", "marked by")
            case .part: Text("模块", "part")
            case .day: Text("评分日", "day")
            case .group: Text("组别·模块", "group, part")
            case .section: Text("标准章节", "section")
            }
        }
    }

    /// One count.
    public struct Row: Sendable, Hashable {
        /// What was counted together.
        public let dimension: Dimension
        /// Its short name, the same in both languages.
        public let key: String
        /// What it is called.
        public let title: Text
        /// How many aspects.
        public let aspects: Int
        /// Their marks of the total.
        public let marks: Rational
        /// Their share of all marks.
        public let share: Rational
    }

    /// The counts, in the order of the dimensions and of the card.
    public let rows: [Row]

    /// Counts a card.
    ///
    /// - Parameter card: the card.
    /// - Throws: ``ExactError/overflow``.
    public init(_ card: Scorecard) throws(ExactError) {
        let shares = try card.shares()
        var rows = try Self.rows(.total, shares) { _ in ("all", Text("全部", "all")) }
        rows += try Self.rows(.method, shares) { Self.method($0.aspect) }
        rows += try Self.rows(.kind, shares) {
            ($0.aspect.marking.kind.rawValue, $0.aspect.marking.kind.text)
        }
        rows += try Self.rows(.panel, shares) {
            $0.aspect.isAgreed
                ? ("agreed", Text("裁判组商定", "the panel, agreed"))
                : ("each", Text("各裁判", "each judge"))
        }
        rows += try Self.rows(.part, shares) { share in
            share.part.map { ($0.id.text, $0.title) }
        }
        rows += try Self.rows(.day, shares) { share in
            share.day.map { ("\($0)", Text("第 \($0) 天", "day \($0)")) }
                ?? ("-", Text("未定", "none said"))
        }.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
        for group in card.weighedGroups.sorted() {
            rows += try Self.rows(.group, try card.shares(group: group)) { share in
                share.part.map { part in
                    (
                        group + " " + part.id.text,
                        Text("\(group) \(part.title.zh)", "\(group) \(part.title.en)")
                    )
                }
            }
        }
        if shares.contains(where: { $0.aspect.section != nil }) {
            rows += try Self.rows(.section, shares) { share in
                share.aspect.section.map { ("\($0)", Text(same: "\($0)")) }
                    ?? ("-", Text("未归入", "none said"))
            }.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
        }
        self.rows = rows
    }

    /// The share of the marks that is judged by eye: 0 to 3 against benchmark texts, or scored.
    public var judgementShare: Rational {
        let judged = rows.filter { $0.dimension == .method && $0.key != "measurement" }
        return (try? judged.map(\.share).sum()) ?? .zero
    }

    private static func method(_ aspect: Aspect) -> (String, Text) {
        switch aspect.marking {
        case .judgement: ("judgement", Text("评价", "judgement"))
        case .score where !aspect.isAgreed: ("score", Text("打分", "score"))
        default: ("measurement", Text("测量", "measurement"))
        }
    }

    /// One row for each key, in the order in which the keys first appear.
    private static func rows(
        _ dimension: Dimension,
        _ shares: [AspectShare],
        by key: (AspectShare) -> (String, Text)?
    ) throws(ExactError) -> [Row] {
        var order: [(String, Text)] = []
        var counts: [String: (aspects: Int, marks: Rational)] = [:]
        var all = Rational.zero
        for share in shares {
            all = try all.plus(share.marks)
            guard let (key, title) = key(share) else { continue }
            if counts[key] == nil { order.append((key, title)) }
            let (aspects, marks) = counts[key] ?? (0, .zero)
            counts[key] = (aspects + 1, try marks.plus(share.marks))
        }
        var rows: [Row] = []
        for (key, title) in order {
            let (aspects, marks) = counts[key] ?? (0, .zero)
            rows.append(
                Row(
                    dimension: dimension,
                    key: key,
                    title: title,
                    aspects: aspects,
                    marks: marks,
                    share: all == .zero ? .zero : try marks.divided(by: all)
                )
            )
        }
        return rows
    }
}
