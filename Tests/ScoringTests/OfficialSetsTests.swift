import Competition
import Exact
import Findings
import Foundation
import Interchange
import Scoring
import Testing

/// Official results that others made; skipped by name where the folder is absent.
enum Fixtures {
    static let folder: String = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return root.appendingPathComponent("shared/fixtures").path
    }()
    static let areThere = FileManager.default.fileExists(atPath: folder)

    static func table(_ name: String) throws -> [[String: String]] {
        let table = try CSVTable(try TextFile.read(folder + "/" + name), file: name)
        return table.rows.map { row in
            Dictionary(uniqueKeysWithValues: zip(table.header, row.fields))
        }
    }
}

/// Counts marks written as rows of a marks table.
enum Counting {
    static func standings(
        _ yaml: String,
        _ rows: [String],
        entrants: [String] = [],
        rulings: [EntrantID: Int] = [:],
        make: (EntrantID) -> EntrantInput? = { input($0) }
    ) throws -> (standings: Standings, tally: ItemTally) {
        let reading = ScorecardFile.read(yaml, file: "card.yaml")
        guard let card = reading.card else { throw Refusal(reading.findings) }
        let plan = ScoringPlan(card: card)
        let text = (["entrant,part,aspect,judge,mark,attempt,review"] + rows.map(Self.padded))
            .joined(separator: "\n")
        let marks = MarksFile.read(try CSVTable(text, file: "marks.csv"), plan: plan)
        let filled = MarksFile.table(
            marks.marks,
            plan: plan,
            entrants: entrants.compactMap { EntrantID($0) }
        )
        let findings = marks.findings + filled.findings
        guard !findings.hasErrors else { throw Refusal(findings) }
        let inputs = filled.table.entrants.compactMap(make)
        let tally = try ItemTally(
            plan: plan,
            inputs: inputs,
            table: filled.table,
            rulings: rulings
        )
        return (try tally.standings(), tally)
    }

    /// A row with all its columns, however few were written.
    private static func padded(_ row: String) -> String {
        row + String(repeating: ",", count: max(0, 6 - row.count { $0 == "," }))
    }

    static func input(_ code: String, group: String) -> EntrantInput? {
        EntrantID(code).flatMap { input($0, group: group) }
    }

    static func input(_ id: EntrantID) -> EntrantInput? { input(id, group: "worker") }

    private static func input(_ id: EntrantID, group: String) -> EntrantInput? {
        guard let item = ItemID("X"), let delegation = DelegationID("x") else { return nil }
        return EntrantInput(
            entrant: Entrant(
                id: id,
                item: item,
                delegation: delegation,
                group: group,
                isGuest: false
            )
        )
    }
}

@Suite(.enabled(if: Fixtures.areThere, "shared/fixtures is absent"))
struct OfficialSetsTests {
    private static let halfpipe = """
        scorecard: 1
        id: halfpipe
        title: {zh: U 型场地, en: Halfpipe}
        panel: {judges: 6}
        total: {max: 100}
        ties: {end: shared}
        parts:
          - id: R
            title: {zh: 轮次, en: Runs}
            attempts: {count: 3, keep: best}
            aspects:
              - id: score
                title: {zh: 总体印象, en: Overall impression}
                score: {min: 0, max: 100, step: 1}
                aggregate: {trimmed: {high: 1, low: 1}}
                round: {places: 2}
        """

    @Test func everyRunAndRankOfTheHalfpipeComesOut() throws {
        let rows = try Fixtures.table("halfpipe/marks.csv").map {
            "\($0["entrant"] ?? ""),R,score,\($0["judge"] ?? ""),\($0["mark"] ?? ""),\($0["run"] ?? "")"
        }
        let (standings, tally) = try Counting.standings(Self.halfpipe, rows)
        var runs = 0
        for run in try Fixtures.table("halfpipe/runs.csv") {
            let official = run["official_score"] ?? ""
            guard !official.isEmpty, let number = Int(run["run"] ?? "") else { continue }
            let row = try #require(EntrantID(run["entrant"] ?? "").flatMap(standings.row(of:)))
            let score = try #require(try tally.score(of: row.entrant.id))
            let found = score.parts[0].attempts[number - 1].value
            #expect(try found?.text(Rounding(places: 2)) == official)
            runs += 1
        }
        #expect(runs == 24)
        let ranks = try Fixtures.table("halfpipe/ranks.csv")
        #expect(ranks.count == 12)
        for rank in ranks {
            let row = try #require(EntrantID(rank["entrant"] ?? "").flatMap(standings.row(of:)))
            #expect(row.rank == Int(rank["official_rank"] ?? ""))
            #expect(row.shownTotal == rank["official_best"])
        }
    }

