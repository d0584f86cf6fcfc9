internal import Findings

/// Which columns of a table hold which fields of a mark.
struct MarkColumns {
    let entrant: Int
    let part: Int
    let mark: Int
    let aspect: Int?
    let judge: Int?
    let attempt: Int?
    let review: Int?

    /// Finds the columns by the names in a header; nil where one is missing that must be there.
    init?(header: [String], place: (Int?) -> Place, findings: inout [Finding]) {
        let names = header.map { $0.lowercased() }
        func required(_ wanted: String...) -> Int? {
            if let column = names.firstIndex(where: wanted.contains) { return column }
            findings.append(
                Finding(
                    "csv.missing-column",
                    Text("缺少列 \(wanted[0])", "the column \(wanted[0]) is missing"),
                    at: place(nil)
                )
            )
            return nil
        }
        func optional(_ wanted: String...) -> Int? { names.firstIndex(where: wanted.contains) }
        let entrant = required("entrant", "选手")
        let part = required("part", "模块")
        let mark = required("mark", "分数")
        aspect = optional("aspect", "评分点")
        judge = optional("judge", "裁判")
        attempt = optional("attempt", "轮次")
        review = optional("review", "复评")
        guard let entrant, let part, let mark else { return nil }
        (self.entrant, self.part, self.mark) = (entrant, part, mark)
        for (index, name) in header.enumerated()
        where !used.contains(index) && !["criterion", "note", "备注", ""].contains(names[index]) {
            findings.append(
                Finding(
                    "csv.extra-column",
                    Text("列“\(name)”未使用", "the column \"\(name)\" is not used"),
                    severity: .note,
                    at: place(index)
                )
            )
        }
    }

    /// Whether a header is that of a marks table, whatever else it lacks.
    static func isHeader(_ header: [String]) -> Bool {
        let names = Set(header.map { $0.lowercased() })
        return !names.isDisjoint(with: ["entrant", "选手"])
            && !names.isDisjoint(with: ["mark", "分数"])
    }

    /// The columns that are read.
    var used: [Int] {
        [entrant, part, aspect, mark, judge, attempt, review].compactMap { $0 }
    }

    /// The column of a field.
    subscript(field: MarkField) -> Int? {
        switch field {
        case .entrant: entrant
        case .part: part
        case .aspect: aspect
        case .judge: judge
        case .mark: mark
        case .attempt: attempt
        case .review: review
        }
    }

    /// The column of a field, or where it would be looked for.
    func nearest(_ field: MarkField) -> Int {
        self[field] ?? (field == .aspect ? part : 0)
    }

    /// Names that stand twice in a header.
    static func duplicates(_ header: [String], place: (Int) -> Place) -> [Finding] {
        var findings: [Finding] = []
        var seen: Set<String> = []
        for (index, name) in header.enumerated() where !name.isEmpty {
            guard !seen.insert(name.lowercased()).inserted else { continue }
            findings.append(
                Finding(
                    "csv.duplicate-column",
                    Text("列“\(name)”重复", "the column \"\(name)\" stands twice"),
                    at: place(index)
                )
            )
        }
        return findings
    }
}
