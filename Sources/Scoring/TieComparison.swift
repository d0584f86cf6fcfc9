internal import Competition
internal import Exact
internal import Findings

/// Two values of a tie key side by side, as a person reads them.
struct TieComparison {
    let key: TieKey
    let total: TotalRule

    private var isLowerBetter: Bool { total.lowerIsBetter }

    /// `63.50 > 63.25`, or for a countback the first number that differs and how often each has it.
    func text(_ own: TieValue, _ other: TieValue, isBefore: Bool) -> String {
        let (left, right) = (shown(own), shown(other))
        switch key.measure {
        case .countbackOfMarks, .countbackOfPlacings, .attempts:
            return counted(left, right)
        default:
            guard let a = left.first ?? nil, let b = right.first ?? nil else {
                return "\(one(left)) \(isBefore ? ">" : "<") \(one(right))"
            }
            let (x, y) = aligned(a, b)
            return "\(x) \(a < b ? "<" : ">") \(y)"
        }
    }

    private func one(_ values: [Rational?]) -> String {
        (values.first ?? nil)?.shortest ?? "–"
    }

    /// The values as they were before they were turned so that the greater stands before.
    private func shown(_ value: TieValue) -> [Rational?] {
        let isTurned: Bool
        switch key.measure {
        case .countbackOfPlacings: isTurned = !key.lowerFirst
        case .attempts, .countbackOfMarks: isTurned = key.lowerFirst != isLowerBetter
        default: isTurned = key.lowerFirst
        }
        return value.values.map { value in
            isTurned ? value.map { (try? $0.negated()) ?? $0 } : value
        }
    }

    /// `12: 5× > 4×`: the first value of which one has more, counted in both.
    private func counted(_ left: [Rational?], _ right: [Rational?]) -> String {
        guard
            let place = (0..<max(left.count, right.count)).first(where: {
                ($0 < left.count ? left[$0] : nil) != ($0 < right.count ? right[$0] : nil)
            })
        else { return "" }
        let a = place < left.count ? left[place] : nil
        let b = place < right.count ? right[place] : nil
        guard let a, let b else {
            return "\(a?.shortest ?? "–") : \(b?.shortest ?? "–")"
        }
        let isLeftBetter = own(a, isBetterThan: b)
        let value = isLeftBetter ? a : b
        let (x, y) = (left.count { $0 == value }, right.count { $0 == value })
        return "\(value.shortest): \(x)× \(x > y ? ">" : "<") \(y)×"
    }

    private func own(_ a: Rational, isBetterThan b: Rational) -> Bool {
        switch key.measure {
        case .countbackOfPlacings: return (a < b) != key.lowerFirst
        default: return (a > b) != (key.lowerFirst != isLowerBetter)
        }
    }

    /// Two numbers with as many decimals as the longer of them needs.
    private func aligned(_ a: Rational, _ b: Rational) -> (String, String) {
        // Marks are shown with no fewer decimals than totals are; times as they were taken.
        var fewest = 0
        if case .marks = key.measure { fewest = total.shown.places }
        let places = (fewest...12).first { places in
            [a, b].allSatisfy {
                (try? $0.rounded(Rounding(places: places, mode: .down))) == .some($0)
            }
        }
        guard let places, let x = try? a.text(Rounding(places: places)),
            let y = try? b.text(Rounding(places: places))
        else { return (a.shortest, b.shortest) }
        return (x, y)
    }
}

extension TieMeasure {
    /// What is compared, in words.
    func title(in card: Scorecard) -> Text {
        switch self {
        case .marks(let references): return Self.sum(references, card)
        case .entered(let references): return Self.sum(references, card)
        case .fullMarks(let node):
            guard let node else { return Text("满分项数", "aspects with full marks") }
            return Text("\(node.text) 满分项数", "aspects of \(node.text) with full marks")
        case .countbackOfMarks: return Text("最高分个数依次比较", "countback of marks")
        case .countbackOfPlacings: return Text("名次个数依次比较", "countback of placings")
        case .attempts(let node):
            return Text("\(node.text) 各次成绩依次比较", "attempts at \(node.text), best first")
        case .headToHead: return Text("相互比较", "head to head")
        case .external(let name): return Text(same: name)
        case .lot: return Text("抽签", "lot")
        }
    }

    private static func sum(_ references: [CardReference], _ card: Scorecard) -> Text {
        let titles = references.map { reference -> Text in
            guard let node = card.node(reference.node) else { return Text(same: reference.text) }
            guard let aspect = reference.aspect else { return node.title }
            return node.aspects.first { $0.id == aspect }?.title ?? Text(same: reference.text)
        }
        return Text(
            titles.map(\.zh).joined(separator: "+"),
            titles.map(\.en).joined(separator: " + ")
        )
    }
}