    /// One card a factor; each component a part of its own, weighed and rounded again.
    private func skating(_ names: [String], factor: String) -> String {
        let parts = names.enumerated().map { index, name in
            """
              - id: C\(index)
                title: {zh: \(name), en: \(name)}
                weight: \(factor)
                round_weighted: {places: 2}
                aspects:
                  - id: mark
                    title: {zh: \(name), en: \(name)}
                    score: {min: 0.25, max: 10, step: 0.25}
                    aggregate: {trimmed: {high: 1, low: 1}}
                    round: {places: 2}
            """
        }
        return """
            scorecard: 1
            id: components
            title: {zh: 节目内容分, en: Components}
            panel: {judges: 9, minimum: 3}
            total: {max: open}
            ties: {end: shared}
            parts:
            \(parts.joined(separator: "\n"))
            """
    }

    @Test func everyComponentAndComponentTotalOfTheSkatingComesOut() throws {
        let aspects = try Fixtures.table("trimmed_mean_skating/aspects.csv").filter {
            $0["section"] == "c"
        }
        let marks = Dictionary(
            grouping: try Fixtures.table("trimmed_mean_skating/marks.csv"),
            by: { $0["aspect"] ?? "" }
        )
        let performances = try Fixtures.table("trimmed_mean_skating/performances.csv")
        let byPerformance = Dictionary(grouping: aspects, by: { $0["performance"] ?? "" })
        var components = 0
        var totals = 0
        // One factor holds for all components of a performance.
        let groups = Dictionary(grouping: performances) { performance in
            let own = byPerformance[performance["performance"] ?? ""] ?? []
            return "\(own.count)|\(own.first?["factor"] ?? "")"
        }
        for (key, group) in groups.sorted(by: { $0.key < $1.key }) {
            let count = Int(key.split(separator: "|")[0]) ?? 0
            let factor = String(key.split(separator: "|").last ?? "1")
            guard count > 0 else { continue }
            var rows: [String] = []
            for performance in group {
                let id = performance["performance"] ?? ""
                for (index, aspect) in (byPerformance[id] ?? []).enumerated() {
                    for mark in marks[aspect["aspect"] ?? ""] ?? [] where mark["mark"] != "0" {
                        rows.append(
                            "\(id),C\(index),mark,\(mark["judge"] ?? ""),\(mark["mark"] ?? ""),"
                        )
                    }
                }
            }
            let names = (0..<count).map { "component \($0)" }
            let (standings, _) = try Counting.standings(skating(names, factor: factor), rows)
            for performance in group {
                let id = performance["performance"] ?? ""
                let row = try #require(EntrantID(id).flatMap(standings.row(of:)))
                for (index, aspect) in (byPerformance[id] ?? []).enumerated() {
                    let found = row.parts[index].outcome.value
                    let official = try DecimalText(aspect["official_panel_score"] ?? "").value
                    #expect(found == official, "\(id) \(aspect["criterion"] ?? "")")
                    components += 1
                }
                let official = try DecimalText(performance["official_components"] ?? "").value
                #expect(row.total.value == official, "\(id)")
                totals += 1
            }
        }
        #expect(components == aspects.count)
        #expect(totals > 100)
    }

    @Test func everyAwardAndPositionOfKazan2019ComesOut() throws {
        let rows = try Fixtures.table("worldskills_medals_2019.csv")
        let names: [String: Award] = [
            "Gold": .gold, "Silver": .silver, "Bronze": .bronze,
            "Medallion for Excellence": .medallion, "": .none,
        ]
        for (skill, group) in Dictionary(grouping: rows, by: { $0["skill"] ?? "" }) {
            let scores = group.compactMap { Int($0["scaled_score"] ?? "") }
            let awards = try AwardPolicy("worldskills-2019-2024")
                .awards(scores.map { Rational($0) })
            for (row, award) in zip(group, awards) {
                #expect(award.award == names[row["official_award"] ?? "?"], "\(skill)")
                #expect(award.position.map(String.init) == row["official_position"], "\(skill)")
            }
        }
        #expect(rows.count == 651)
    }

