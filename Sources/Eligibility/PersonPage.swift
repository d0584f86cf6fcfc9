public import Exact
public import Findings
internal import Rules

/// One page for a person: what each benefit of a policy comes to, why, and what to bring.
///
/// A page is texts in both languages and no layout, so that a terminal, a worksheet, a document and a
/// program show the same.
public struct PersonPage: Sendable, Hashable {
    /// A labelled line under a benefit.
    public struct Line: Sendable, Hashable {
        /// What kind of line it is, for programs, such as `clause`.
        public let kind: String
        /// What stands before it.
        public let label: Text
        /// What it says.
        public let text: Text
    }

    /// One benefit.
    public struct Entry: Sendable, Hashable {
        /// The benefit's short name.
        public let benefit: String
        /// What it is called.
        public let title: Text
        /// What came out, with the amount.
        public let outcome: Text
        /// The outcome's short name.
        public let name: String
        /// What there is to say of it.
        public let lines: [Line]
    }

    /// Who it is for, by which policy, for which day.
    public let heading: Text
    /// What holds for the whole page.
    public let remarks: [Text]
    /// The benefits: first what is due, last what is not.
    public let entries: [Entry]
    /// The best that may be taken together, line by line.
    public let plan: [Text]

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - name: the person's name.
    ///   - policy: the policy.
    ///   - day: the day of decision.
    ///   - decisions: the decisions.
    ///   - plan: the plan, where one was made.
    public init(
        name: String,
        policy: Policy,
        day: Day,
        decisions: [Decision],
        plan: BenefitPlan? = nil
    ) {
        heading = Text(
            "\(name):按《\(policy.title.zh)》\(day.description) 核定",
            "\(name): decided for \(day.description) by \(policy.title.en)"
        )
        remarks = Self.remarks(policy)
        let ordered = decisions.enumerated().sorted {
            (Self.order($0.element.entitlement), $0.offset)
                < (Self.order($1.element.entitlement), $1.offset)
        }
        entries = ordered.map { Self.entry($0.element) }
        self.plan = plan.map { PlanText(plan: $0, policy: policy).lines } ?? []
    }

    private static func remarks(_ policy: Policy) -> [Text] {
        var remarks: [Text] = []
        if let range = policy.inForce {
            let isOpen = range.upperBound.year == 9999
            remarks.append(
                Text(
                    "(有效期:\(range.lowerBound.description) 至 \(isOpen ? "另行通知" : range.upperBound.description))",
                    "(in force from \(range.lowerBound.description)\(isOpen ? "" : " to \(range.upperBound.description)"))"
                )
            )
        } else if let stated = policy.statedCurrentOn {
            remarks.append(
                Text(
                    "(原文未写有效期;所述为 \(stated.description) 的现行政策)",
                    "(the text gives no dates in force; it states what was current on \(stated.description))"
                )
            )
        } else {
            remarks.append(Text("(原文没有日期)", "(the text bears no date)"))
        }
        return remarks
    }

    /// What is due first, then what may be, then what was taken, then what is only pointed to.
    private static func order(_ entitlement: Entitlement) -> Int {
        switch entitlement {
        case .eligible: 0
        case .negotiated, .discretionary: 1
        case .undetermined: 2
        case .excluded, .exhausted: 3
        case .catalogue: 4
        case .notInForce: 5
        case .ineligible: 6
        }
    }

    private static func entry(_ decision: Decision) -> Entry {
        Entry(
            benefit: decision.benefit.id,
            title: decision.benefit.title,
            outcome: decision.outcomeText,
            name: decision.entitlement.name,
            lines: lines(decision)
        )
    }

    private static func lines(_ decision: Decision) -> [Line] {
        let benefit = decision.benefit
        var lines = [
            Line(
                kind: "clause",
                label: Text("依据:", "source: "),
                text: Text(same: benefit.citation.text)
            )
        ]
        func add(_ kind: String, _ label: Text, _ texts: [Text]) {
            lines += texts.map { Line(kind: kind, label: label, text: $0) }
        }
        switch decision.entitlement {
        case .eligible:
            add(
                "amount-clause",
                Text("金额出处:", "amount from: "),
                benefit.tiers.filter { decision.tiers.contains($0.id) }.map {
                    Text(same: $0.citation.text)
                }
            )
            add("arithmetic", Text("计算:", "worked out: "), decision.arithmetic)
            add("reason", Text("因为:", "because: "), decision.reasons(.yes))
        case .undetermined(let missing, let range):
            add(
                "missing",
                Text("还需知道:", "still to be known: "),
                missing.map(decision.policy.title(ofMissing:))
            )
            if range?.upperBound == .zero {
                add(
                    "note",
                    Text("说明:", "note: "),
                    [
                        Text(
                            "无论如何本月不发放;所缺只决定理由",
                            "nothing is paid for the month in any case; what is missing decides only why"
                        )
                    ]
                )
            }
        case .ineligible: add("reason", Text("因为:", "because: "), decision.reasons(.no))
        case .excluded(let other):
            let clause = decision.exclusions.first { $0.exclusion.benefits.contains(other) }
            let title = decision.policy.benefit(other)?.title ?? Text(same: other)
            add(
                "reason",
                Text("因为:", "because: "),
                [
                    Text(
                        "本月已发放“\(title.zh)” — \(clause?.exclusion.citation.text ?? "")",
                        "\(title.en) was paid for the month — \(clause?.exclusion.citation.text ?? "")"
                    )
                ]
            )
        default: break
        }
        let isNothing = [.ineligible, .notInForce].contains(decision.entitlement)
        if isNothing { return lines }
        if let limit = decision.limitText {
            add("limit", Text("期限:", "limit: "), [limit])
        }
        add(
            "excludes",
            Text("当月不可兼得:", "not beside, for the month: "),
            decision.exclusions.map(decision.text(of:))
        )
        add("bring", Text("携带:", "bring: "), benefit.bring)
        return lines
    }

