import Competition
import Findings
import Foundation
import Scoring
import Seal
import Secretariat
import Snapshots
import Testing

@Suite("A second event under other rules: the WorldSkills-style selection")
struct SelectionTests {
    static let folder = ItemSearchTests.root + "/Events/worldskills-selection"

    @Test("it has six items, invented regions, and says what its rules rest on")
    func event() throws {
        let (event, cards) = try ScorecardDesk.event(Self.folder)
        #expect(event.items.count == 6)
        #expect(cards.count == 6)
        #expect(
            event.items.allSatisfy {
                $0.provenance == .representative && $0.worldSkillsNumber != nil
            }
        )
        #expect(event.delegations.allSatisfy { $0.title.en.hasPrefix("Invented") })
        let notes = event.notes.map(\.en).joined(separator: "\n")
        #expect(notes.contains("all invented") && notes.contains("1.4826"))
    }

    @Test("what it overrides stands in every card, whatever the card says")
    func overrides() throws {
        let card = try ScorecardDesk.find("W02", eventFolder: Self.folder).card
        let own = try ScorecardDesk.find("D13", eventFolder: ItemSearchTests.folder).card
        #expect(card.awards == "worldskills-2019-2024")
        #expect(card.ties == TieRule(keys: [], end: .shared, numbering: .competition))
        #expect(own.awards == "rank-1-2-3" && !own.ties.keys.isEmpty)
        #expect(card.parts == own.parts)
    }

    @Test("initialised and marked, it shows the 700 scale and medals within two points")
    func medals() throws {
        let folder = try SmallWorld.temporaryFolder()
        var settings = Rehearsal.Settings(eventFolder: Self.folder, folder: folder, seed: 2026)
        settings.entrantsPerItem = 7
        settings.vault = .rehearsal
        var rehearsal = try Rehearsal(settings) { _ in }
        try rehearsal.appoint()
        try rehearsal.register()
        try rehearsal.mark()
        for item in rehearsal.items {
            let tally = try rehearsal.office.tally(of: item.id)
            let standings = try rehearsal.office.standings(of: item.id)
            var options = StandingsTable.Options()
            options.awards = true
            let table = StandingsTable(standings, plan: tally.plan, tally: tally, options: options)
            let scaled = try #require(table.header.firstIndex(of: "scaled"), "\(item.id.text)")
            let award = try #require(table.header.firstIndex(of: "award"))
            let ranked = table.rows.filter { !$0[0].isEmpty }
            let scores = ranked.compactMap { Int($0[scaled]) }
            #expect(scores.count == ranked.count && scores.count >= 5)
            // The median of the field stands at 700.
            let middle = scores.sorted()
            let (low, high) = (middle[(middle.count - 1) / 2], middle[middle.count / 2])
            #expect(abs(low + high - 1_400) <= 1, "\(item.id.text): \(scores)")
            #expect(ranked.map { $0[award] } == Self.expected(scores), "\(item.id.text): \(scores)")
        }
    }

    @Test("an item with a standard card is answered with its own, where one stands beside it")
    func ownCard() throws {
        let folder = try SmallWorld.temporaryFolder() + "/tiny"
        try FileManager.default.copyItem(
            atPath: ItemSearchTests.root + "/Tests/Fixtures/tiny-event",
            toPath: folder
        )
        let event = try ScorecardDesk.event(folder).event
        let code = try #require(event.items.first).id.text
        let shared = try ScorecardDesk.find(code, eventFolder: folder)
        #expect(shared.file == folder + "/card.yaml" && shared.findings.isEmpty)
        let text = try String(contentsOfFile: shared.file, encoding: .utf8)
        let own = folder + "/\(code)-own.yaml"
        try text.write(toFile: own, atomically: true, encoding: .utf8)
        let found = try ScorecardDesk.find(code, eventFolder: folder)
        #expect(found.file == own)
        #expect(
            found.findings.map { $0.rendered(in: .en) } == [
                "\(own): note: the event tiny gives \(code) a standard card; this is the item's own [scorecard.not-used]"
            ]
        )
    }

    /// The awards of falling scores, by the rule as it is written down (domain-worldskills 3.1).
    ///
    /// Gold to all within two points of the top; with one gold, silver to all within two of the
    /// next; with one silver, bronze to all within two of the next.
    private static func expected(_ scores: [Int]) -> [String] {
        var awards = scores.map { $0 >= 700 ? "medallion" : "none" }
        func within(_ top: Int?) -> [Int] {
            guard let top else { return [] }
            return scores.indices.filter { scores[$0] <= top && top - scores[$0] <= 2 }
        }
        let golds = within(scores.first)
        func give(_ name: String, _ to: [Int]) { for index in to { awards[index] = name } }
        give("gold", golds)
        func next(after list: [Int]) -> Int? { scores.dropFirst((list.last ?? -1) + 1).first }
        /// Those further down within two points of the last of a colour.
        func trailing(_ list: [Int]) -> [Int] {
            guard let last = list.last else { return [] }
            return scores.indices.filter { $0 > last && scores[last] - scores[$0] <= 2 }
        }
        switch golds.count {
        case 1:
            let silvers = within(next(after: golds))
            give("silver", silvers)
            give("bronze", silvers.count == 1 ? within(next(after: silvers)) : trailing(silvers))
        case 2: give("bronze", within(next(after: golds)))
        default: give("bronze", trailing(golds))
        }
        return awards
    }
}