    /// Elements as given, components counted, deductions taken off: every total and place, ties told
    /// apart by the elements in short segments and by the components in free ones.
    @Test func everySegmentTotalAndPlaceOfTheSkatingComesOut() throws {
        let aspects = Dictionary(
            grouping: try Fixtures.table("trimmed_mean_skating/aspects.csv").filter {
                $0["section"] == "c"
            },
            by: { $0["performance"] ?? "" }
        )
        let marks = Dictionary(
            grouping: try Fixtures.table("trimmed_mean_skating/marks.csv"),
            by: { $0["aspect"] ?? "" }
        )
        let segments = Dictionary(
            grouping: try Fixtures.table("trimmed_mean_skating/performances.csv"),
            by: { ($0["competition"] ?? "") + ($0["segment"] ?? "") }
        )
        var places = 0
        for (name, group) in segments {
            let first = aspects[group[0]["performance"] ?? ""] ?? []
            var rows: [String] = []
            for performance in group {
                let id = performance["entrant"] ?? ""
                rows.append("\(id),E,e,,\(performance["official_elements"] ?? "")")
                rows.append("\(id),D,d,,\(performance["official_deductions"] ?? "")")
                for (index, aspect) in (aspects[performance["performance"] ?? ""] ?? [])
                    .enumerated()
                {
                    for mark in marks[aspect["aspect"] ?? ""] ?? [] where mark["mark"] != "0" {
                        rows.append(
                            "\(id),C,c\(index),\(mark["judge"] ?? ""),\(mark["mark"] ?? "")"
                        )
                    }
                }
            }
            let isShort = name.contains("SHORT")
            let card = segment(first.compactMap { $0["factor"] }, tie: isShort ? "E" : "C")
            let standings = try Counting.standings(card, rows).standings
            for performance in group {
                let id = performance["entrant"] ?? ""
                let row = try #require(EntrantID(id).flatMap(standings.row(of:)))
                #expect(row.shownTotal == performance["official_total"], "\(name) \(id)")
                #expect(row.rank.map(String.init) == performance["official_rank"], "\(name) \(id)")
                places += 1
            }
        }
        #expect(places == 474)
    }

    private func segment(_ factors: [String], tie: String) -> String {
        let components = factors.enumerated().map { index, factor in
            """
                  - id: c\(index)
                    title: {zh: 内容, en: Component}
                    score: {min: 0.25, max: 10, step: 0.25}
                    aggregate: {trimmed: {high: 1, low: 1}}
                    round: {places: 2}
                    weight: \(factor)
                    round_weighted: {places: 2}
            """
        }
        return """
            scorecard: 1
            id: segment
            title: {zh: 单项, en: Segment}
            panel: {judges: 9, minimum: 3}
            total: {max: open}
            ties: {keys: [{marks: \(tie)}], end: shared}
            parts:
              - id: E
                title: {zh: 技术, en: Elements}
                aspects: [{id: e, title: {zh: 技术, en: Elements}, score: {max: 999, step: 0.01}, aggregate: agreed}]
              - id: C
                title: {zh: 内容, en: Components}
                aspects:
            \(components.joined(separator: "\n"))
              - id: D
                title: {zh: 扣分, en: Deductions}
                weight: -1
                aspects: [{id: d, title: {zh: 扣分, en: Deductions}, score: {max: 99, step: 0.5}, aggregate: agreed}]
            """
    }

