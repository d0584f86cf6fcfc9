internal import Competition
internal import Exact
public import Findings
public import Scoring
public import Seal

/// Standings as a table of texts: `rank,entrant,total`, one column a part, `status,decided_by`.
public struct StandingsTable: Sendable {
    /// What to show beside the standard columns.
    public struct Options: Sendable {
        /// A column an aspect.
        public var aspects = false
        /// The exact total as a fraction.
        public var exact = false
        /// The award by the card's policy, and the scaled score where the policy looks at it.
        public var awards = false
        /// The language of status and reasons.
        public var language = Language.zh

        /// Shows the standard columns.
        public init() {}
    }

    /// The names of the columns.
    public let header: [String]
    /// The rows, in the order of the standings.
    public let rows: [[String]]
    /// The same as JSON: one object an entrant.
    public let json: JSONValue

    /// Makes the table.
    ///
    /// - Parameters:
    ///   - standings: the standings.
    ///   - plan: the plan of the card.
    ///   - tally: what they were counted from, where columns an aspect are wanted.
    ///   - options: what to show.
    public init(
        _ standings: Standings,
        plan: ScoringPlan,
        tally: ItemTally? = nil,
        options: Options = Options()
    ) {
        let addresses = options.aspects ? Self.aspectColumns(plan) : []
        let isStored = plan.card.total.stored != nil
        let prizes = options.awards ? Self.prizes(standings, plan.card) : Prizes()
        header =
            ["rank", "entrant", "total"] + plan.card.parts.map(\.id.text)
            + addresses.map(\.name) + (options.exact ? ["exact"] : [])
            + (isStored ? ["stored"] : []) + prizes.header + ["status", "decided_by"]
        var rows: [[String]] = []
        var objects: [JSONValue] = []
        for row in standings.rows {
            let parts = row.parts.enumerated().map { index, result in
                Self.text(result, plan.card.parts[index].stage, plan.card.total)
            }
            let score = options.aspects ? (try? tally?.score(of: row.entrant.id)) ?? nil : nil
            let aspects = addresses.map { Self.text($0, score, plan) }
            let status = Self.status(row)
            let lines = row.decisions.map { $0.line(options.language) }
            let exact = row.total.value?.fraction ?? ""
            rows.append(
                [row.rank.map(String.init) ?? "", row.entrant.id.text, row.shownTotal ?? ""]
                    + parts + aspects + (options.exact ? [exact] : [])
                    + (isStored ? [row.storedTotal ?? ""] : [])
                    + prizes.cells(row.entrant.id)
                    + [status.code, lines.joined(separator: "; ")]
            )
            var members: [JSONValue.Member] = [
                .init("rank", row.rank.map(JSONValue.int) ?? .null),
                .init("entrant", .string(row.entrant.id.text)),
                .init("total", .optional(row.shownTotal)),
                .init("parts", Self.object(plan.card.parts.map(\.id.text), parts)),
                .init("status", .string(status.code)),
                .init("decided_by", .array(lines.map(JSONValue.string))),
            ]
            if options.aspects {
                members.append(.init("aspects", Self.object(addresses.map(\.name), aspects)))
            }
            if let stored = row.storedTotal { members.append(.init("stored", .string(stored))) }
            members += zip(prizes.header, prizes.cells(row.entrant.id)).map {
                JSONValue.Member($0, $1.isEmpty ? .null : .string($1))
            }
            if options.exact { members.append(.init("exact", .string(exact))) }
            if let gap = status.gap {
                members.append(.init("missing", .string(gap[options.language])))
            }
            objects.append(.object(members))
        }
        self.rows = rows
        json = .array(objects)
    }

    /// Awards and scaled scores, where they are wanted and there are any.
    private struct Prizes {
        var scaled: [EntrantID: Int]?
        var awards: [EntrantID: Award]?

        var header: [String] {
            (scaled == nil ? [] : ["scaled"]) + (awards == nil ? [] : ["award"])
        }

        func cells(_ id: EntrantID) -> [String] {
            let score = scaled.map { [$0[id].map { "\($0)" } ?? ""] } ?? []
            return score + (awards.map { [($0[id] ?? .none).rawValue] } ?? [])
        }
    }

    private static func prizes(_ standings: Standings, _ card: Scorecard) -> Prizes {
        Prizes(
            scaled: (try? Office.scaled(standings, card: card)) ?? nil,
            awards: try? Office.awards(standings, card: card)
        )
    }

    private static func object(_ names: [String], _ values: [String]) -> JSONValue {
        .object(
            zip(names, values).map {
                JSONValue.Member($0, $1.isEmpty ? .null : .string($1))
            }
        )
    }

    /// How an entrant stands: competing, guest, one of the non-results, or incomplete.
    static func status(_ row: Standing) -> (code: String, gap: Text?) {
        switch row.total {
        case .status(let status): (status.rawValue, nil)
        case .gap(let gap): ("incomplete", gap.text)
        case .value: (row.entrant.isGuest ? "guest" : "competing", nil)
        }
    }

    private static func text(_ result: PartScore, _ stage: Stage, _ total: TotalRule) -> String {
        switch result.outcome {
        case .value(let value):
            (try? value.text(stage.round ?? total.shown)) ?? value.fraction
        case .status(let status): status.rawValue
        case .gap: ""
        }
    }

    private struct AspectColumn {
        let aspect: Int
        let attempt: Int
        let name: String
    }

    /// One column an aspect; where there are attempts, one a try: `R.score#2`.
    private static func aspectColumns(_ plan: ScoringPlan) -> [AspectColumn] {
        plan.aspects.enumerated().flatMap { number, planned in
            (0..<planned.attempts).map { attempt in
                let suffix = planned.attempts > 1 ? "#\(attempt + 1)" : ""
                return AspectColumn(
                    aspect: number,
                    attempt: attempt,
                    name: planned.address + suffix
                )
            }
        }
    }

    private static func text(
        _ column: AspectColumn,
        _ score: EntrantScore?,
        _ plan: ScoringPlan
    ) -> String {
        let results = score?.parts.flatMap(\.allAspects) ?? []
        guard
            let result = results.first(where: {
                $0.aspect == column.aspect && $0.attempt == column.attempt
            })
        else { return "" }
        switch result.outcome {
        case .value(let value):
            let round = plan.aspects[column.aspect].aspect.stage.round
            return round.flatMap { try? value.text($0) } ?? value.shortest
        case .status(let status): return status.rawValue
        case .gap: return ""
        }
    }
}
