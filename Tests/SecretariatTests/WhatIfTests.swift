import Seal
import Exact
import Snapshots
import Ledger
import Honours
import Competition
import Findings
import Foundation
import Scoring
import Secretariat
import Testing

@Suite struct WhatIfTests {
    private func marked() throws -> SmallWorld {
        let world = try SmallWorld()
        try world.markAll()
        return world
    }

    private func write(_ world: SmallWorld, _ name: String, _ text: String) throws -> String {
        let path = world.folder + "/" + name
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func aCorrectionShowsPlacesMedalsAndHonoursAndWritesNothing() throws {
        let world = try marked()
        let before = try world.office.standings(of: world.item)
        let last = try #require(before.rows.last?.entrant.id.text)
        let tally = try world.office.tally(of: world.item)
        // The last gets the greatest of everything that the panel agrees on, and so overtakes.
        let rows = try tally.plan.aspects.filter(\.aspect.isAgreed).compactMap { planned in
            let marking = planned.aspect.marking
            let greatest = try marking.bounds().upperBound
            var candidates = [marking.range.greatest, marking.range.least]
            if case .tolerance(let tolerance) = marking { candidates.append(tolerance.target) }
            return try candidates.first { try marking.award($0) == greatest }.map {
                "\(last),\(planned.part.text),\(planned.aspect.id.text),,\($0.shortest)"
            }
        }
        let file = try write(
            world,
            "fix.csv",
            (["entrant,part,aspect,judge,mark"] + rows).joined(separator: "\n") + "\n"
        )
        let length = try world.record.length()
        let result = try world.office.whatIf(world.item, correct: file)
        #expect(result.changes.contains { $0.entrant == last && $0.before.rank == 3 })
        #expect(result.changes.first?.after.rank == 1)
        #expect(result.gained.contains { $0.candidate.entrant == last })
        #expect(!result.lost.isEmpty)
        #expect(try world.record.length() == length)
        #expect(try world.office.standings(of: world.item) == before)
    }

    @Test func theSameCardChangesNothing() throws {
        let world = try marked()
        let card = SmallWorld.root.path + "/Scorecards/S03-chinese-cuisine.yaml"
        let result = try world.office.whatIf(world.item, scorecard: card)
        #expect(result.changes.isEmpty && result.lost.isEmpty && result.gained.isEmpty)
        #expect(!result.findings.contains { $0.code == "what-if.aspect" })
    }

    @Test func anotherAwardsPolicyMovesTheMedals() throws {
        let world = try marked()
        let path = SmallWorld.root.path + "/Scorecards/S03-chinese-cuisine.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
            .replacing("awards: rank-1-2-3", with: "awards: quota:gold=2")
        let result = try world.office.whatIf(
            world.item,
            scorecard: try write(world, "new.yaml", text)
        )
        #expect(
            result.changes.map { "\($0.before.award)>\($0.after.award)" }
                == ["silver>gold", "bronze>none"]
        )
    }

    @Test func anAspectThatTheOldCardLacksIsCalledUnmarked() throws {
        let world = try marked()
        let path = SmallWorld.root.path + "/Scorecards/S03-chinese-cuisine.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let renamed = text.replacing("id: T01", with: "id: T99")
        #expect(renamed != text)
        let result = try world.office.whatIf(
            world.item,
            scorecard: try write(world, "new.yaml", renamed)
        )
        #expect(result.findings.contains { $0.code == "what-if.aspect" })
        #expect(result.changes.allSatisfy { $0.after.rank == nil })
    }

    @Test func theDiagnosisIsForTheChiefJudgeAndTheAuditorOnly() throws {
        var world = try marked()
        try world.appoint("AU", .auditor)
        try world.appoint("CJ-M05", .chiefJudge, item: "M05")
        for name in ["CJ-S03", "AU"] {
            let panel = try world.office.diagnosis(
                of: world.item,
                by: try world.ring.key(name).verifying
            )
            #expect(!panel.judges.isEmpty)
        }
        for name in ["J-S03-01", "SV", "CJ-M05", "organiser"] {
            let key = try world.ring.key(name).verifying
            let codes = try refusal { _ = try world.office.diagnosis(of: world.item, by: key) }
            #expect(codes == ["diagnose.role"], "\(name)")
        }
    }

    @Test func twoThreadsCountWhatOneDoes() throws {
        let world = try marked()
        let items = world.office.catalogue.event.items.map(\.id)
        let together = try world.office.standings(of: items)
        #expect(together.count == items.count)
        for (item, standings) in zip(items, together) {
            #expect(try world.office.standings(of: item) == standings)
        }
    }

    @Test func delegationsAreRankedFromWhatIsPublished() throws {
        let world = try marked()
        #expect(try refusal { _ = try world.office.delegationResults() } == ["teams.unpublished"])
        try world.close()
        try world.publishFinal()
        let table = try DelegationMethod("medal-points").table(
            try world.office.delegationResults()
        )
        #expect(table.map(\.delegation) == ["211400"])
        #expect(table[0].value.shortest == "9")
    }
}