    /// The places of all finals from 1957: shared, but from 1989 the first place is told apart by the
    /// number of twelves, then tens, and so on.
    @Test func everyPlaceOfTheSongContestComesOut() throws {
        let points = Dictionary(
            grouping: try Fixtures.table("countback_song/points.csv"),
            by: { $0["year"] ?? "" }
        )
        let places = Dictionary(
            grouping: try Fixtures.table("countback_song/places.csv"),
            by: { $0["year"] ?? "" }
        )
        var checked = 0
        for (year, list) in places {
            let entrants = list.compactMap { $0["entrant"] }
            let given = points[year] ?? []
            let voters = Set(given.compactMap { $0["voter"] })
            var rows: [String] = []
            for voter in voters {
                let own = Dictionary(
                    given.filter { $0["voter"] == voter }
                        .map { ($0["entrant"] ?? "", $0["points"] ?? "") },
                    uniquingKeysWith: { first, _ in first }
                )
                for entrant in entrants {
                    rows.append("\(entrant),V,v,\(voter),\(own[entrant] ?? "0")")
                }
            }
            let key = (Int(year) ?? 0) >= 1989 ? "keys: [{countback_marks: [V], for: first}], " : ""
            let card = """
                scorecard: 1
                id: song
                title: {zh: 歌, en: Song}
                total: {max: open, round: {places: 0}}
                ties: {\(key)end: shared}
                parts:
                  - id: V
                    title: {zh: 票, en: Votes}
                    aspects: [{id: v, title: {zh: 分, en: Points}, score: {max: 100}, aggregate: sum}]
                """
            let standings = try Counting.standings(card, rows).standings
            for place in list {
                let id = place["entrant"] ?? ""
                let row = try #require(EntrantID(id).flatMap(standings.row(of:)))
                #expect(row.shownTotal == place["official_points"], "\(year) \(id)")
                #expect(row.rank.map(String.init) == place["official_place"], "\(year) \(id)")
                checked += 1
            }
        }
        #expect(checked > 900)
    }

    /// Grades of elements become values by the fitted table, the highest and lowest are dropped, the
    /// mean is rounded: every grade of execution whose judges' values are all in the table.
    @Test func everyGradeOfExecutionThatTheTableKnowsComesOut() throws {
        let columns = ["minus3", "minus2", "minus1", "plus1", "plus2", "plus3"]
        let grades = [-3, -2, -1, 1, 2, 3]
        let values = Dictionary(
            try Fixtures.table("trimmed_mean_skating/grade_values.csv").map { row in
                var list = [0: "0"]
                for (grade, column) in zip(grades, columns) where row[column] != "" {
                    list[grade] = row[column]
                }
                return (row["element"] ?? "", list)
            },
            uniquingKeysWith: { first, _ in first }
        )
        let marks = Dictionary(
            grouping: try Fixtures.table("trimmed_mean_skating/marks.csv"),
            by: { $0["aspect"] ?? "" }
        )
        let elements = Dictionary(
            grouping: try Fixtures.table("trimmed_mean_skating/aspects.csv").filter {
                $0["section"] == "e"
            },
            by: { $0["criterion"] ?? "" }
        )
        var checked = 0
        for (element, aspects) in elements {
            guard let known = values[element], known.count > 1 else { continue }
            let options = known.sorted { $0.key < $1.key }.map { "{code: \($0), marks: \($1)}" }
            let card = """
                scorecard: 1
                id: goe
                title: {zh: 执行分, en: Grade of execution}
                panel: {judges: 9, minimum: 3}
                total: {max: open}
                ties: {end: shared}
                parts:
                  - id: G
                    title: {zh: 执行分, en: Grade of execution}
                    aspects:
                      - id: g
                        title: {zh: 等级, en: Grade}
                        options: [\(options.joined(separator: ", "))]
                        aggregate: {trimmed: {high: 1, low: 1}}
                        round: {places: 2}
                """
            let whole = aspects.filter { aspect in
                let own = marks[aspect["aspect"] ?? ""] ?? []
                return !own.isEmpty && own.allSatisfy { known[Int($0["mark"] ?? "") ?? 99] != nil }
            }
            let rows = whole.flatMap { aspect in
                (marks[aspect["aspect"] ?? ""] ?? []).map {
                    "\(aspect["aspect"] ?? ""),G,g,\($0["judge"] ?? ""),\($0["mark"] ?? "")"
                }
            }
            guard !rows.isEmpty else { continue }
            let standings = try Counting.standings(card, rows).standings
            for aspect in whole {
                let row = try #require(
                    EntrantID(aspect["aspect"] ?? "").flatMap(standings.row(of:))
                )
                let official = try DecimalText(aspect["official_goe"] ?? "").value
                #expect(row.total.value == official, "\(element) \(aspect["aspect"] ?? "")")
                checked += 1
            }
        }
        // Of 4,275: 28 have no marks, 348 a grade that the table lacks, one an element it knows nothing of.
        #expect(checked == 3_898)
    }
}
