internal import Competition
internal import Findings

/// An awards policy with parameters in words: `share:gold=10%,silver=20%` as a page says it.
struct PolicyWords {
    private static let colours = [
        ("gold", Text("金牌", "gold")), ("silver", Text("银牌", "silver")),
        ("bronze", Text("铜牌", "bronze")),
    ]

    private static let rounding = [
        "half-up": Text("四舍五入", "rounded half up"),
        "half-even": Text("四舍六入五成双", "rounded half to even"),
        "up": Text("进位取整", "rounded up"), "down": Text("舍尾取整", "rounded down"),
    ]

    /// What a parameter with one of a few values says.
    private static let choices: [String: [String: Text]] = [
        "round": rounding,
        "upper_round": rounding.mapValues { Text("优胜奖人数" + $0.zh, "medallions " + $0.en) },
        "sizes": [
            "total": Text("逐级累计取整", "the sums are rounded"),
            "each": Text("各奖项分别取整", "each share is rounded by itself"),
        ],
        "ties": [
            "in": Text("名额边界上同分者都获奖", "those level across the end of a quota all get it"),
            "out": Text("名额边界上同分者都不获奖", "those level across the end of a quota don't get it"),
        ],
        "numbering": [
            "competition": Text("名次按 1、1、3 编号", "places are numbered 1, 1, 3"),
            "dense": Text("名次按 1、1、2 编号", "places are numbered 1, 1, 2"),
        ],
        "guests": [
            "none": Text("邀请选手不获奖", "guests get nothing"),
            "shown": Text("邀请选手按成绩标注奖项,不占名额", "guests are shown what their score would bring"),
        ],
    ]

    private let name: String
    private let parameters: [(key: String, value: String)]

    /// Takes a policy apart; nil where it has no parameters.
    init?(_ code: String) {
        let halves = code.split(separator: ":", maxSplits: 1).map(String.init)
        guard halves.count == 2 else { return nil }
        name = halves[0]
        parameters = halves[1].split(separator: ",").map { part in
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingBlanks() }
            return (pair.first ?? "", pair.dropFirst().first ?? "")
        }
    }

    /// The whole of it; nil where something in it has no words.
    ///
    /// - Parameter named: what a policy without parameters is called.
    /// - Returns: the words.
    func text(_ named: (String) -> Text?) -> Text? {
        let head: Text?
        switch name {
        case "share": head = medals(Text("按排名人数:", "of those who are ranked: "))
        case "quota": head = medals(Text("", ""))
        case "steps": head = steps
        default: head = named(name)
        }
        guard let head else { return nil }
        var parts = [head]
        for (key, value) in parameters where !isInHead(key) {
            guard let part = words(key, value) else { return nil }
            parts.append(part)
        }
        return Text(
            parts.map(\.zh).joined(separator: ";"),
            parts.map(\.en).joined(separator: "; ")
        )
    }

    private func isInHead(_ key: String) -> Bool {
        switch name {
        case "share", "quota": Self.colours.contains { $0.0 == key }
        case "steps": Int(key) != nil
        default: false
        }
    }

    private func medals(_ lead: Text) -> Text {
        let parts = Self.colours.compactMap { key, colour in
            parameters.first { $0.key == key }.map { (colour, $0.value) }
        }
        return Text(
            lead.zh + parts.map { "\($0.zh) \($1)" }.joined(separator: "、"),
            lead.en + parts.map { "\($0.en) \($1)" }.joined(separator: ", ")
        )
    }

    /// `6=1/1/1`: from six who are ranked on, one medal of each colour.
    private var steps: Text? {
        var parts: [Text] = []
        for (key, value) in parameters where Int(key) != nil {
            let counts = value.split(separator: "/").map(String.init)
            guard counts.count == Self.colours.count else { return nil }
            let pairs = zip(Self.colours.map(\.1), counts).filter { $1 != "0" }
            parts.append(
                Text(
                    "满 \(key) 名:" + pairs.map { "\($0.zh) \($1)" }.joined(separator: "、"),
                    "from \(key) on " + pairs.map { "\($0.en) \($1)" }.joined(separator: ", ")
                )
            )
        }
        return Text(
            "按排名人数:" + parts.map(\.zh).joined(separator: ";"),
            "by how many are ranked: " + parts.map(\.en).joined(separator: "; ")
        )
    }

    private func words(_ key: String, _ value: String) -> Text? {
        if let choices = Self.choices[key] { return choices[value] }
        switch key {
        case "least": return Text("不足 \(value) 分不授奖牌", "no medal below \(value)")
        case "upper":
            return Text("优胜奖授至前 \(value)", "medallions down to the first \(value) of the field")
        case "medallion": return Text("\(value) 分起授优胜奖", "a medallion from \(value)")
        default:
            let colour = Self.colours.first { "cap_" + $0.0 == key }?.1
            return colour.map { Text("\($0.zh)至多 \(value) 枚", "at most \(value) \($0.en)") }
        }
    }
}
