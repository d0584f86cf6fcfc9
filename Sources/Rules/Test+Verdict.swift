internal import Exact
internal import Findings

extension Test {
    func verdict(of name: String, _ facts: Facts, _ vocabulary: Vocabulary) -> Verdict {
        let declaration = vocabulary[name] ?? FactDeclaration(name, .word, Text(same: name))
        let title = declaration.title
        let asked = question(declaration, vocabulary)
        let missing = needs(name).filter { facts[$0] == nil }.sorted()
        guard missing.isEmpty, let value = facts[name] else {
            return Verdict(
                truth: .unknown,
                missing: missing,
                text: Text(
                    "\(title.zh)\(asked.zh):未知",
                    "\(title.en) \(asked.en): not known"
                ),
                citation: nil,
                children: []
            )
        }
        let truth = holds(value, facts)
        let told = declaration.text(of: value)
        return Verdict(
            truth: truth,
            missing: truth == .unknown ? [name] : [],
            text: Text(
                "\(title.zh)\(asked.zh)(实为 \(told.zh))",
                "\(title.en) \(asked.en) (is \(told.en))"
            ),
            citation: nil,
            children: []
        )
    }

    /// The facts without which the test of one is open.
    func needs(_ name: String) -> [String] {
        switch self {
        case .ageAtMost(_, let on), .ageAtLeast(_, let on), .withinYears(_, let on): [name, on]
        default: [name]
        }
    }

    /// What the test comes to, without words.
    func truth(of name: String, _ facts: Facts) -> Truth {
        facts[name].map { holds($0, facts) } ?? .unknown
    }

    /// A value of another kind than the test asks for settles nothing.
    private func holds(_ value: FactValue, _ facts: Facts) -> Truth {
        func truth(_ holds: Bool) -> Truth { holds ? .yes : .no }
        switch (self, value) {
        case (.equals(let expected), _):
            return expected.type == value.type ? truth(expected == value) : .unknown
        case (.oneOf(let words), .word(let word)): return truth(words.contains(word))
        case (.atLeast(let bound), .number(let number)): return truth(number >= bound)
        case (.atMost(let bound), .number(let number)): return truth(number <= bound)
        case (.includes(let word), .words(let words)): return truth(words.contains(word))
        case (.includes(let word), .someWords(let words)):
            return words.contains(word) ? .yes : .unknown
        case (.ageAtMost(let years, let on), .day(let birth)):
            guard case .day(let day)? = facts[on] else { return .unknown }
            return truth(birth.fullYears(on: day) <= years)
        case (.ageAtLeast(let years, let on), .day(let birth)):
            guard case .day(let day)? = facts[on] else { return .unknown }
            return truth(birth.fullYears(on: day) >= years)
        case (.withinYears(let years, let until), .day(let start)):
            guard case .day(let day)? = facts[until], let end = start.adding(years: years) else {
                return .unknown
            }
            return truth(day <= end)
        default: return .unknown
        }
    }

    private func question(_ declaration: FactDeclaration, _ vocabulary: Vocabulary) -> Text {
        func title(_ name: String) -> Text { vocabulary[name]?.title ?? Text(same: name) }
        switch self {
        case .equals(let value):
            let value = declaration.text(of: value)
            return Text("应为 \(value.zh)", "must be \(value.en)")
        case .oneOf(let words):
            let titles = words.map(declaration.title(ofWord:))
            return Text(
                "应为 \(titles.map(\.zh).joined(separator: "、")) 之一",
                "must be one of \(titles.map(\.en).joined(separator: ", "))"
            )
        case .atLeast(let bound):
            return Text("应在 \(bound.shortest) 以上(含)", "must be at least \(bound.shortest)")
        case .atMost(let bound):
            return Text("应在 \(bound.shortest) 以下(含)", "must be at most \(bound.shortest)")
        case .includes(let word):
            let title = declaration.title(ofWord: word)
            return Text("应含 \(title.zh)", "must include \(title.en)")
        case .ageAtMost(let years, let on):
            return Text(
                "至\(title(on).zh)应在 \(years) 周岁以下(含)",
                "must make at most \(years) full years of age on \(title(on).en)"
            )
        case .ageAtLeast(let years, let on):
            return Text(
                "至\(title(on).zh)应在 \(years) 周岁以上(含)",
                "must make at least \(years) full years of age on \(title(on).en)"
            )
        case .withinYears(let years, let until):
            return Text(
                "至\(title(until).zh)应在 \(years) 年内",
                "must lie within \(years) years before \(title(until).en)"
            )
        }
    }
}
