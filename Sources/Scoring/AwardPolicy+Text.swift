internal import Competition
internal import Exact
public import Findings

extension AwardPolicy {
    /// The names of the policies.
    public static var names: [String] {
        ["rank-1-2-3"] + WorldSkillsMedals.allCases.map(\.rawValue) + ["share", "steps", "quota"]
    }

    /// Reads a policy: its name, and after a colon its parameters `key=value`, parted by commas.
    ///
    /// - Throws: a ``Refusal`` that says which names or keys there are.
    public init(_ text: String) throws(Refusal) {
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(halves.first ?? "")
        var parameters: [(key: String, value: String)] = []
        for part in (halves.count > 1 ? String(halves[1]) : "").split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else {
                throw Self.refusal(text, "“\(part)”应为 键=值", "\"\(part)\": expected key=value")
            }
            let key = pair[0].trimmingBlanks()
            guard !parameters.contains(where: { $0.key == key }) else {
                throw Self.refusal(text, "键 \(key) 重复", "the key \(key) stands twice")
            }
            parameters.append((key, pair[1].trimmingBlanks()))
        }
        var reader = Parameters(text: text, list: parameters)
        let rule: Rule
        if let scaled = WorldSkillsMedals(rawValue: name) {
            rule = .worldSkills(scaled)
        } else {
            switch name {
            case "rank-1-2-3": rule = .ranks
            case "quota": rule = .quota(try reader.quota())
            case "share": rule = .share(try reader.shares())
            case "steps": rule = .steps(try reader.steps())
            default:
                let names = Self.names.joined(separator: ", ")
                throw Self.refusal(
                    text,
                    "没有奖牌规则“\(name)”;应为 \(names)",
                    "there is no awards policy \"\(name)\"; expected one of \(names)"
                )
            }
        }
        self.init(text: text, rule: rule)
        guests = try reader.choice("guests", Guests.self) ?? guests
        if !isScaled {
            ties = try reader.choice("ties", Ties.self) ?? ties
            upper = try reader.share("upper")
            upperMode = try reader.choice("upper_round", RoundingMode.self) ?? upperMode
            medallion = try reader.number("medallion")
            least = try reader.number("least")
            isDense = try reader.choice("numbering", Numbers.self) == .dense
        }
        try reader.close()
        let isNothing =
            switch rule {
            case .share(let shares):
                [shares.gold, shares.silver, shares.bronze].allSatisfy { $0 == .zero }
            case .quota(let counts): counts == Counts()
            default: false
            }
        if isNothing, upper == nil, medallion == nil {
            throw Self.refusal(
                text,
                "没有给出任何奖项,如 \(name):gold=…",
                "it gives nothing; say how many, as \(name):gold=…"
            )
        }
    }

    private enum Numbers: String, CaseIterable {
        case competition
        case dense
    }

    private static func refusal(_ text: String, _ zh: String, _ en: String) -> Refusal {
        Refusal("awards.policy", Text("奖牌规则 \(text):\(zh)", "awards policy \(text): \(en)"))
    }

    private struct Parameters {
        let text: String
        let list: [(key: String, value: String)]
        private var asked: [String] = []

        init(text: String, list: [(key: String, value: String)]) {
            self.text = text
            self.list = list
        }

        private mutating func value(_ key: String) -> String? {
            asked.append(key)
            return list.first { $0.key == key }?.value
        }

        private func refusal(_ key: String, _ value: String, _ zh: String, _ en: String) -> Refusal
        {
            AwardPolicy.refusal(
                text,
                "\(key)=\(value) 应为\(zh)",
                "\(key)=\(value): expected \(en)"
            )
        }

        mutating func number(_ key: String) throws(Refusal) -> Rational? {
            guard let value = value(key) else { return nil }
            guard let number = try? Rational(written: value) else {
                throw refusal(key, value, "数字", "a number")
            }
            return number
        }

        mutating func share(_ key: String) throws(Refusal) -> Rational? {
            guard let share = try number(key) else { return nil }
            guard share >= .zero, share <= .one else {
                throw refusal(
                    key,
                    share.shortest,
                    " 0 到 1 的份额,如 10% 或 1/12",
                    "a share from 0 to 1, such as 10% or 1/12"
                )
            }
            return share
        }

        mutating func count(_ key: String) throws(Refusal) -> Int? {
            guard let value = value(key) else { return nil }
            guard let count = Int(value), (0...1_000_000).contains(count) else {
                throw refusal(key, value, "非负整数", "a whole number, 0 or more")
            }
            return count
        }

        mutating func choice<Choice: RawRepresentable & CaseIterable>(
            _ key: String,
            _: Choice.Type
        ) throws(Refusal) -> Choice? where Choice.RawValue == String {
            guard let value = value(key) else { return nil }
            guard let choice = Choice(rawValue: value) else {
                let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                throw refusal(key, value, "以下之一:\(names)", "one of \(names)")
            }
            return choice
        }

        mutating func quota() throws(Refusal) -> Counts {
            Counts(
                gold: try count("gold") ?? 0,
                silver: try count("silver") ?? 0,
                bronze: try count("bronze") ?? 0
            )
        }

        mutating func shares() throws(Refusal) -> Shares {
            var shares = Shares()
            shares.gold = try share("gold") ?? .zero
            shares.silver = try share("silver") ?? .zero
            shares.bronze = try share("bronze") ?? .zero
            shares.caps = [
                try count("cap_gold"), try count("cap_silver"), try count("cap_bronze"),
            ]
            shares.mode = try choice("round", RoundingMode.self) ?? shares.mode
            shares.isEach = try choice("sizes", Sizes.self) == .each
            return shares
        }

        private enum Sizes: String, CaseIterable {
            case total
            case each
        }

        /// `6=1/1/1,5=1/1/0`: from so many entrants on, so many of each colour.
        mutating func steps() throws(Refusal) -> [Step] {
            var steps: [Step] = []
            for (key, value) in list {
                guard let entrants = Int(key) else { continue }
                asked.append(key)
                let counts = value.split(separator: "/", omittingEmptySubsequences: false)
                    .map { Int($0) }
                guard counts.count == 3, let gold = counts[0], let silver = counts[1],
                    let bronze = counts[2], min(gold, silver, bronze) >= 0, entrants > 0
                else {
                    throw refusal(
                        key,
                        value,
                        " 金/银/铜 的枚数,如 1/1/1",
                        "numbers of gold/silver/bronze, such as 1/1/1"
                    )
                }
                let made = Counts(gold: gold, silver: silver, bronze: bronze)
                steps.append(Step(entrants: entrants, counts: made))
            }
            guard !steps.isEmpty else {
                throw AwardPolicy.refusal(
                    text,
                    "缺少档次,如 steps:6=1/1/1,5=1/1/0",
                    "there are no steps, such as steps:6=1/1/1,5=1/1/0"
                )
            }
            return steps.sorted { $0.entrants > $1.entrants }
        }

        func close() throws(Refusal) {
            for (key, _) in list where !asked.contains(key) {
                let known = asked.filter { Int($0) == nil }.joined(separator: ", ")
                throw AwardPolicy.refusal(
                    text,
                    "没有参数 \(key);可用:\(known)",
                    "there is no parameter \(key); expected one of \(known)"
                )
            }
        }
    }
}
