internal import Exact
internal import Seal
public import Eligibility
public import Findings
internal import Paper
internal import Publishing

/// Decisions on paper: a page a person and policy, in one language.
public struct DecisionPaper {
    private let language: Language
    private let template: PageTemplate

    /// Reads how a page looks.
    ///
    /// - Parameters:
    ///   - language: the language of the pages.
    ///   - file: the organiser's template; nil for Laurel's own.
    /// - Throws: a ``Findings/Refusal`` with all that is wrong in the template, by line and column.
    public init(_ language: Language, template file: String? = nil) throws(Refusal) {
        self.language = language
        template = try Office.template(.decision, file: file)
    }

    /// Prints the pages of people as one PDF.
    ///
    /// - Parameter people: the people, in the order of the pages.
    /// - Returns: the bytes of the PDF.
    /// - Throws: a ``Findings/Refusal`` with all that doesn't fit, or where there is nobody.
    public func pdf(_ people: [DecidedPerson]) throws(Refusal) -> [UInt8] {
        let fillings = people.flatMap { person in
            person.policies.map { filling($0, $0.page(of: person.name), person) }
        }
        guard let day = people.first?.policies.first?.record.on else {
            throw Refusal("print.empty", Text("没有可打印的核定", "there is no decision to print"))
        }
        return try PaperPrinter.pdf(
            fillings,
            on: template,
            title: Text("核定 \(day)", "Decisions of \(day)")[language],
            created: "\(day)T00:00:00Z"
        )
    }

    private func filling(
        _ of: DecidedPerson.ByPolicy,
        _ page: PersonPage,
        _ person: DecidedPerson
    ) -> PageFilling {
        let silence = Text(
            "每项金额均有出处;“还需知道”的事实补齐前,该项未定,不是不予发放。",
            "Every amount names its source. Where something is still to be known nothing is settled, and nothing is refused."
        )
        return PageFilling(
            name: person.name + " " + of.policy.id,
            fields: [
                "heading": page.heading[language],
                "remarks": page.remarks.map { $0[language] }.joined(separator: "\n"),
                "plan": page.plan.map { $0[language] }.joined(separator: "\n"),
                "silence": silence[language], "record": of.record.hash.hex,
                "day": of.record.on.description,
            ],
            rows: ["benefits": page.entries.map(row)]
        )
    }

    private func row(_ entry: PersonPage.Entry) -> [String: String] {
        [
            "title": entry.title[language], "outcome": entry.outcome[language],
            "lines": entry.lines.map { $0.label[language] + $0.text[language] }
                .joined(separator: "\n"),
        ]
    }
}

extension DecidedPerson.ByPolicy {
    /// The page for the person.
    ///
    /// - Parameter name: the person's name.
    /// - Returns: the page.
    public func page(of name: String) -> PersonPage {
        PersonPage(
            name: name,
            policy: policy,
            day: record.on,
            decisions: decisions,
            plan: plan
        )
    }
}
