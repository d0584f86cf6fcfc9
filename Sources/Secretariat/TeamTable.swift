public import Competition
internal import Exact
public import Findings
public import Scoring

/// Teams' places as a table of texts.
public struct TeamTable: Sendable {
    /// The names of the columns.
    public static let header = ["rank", "team", "total", "members", "status", "decided_by"]

    private let teams: [TeamStanding]
    private let card: Scorecard

    /// Makes the table.
    public init(_ teams: [TeamStanding], card: Scorecard) {
        self.teams = teams
        self.card = card
    }

    /// The rows, in the order of the places; of members those that count come first.
    public func rows(_ language: Language) -> [[String]] {
        teams.map { team in
            let total = team.total.flatMap { try? $0.text(card.total.shown) }
            let others = team.members.filter { !team.counted.contains($0) }
            return [
                team.rank.map(String.init) ?? "", team.team, total ?? "",
                (team.counted.map(\.text) + others.map { "(\($0.text))" }).joined(separator: " "),
                team.total == nil ? "incomplete" : "competing",
                team.decidedBy.map { $0[language] }.joined(separator: "; "),
            ]
        }
    }
}
