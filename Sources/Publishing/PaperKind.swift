internal import Findings
public import Paper

/// What is printed on paper, each by a template that an organiser may change.
public enum PaperKind: String, Sendable, Hashable, CaseIterable {
    /// 荣誉证书: the certificate of an honour that was conferred.
    case honour
    /// 获奖证书: the certificate of an award.
    case award
    /// 成绩单: the result sheet of one item, to be signed.
    case resultSheet = "result-sheet"
    /// 公示: the public notice of all awards.
    case notice
    /// 核定页: what each benefit of a policy comes to for one person.
    case decision

    /// The template that Laurel brings along: `Templates/NAME.yaml`.
    public var template: String { ShippedTemplates.texts[rawValue] ?? "" }

    /// What the fields of its template may be called.
    public var vocabulary: PageVocabulary {
        switch self {
        case .honour:
            PageVocabulary(
                fields: Self.certificate + Self.both("honour") + ["credential"]
                    + ["rule.document", "rule.paragraph"],
                number: ["event", "year", "item", "entrant", "rule", "member", "serial"]
            )
        case .award:
            PageVocabulary(
                fields: Self.certificate + Self.both("award"),
                number: ["event", "year", "item", "entrant", "member"]
            )
        case .resultSheet:
            PageVocabulary(
                fields: Self.results + ["item"]
                    + Self.both("item", "track", "policy", "provenance", "parts")
                    + ["maximum", "card", "entrants", "result"],
                tables: [
                    "standings": Self.row, "apart": Self.row,
                    "ties": ["entrant"] + Self.both("ties"),
                ],
                series: ["standings": ["part"], "apart": ["part"]]
            )
        case .notice:
            PageVocabulary(
                fields: Self.results + ["items", "awards", "appeal_minutes", "date"],
                tables: ["winners": Self.row + ["item"] + Self.both("item")]
            )
        case .decision:
            PageVocabulary(
                fields: ["heading", "remarks", "plan", "silence", "record", "day"],
                tables: ["benefits": ["title", "outcome", "lines"]]
            )
        }
    }

    private static let certificate =
        ["name", "number", "code", "item", "entrant", "rank", "snapshot"]
        + both("event", "item", "delegation", "placed", "date")

    private static let results =
        ["snapshot", "position", "computed"] + both("event", "kind", "notes")

    private static let row =
        ["rank", "entrant", "names", "total"] + both("delegation", "award", "status", "group")

    private static func both(_ names: String...) -> [String] {
        names.flatMap { [$0 + ".zh", $0 + ".en"] }
    }
}

extension [String: String] {
    /// Sets a field's two wordings.
    mutating func set(_ name: String, _ text: Text) {
        self[name + ".zh"] = text.zh
        self[name + ".en"] = text.en
    }
}