    /// The page as text.
    ///
    /// - Parameter language: the language.
    /// - Returns: lines, ended.
    public func text(_ language: Language) -> String {
        var page = heading[language] + "\n"
        for remark in remarks { page += remark[language] + "\n" }
        for entry in entries {
            page += "\n● \(entry.title[language]) — \(entry.outcome[language])\n"
            var before: String?
            for line in entry.lines {
                // A label stands once for lines of a kind.
                let head = line.kind == before ? "    · " : "  " + line.label[language]
                page += head + line.text[language] + "\n"
                before = line.kind
            }
        }
        if !plan.isEmpty { page += "\n" + plan.map { $0[language] + "\n" }.joined() }
        return page
    }
}

extension Decision {
    /// What came out, with the amount and what it is for.
    public var outcomeText: Text {
        let name = entitlement.text
        let per =
            if case .monthly = benefit.kind { Text("/月", " a month") } else { Text("", "") }
        switch entitlement {
        case .eligible(let money):
            return Text(
                "\(name.zh) \(money.yuanText) 元\(per.zh)",
                "\(name.en) ¥\(money.yuanText)\(per.en)"
            )
        case .undetermined(_, let range?):
            let (low, high) = (range.lowerBound.yuanText, range.upperBound.yuanText)
            return Text(
                "\(name.zh) \(low)–\(high) 元\(per.zh)",
                "\(name.en) ¥\(low)–\(high)\(per.en)"
            )
        case .exhausted(let used, let limit):
            return Text(
                "\(name.zh)(已发 \(used) 次,限 \(limit) 次)",
                "\(name.en) (\(used) of \(limit) paid)"
            )
        default: return name
        }
    }

    /// How long it may be paid, in words; nil for what is not paid.
    public var limitText: Text? {
        switch benefit.kind {
        case .monthly:
            guard let left = monthsLeft else {
                return Text("按月,原文未写期限", "monthly; the text gives no term")
            }
            return Text("按月,最长还可发 \(left) 个月", "monthly, for \(left) months more at most")
        case .once: return Text("一次性", "once")
        case .discretionary: return Text("择优,无金额", "at discretion, no amount")
        case .catalogue: return nil
        }
    }

    /// An exclusion in words: what it names, by what it would be settled where it is open, the clause.
    ///
    /// - Parameter binding: the exclusion.
    /// - Returns: the words.
    public func text(of binding: BindingExclusion) -> Text {
        let others = binding.exclusion.benefits.map {
            policy.benefit($0)?.title ?? Text(same: $0)
        }
        let open = binding.missing.map { policy.title(ofMissing: $0) }
        let clause = binding.exclusion.citation.text
        let (zh, en) = (open.map(\.zh), open.map(\.en))
        return Text(
            others.map(\.zh).joined(separator: "、")
                + (open.isEmpty ? "" : "(未定:\(zh.joined(separator: "; ")))") + " — " + clause,
            others.map(\.en).joined(separator: ", ")
                + (open.isEmpty ? "" : " (open: \(en.joined(separator: "; ")))") + " — " + clause
        )
    }

    /// The tests that decided, each once: those that failed, or those that held.
    func reasons(_ truth: Truth) -> [Text] {
        var seen: Set<Text> = []
        let those =
            truth == .no
            ? verdicts
            : Array(verdicts.prefix(1))
                + zip(benefit.tiers, verdicts.dropFirst()).filter {
                    tiers.contains($0.0.id)
                }.map(\.1)
        let texts = those.filter { $0.truth == truth }.flatMap(\.deciding).map(\.text)
        return Array(texts.filter { seen.insert($0).inserted }.prefix(truth == .no ? 3 : 6))
    }
}

extension Policy {
    /// What a missing fact is called, also one that no file declares.
    ///
    /// - Parameter name: the fact's name.
    /// - Returns: the words.
    public func title(ofMissing name: String) -> Text {
        if name.hasSuffix("/which-tier") {
            return Text(
                "适用哪一档(原文无叠加规则,由人社局确定)",
                "which tier applies (the text has no rule; the bureau decides)"
            )
        }
        if name == Self.inForceQuestion {
            return Text(
                "该日政策是否有效(原文未写)",
                "whether the policy was in force that day (the text does not say)"
            )
        }
        return vocabulary[name]?.title ?? Text(same: name)
    }
}
