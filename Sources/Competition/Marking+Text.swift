public import Exact
public import Findings

/// The kinds of marking, as the format names them.
public enum MarkingKind: String, Sendable, Hashable, CaseIterable {
    /// A score within a range.
    case score
    /// 0 to 3 against benchmark texts.
    case judgement
    /// All or nothing.
    case fullOrZero = "full_or_zero"
    /// One of a list.
    case options
    /// So many done of a number.
    case count
    /// A deduction for each fault.
    case deduct
    /// A loss for each unit beyond what is free.
    case tolerance
    /// Bands of a measured value.
    case bands
    /// In proportion to a measured value.
    case linear

    /// What the kind is called.
    public var text: Text {
        switch self {
        case .score: Text("打分", "score")
        case .judgement: Text("评价", "judgement")
        case .fullOrZero: Text("全分或零分", "full or zero")
        case .options: Text("选项", "options")
        case .count: Text("计数", "count")
        case .deduct: Text("扣分", "deduction")
        case .tolerance: Text("公差", "tolerance")
        case .bands: Text("分档", "bands")
        case .linear: Text("比例", "proportion")
        }
    }
}

extension Marking {
    /// The kind.
    public var kind: MarkingKind {
        switch self {
        case .score: .score
        case .judgement: .judgement
        case .fullOrZero: .fullOrZero
        case .options: .options
        case .count: .count
        case .deduct: .deduct
        case .tolerance: .tolerance
        case .bands: .bands
        case .linear: .linear
        }
    }

    /// How what is entered becomes marks, in a sentence for the judge.
    public var sentence: Text {
        switch self {
        case .score(let range):
            let (low, high, step) = (range.least.shortest, range.greatest.shortest, range.step)
            return Text(
                "打分 \(low)–\(high),步长 \(step.shortest)",
                "a score from \(low) to \(high) in steps of \(step.shortest)"
            )
        case .judgement(let max, let spread, _):
            return Text(
                "评价 0–3,满分 \(max.shortest);相差超过 \(spread) 级须重评",
                "a judgement from 0 to 3 for \(max.shortest); marked again where judges differ by more than \(spread)"
            )
        case .fullOrZero(let max):
            return Text("是得 \(max.shortest),否得 0", "yes earns \(max.shortest), no earns 0")
        case .options(let options):
            let list = options.map { option in
                option.code == option.marks
                    ? option.marks.shortest : "\(option.code.shortest) = \(option.marks.shortest)"
            }
            return Text(
                "选一项:" + list.joined(separator: "、"),
                "one of " + list.joined(separator: ", ")
            )
        case .count(let of, let max):
            return Text(
                "\(of) 项中完成的项数;全部完成得 \(max.shortest)",
                "how many of \(of) were done; all of them earn \(max.shortest)"
            )
        case .deduct(let max, let each, let floor):
            return Text(
                "满分 \(max.shortest),每处扣 \(each.shortest),不低于 \(floor.shortest)",
                "\(max.shortest) less \(each.shortest) for each fault, not below \(floor.shortest)"
            )
        case .tolerance(let tolerance): return tolerance.sentence
        case .bands(let bands): return bands.sentence
        case .linear(let line): return line.sentence
        }
    }
}

extension Marking.Tolerance {
    fileprivate var sentence: Text {
        let entered =
            target == .zero
            ? Text("输入偏差", "the deviation")
            : Text("规定 \(target.shortest)", "wanted \(target.shortest)")
        let sign: Text =
            switch side {
            case .both: Text("±", "±")
            case .over: Text("超出 ", "over by ")
            case .under: Text("不足 ", "under by ")
            }
        let unit: Text =
            switch units {
            case .some(.down): Text("每满", "each whole")
            case .some: Text("每(不足也算)", "each begun")
            case nil: Text("按比例每", "in proportion, each")
            }
        let (max, free, per) = (self.max.shortest, self.free.shortest, self.per.shortest)
        let (loss, floor) = (self.loss.shortest, self.floor.shortest)
        return Text(
            "\(entered.zh);\(sign.zh)\(free) 以内得 \(max),以外\(unit.zh) \(per) 扣 \(loss),不低于 \(floor)",
            "\(entered.en); \(sign.en)\(free) earns \(max), then \(unit.en) \(per) costs \(loss), not below \(floor)"
        )
    }
}

extension Marking.Bands {
    fileprivate var sentence: Text {
        let sign = isFrom ? "≥" : "≤"
        let steps = list.map { "\(sign) \($0.end.shortest): \($0.marks.shortest)" }
        return Text(
            steps.joined(separator: ";") + ";其余 \(otherwise.shortest)",
            steps.joined(separator: "; ") + "; else \(otherwise.shortest)"
        )
    }
}

extension Marking.Linear {
    fileprivate var sentence: Text {
        let (low, high) = (range.least.shortest, range.greatest.shortest)
        var zh = "输入 \(low)–\(high);\(at.shortest) 得 \(points.shortest),每多 1 得 \(perUnit.shortest)"
        var en =
            "a value from \(low) to \(high); \(at.shortest) earns \(points.shortest), each unit more \(perUnit.shortest)"
        if let floor {
            zh += ",不低于 \(floor.shortest)"
            en += ", not below \(floor.shortest)"
        }
        if let cap {
            zh += ",不高于 \(cap.shortest)"
            en += ", not above \(cap.shortest)"
        }
        return Text(zh, en)
    }
}

extension Aggregation {
    /// How the judges' marks become one, in words.
    public var text: Text {
        switch self {
        case .agreed: Text("裁判组商定一个值", "one value agreed by the panel")
        case .mean: Text("各裁判的平均", "the mean of the judges")
        case .median: Text("各裁判的中位数", "the median of the judges")
        case .sum: Text("各裁判之和", "the sum of the judges")
        case .best: Text("各裁判中最好的", "the best of the judges")
        case .trimmed(let high, let low, let sum):
            Text(
                "去掉 \(high) 个最高、\(low) 个最低后\(sum ? "相加" : "平均")",
                "\(high) highest and \(low) lowest dropped, the rest \(sum ? "added" : "averaged")"
            )
        }
    }
}

extension Rounding {
    /// The rounding in words.
    public var text: Text {
        let way: Text =
            switch mode {
            case .halfUp: Text("四舍五入", "half up")
            case .halfEven: Text("四舍六入五成双", "half to even")
            case .down: Text("舍去", "towards zero")
            case .up: Text("进一", "away from zero")
            }
        return Text("\(places) 位小数,\(way.zh)", "\(places) places, \(way.en)")
    }
}
