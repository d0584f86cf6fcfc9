import Competition
import Findings
import Ledger
import Seal
import Secretariat
import Snapshots
import Testing

/// What `laurel publish` lists before anything is published, all at once.
@Suite struct RefusedPublicationTests {
    private func findings(
        _ world: TinyWorld,
        _ kind: ResultsKind,
        by name: String = "organiser"
    ) throws -> [Finding] {
        let before = try world.record.length()
        do {
            _ = try world.office.publish(kind, by: try world.ring.key(name))
            return []
        } catch let refusal as Refusal {
            #expect(try world.record.length() == before)
            for finding in refusal.findings {
                #expect(finding.place?.file == "S01", "\(finding)")
                #expect(!finding.message.zh.isEmpty && !finding.message.en.isEmpty)
            }
            return refusal.findings
        }
    }

    private func codes(
        _ world: TinyWorld,
        _ kind: ResultsKind,
        by name: String = "organiser"
    ) throws -> [String] { try findings(world, kind, by: name).map(\.code).sorted() }

    /// Judges of part P differ by two levels on an aspect that allows one, beside a sheet that is
    /// missing and sheets that nobody confirmed.
    @Test func sheetsAndSpreadFailuresAreListedTogether() throws {
        let aspects =
            "- {id: p, title: {zh: 做, en: Work}, judgement: {max: 70, spread: 1, levels: [{zh: 甲, en: a}, {zh: 乙, en: b}, {zh: 丙, en: c}, {zh: 丁, en: d}]}}"
        let world = try TinyWorld(TinyWorld.Settings(aspects: aspects))
        for judge in ["J-S01-01", "J-S01-02"] {
            let mark: Int32 = judge.hasSuffix("1") ? 0 : 2
            try world.hand(try world.sheet("S01-001", judge, [mark]), by: "R-S01")
        }
        let found = try findings(world, .provisional)
        #expect(
            found.map(\.code).sorted() == [
                "publish.sheets", "publish.state", "standings.incomplete",
            ]
        )
        let sheets = try #require(found.first { $0.code == "publish.sheets" })
        #expect(sheets.message.en.contains("not confirmed (S01-001/T/panel"))
        let spread = try #require(found.first { $0.code == "standings.incomplete" })
        #expect(spread.message.en.contains("S01-001"))
        #expect(spread.message.en.contains("1 allowed"))
        #expect(spread.message.zh.contains("须复议重评"))
    }

    @Test func whoEnteredOrConfirmedIsToldBeforeTheDoorBesideTheRest() throws {
        var world = try TinyWorld()
        try world.appoint("organiser-3", .organiser, person: "P-SV")
        try world.advance(to: .confirmed)
        #expect(try codes(world, .provisional) == ["publish.state"])
        #expect(
            try codes(world, .provisional, by: "organiser-3")
                == ["publish.same-person", "publish.state"]
        )
        try world.lock()
        try world.cosign()
        #expect(try codes(world, .provisional, by: "organiser-3") == ["publish.same-person"])
        #expect(try codes(world, .provisional).isEmpty)
    }

    @Test func anAppealTheWindowAndThePersonAreListedTogether() throws {
        var world = try TinyWorld()
        try world.appoint("organiser-3", .organiser, person: "P-SV")
        try world.advance(to: .provisional)
        _ = try world.say(
            .appeal,
            ["entrant": "S01-001", "grounds": "虚构", "item": "S01"],
            by: "L-210300"
        )
        #expect(try codes(world, .final) == ["publish.appeal", "publish.window"])
        #expect(
            try codes(world, .final, by: "organiser-3")
                == ["publish.appeal", "publish.same-person", "publish.window"]
        )
        world.clock.advance(minutes: 200)
        #expect(try codes(world, .final) == ["publish.appeal"])
    }
}
