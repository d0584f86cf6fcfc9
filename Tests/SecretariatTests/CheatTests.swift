import Snapshots
import Competition
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// What a stranger found who tried to get round the office's rules.
@Suite struct CheatTests {
    @Test func onlyAnOrganiserOrAuditorSignsACheckpoint() throws {
        let world = try TinyWorld()
        for name in ["J-S01-01", "CJ-S01", "SV"] {
            let key = try world.ring.key(name)
            #expect(
                try refusal { _ = try world.record.checkpoint(origin: "laurel/tiny", key: key) }
                    == ["checkpoint.role"]
            )
        }
        _ = try world.record.checkpoint(origin: "laurel/tiny", key: try world.ring.key("au"))
        let report = try world.record.audit()
        #expect(report.findings.isEmpty && report.checkpoints == 1)
    }

    @Test func anUpheldAppealWithARemedyIsActedOnBeforeAnythingIsFinal() throws {
        let world = try TinyWorld()
        try world.advance(to: .provisional)
        let appeal = try world.office.appeal(
            world.item,
            "S01-001",
            grounds: "漏记(虚构)",
            by: try world.ring.key("L-210300")
        )
        let remedy = Remedy.ruling(entrant: "S01-003", deduct: "5", void: nil, status: nil)
        let row = try #require(try world.record.appeals().first { $0.position == appeal.position })
        _ = try world.office.rule(
            on: row,
            upheld: true,
            reason: "属实",
            consequences: try world.office.consequences(of: remedy, in: world.item),
            by: try world.ring.key("arb")
        )
        world.clock.advance(minutes: 121)
        let organiser = try world.ring.key("organiser")
        #expect(
            try refusal { _ = try world.office.publish(.final, by: organiser) }
                == ["publish.remedy"]
        )
        try world.say(.reopen, ["item": "S01", "reason": "更正"], by: "arb")
        _ = try world.office.second(world.item, by: "SV", in: world.ring)
        var violation = Violation(
            item: world.item,
            subject: "S01-003",
            measure: .deduction,
            conduct: "裁决(虚构)"
        )
        violation.deduction = "5"
        _ = try world.office.enter(violation, by: try world.ring.key("arb"))
        try world.lock()
        try world.cosign()
        _ = try world.office.publish(.provisional, by: organiser)
        world.clock.advance(minutes: 121)
        _ = try world.office.publish(.final, by: organiser)
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func nobodyRulesOnTheOwnAppealOrTheOwnDelegation() throws {
        var world = try TinyWorld()
        try world.appoint("two", .arbitration, person: "P-L-210300")
        try world.appoint("A-9", .arbitration, delegation: "210100")
        let body: JSONValue = [
            "deduction": "5", "entrant": "S01-002", "item": "S01", "reason": "x",
        ]
        #expect(try world.codes(.penalty, body, by: "A-9") == ["ruling.own-delegation"])
        try world.advance(to: .provisional)
        let appeal = try world.office.appeal(
            world.item,
            "S01-001",
            grounds: "漏记(虚构)",
            by: try world.ring.key("L-210300")
        )
        let ruling: JSONValue = [
            "appeal": .int(appeal.position), "item": "S01", "reason": "x", "upheld": true,
        ]
        #expect(try world.codes(.ruling, ruling, by: "two") == ["ruling.same-person"])
        #expect(try world.codes(.ruling, ruling, by: "arb") == [])
        #expect(
            try refusal {
                _ = try world.office.consequences(
                    of: .ruling(entrant: "S01-001", deduct: "-20", void: nil, status: nil),
                    in: world.item
                )
            } == ["penalty.deduction"]
        )
    }

    @Test func aLeaderOfADelegationIsNoNeutralJudge() throws {
        var world = try TinyWorld()
        func codes(_ delegation: String?) throws -> [String] {
            try refusal {
                var copy = world
                try copy.appoint(
                    "J-\(delegation ?? "none")",
                    .judge,
                    person: "P-L-210300",
                    item: "S02",
                    delegation: delegation
                )
                world = copy
            }
        }
        #expect(try codes(nil) == ["appoint.recusal"])
        #expect(try codes("210100") == ["appoint.recusal"])
        #expect(try codes("210300") == [])
    }

    @Test func whoHoldsBlindNumbersIsNotMadeAJudgeAfterwards() throws {
        var settings = TinyWorld.Settings()
        settings.blind = 1
        var world = try TinyWorld(settings)
        try world.drawAll()
        for role in [Role.judge, .recorder, .chiefJudge] {
            #expect(
                try refusal { try world.appoint("X-\(role)", role, person: "P-E-1", item: "S01") }
                    == ["draw.marks"]
            )
        }
    }

    @Test func anEntrantsCodeIsNotWrittenAsABlindNumber() throws {
        var settings = TinyWorld.Settings()
        settings.blind = 1
        let world = try TinyWorld(settings)
        let entrant = RosterEntrant(
            id: "S01-A001",
            item: "S01",
            delegation: "210300",
            group: "worker",
            isGuest: false,
            members: []
        )
        let organiser = try world.ring.key("organiser")
        #expect(
            try refusal { _ = try world.office.register([entrant], by: organiser) }
                == ["entrants.number"]
        )
    }

    @Test func aBureauPullsTheWinnersOfItsOwnCityOnly() throws {
        let world = try TinyWorld()
        let bureau = try world.ring.key("B-210100")
        func codes(_ city: String, by key: SigningKey) throws -> [String] {
            try refusal { _ = try world.office.notePull(city: city, count: 1, by: key) }
        }
        #expect(try codes("210200", by: bureau) == ["pull.other-city"])
        #expect(try codes("999999", by: bureau) == ["pull.city"])
        #expect(try codes("210100", by: bureau) == [])
        #expect(try codes("210200", by: world.ring.key("organiser")) == [])
    }

    @Test func textsThatVanishOrNamePeopleAreFoundAndErased() throws {
        let world = try TinyWorld()
        try world.advance(to: .cosigned)
        // A reason that names an entrant hangs on no entrant; erasing finds it by the name.
        _ = try world.office.say(
            .reopen,
            [.init("item", "S01")],
            "reason",
            "虚人2 的成绩有误",
            by: try world.ring.key("arb")
        )
        let copy = world.folder + "/copy.laurel"
        try world.record.backup(to: copy)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", copy, "DELETE FROM note"]
        try process.run()
        process.waitUntilExit()
        #expect(try Office.open(copy).record.audit().findings.map(\.code) == ["audit.note"])
        _ = try world.office.askErasure(
            of: "S01-002",
            in: world.item,
            reason: "依法申请",
            by: try world.ring.key("organiser")
        )
        _ = try world.office.second(nil, kind: .erase, by: "au", in: world.ring)
        #expect(try world.record.notes(holding: ["虚人2"]).isEmpty)
        let report = try world.record.audit()
        #expect(report.findings.isEmpty)
        // The centre's bundle carries nobody's words.
        let bytes = try Data(world.record.bundle(of: [world.item]).bytes)
        #expect(bytes.range(of: Data("虚人".utf8)) == nil)
    }

    @Test func honoursWaitUntilResultsAreSettled() throws {
        let world = try TinyWorld()
        try world.advance(to: .provisional)
        let body: JSONValue = [
            "action": "propose", "entrant": "S01-001", "honour": "h/1", "item": "S01",
            "kind": "conferred", "person": "00", "rule": "h", "snapshot": "00",
        ]
        try world.say(.honour, body, by: "organiser")
        let confer: JSONValue = ["action": "confer", "honour": "h/1"]
        #expect(try world.codes(.honour, confer, by: "organiser-2") == ["honour.results"])
        world.clock.advance(minutes: 121)
        _ = try world.office.publish(.final, by: try world.ring.key("organiser"))
        #expect(try world.codes(.honour, confer, by: "organiser-2") == [])
    }

    @Test func singleMarksAreNotShownBeforeTheLockButToThoseWhoAnswerForTheItem() throws {
        let world = try TinyWorld()
        try world.advance(to: .confirmed)
        func codes(_ name: String?) throws -> [String] {
            try refusal {
                let key = try name.map { try world.ring.key($0).verifying }
                try world.office.mayLookAtMarks(of: world.item, by: key)
            }
        }
        #expect(try codes(nil) == ["marks.role"])
        #expect(try codes("R-S01") == ["marks.role"])
        #expect(try codes("SV") == ["marks.role"])
        #expect(try codes("CJ-S01") == [])
        #expect(try codes("au") == [])
        try world.lock()
        #expect(try codes(nil) == [])
    }

    @Test func aSheetIsCorrectedByTheMarksThatChangeAndTheReason() throws {
        let world = try TinyWorld()
        try world.markAll()
        try world.confirmAll()
        func correct(_ rows: String, by name: String = "R-S01") throws -> [String] {
            let file = world.folder + "/right.csv"
            try ("entrant,part,aspect,judge,mark\n" + rows).write(
                toFile: file,
                atomically: true,
                encoding: .utf8
            )
            return try refusal {
                _ = try world.office.correct(
                    file,
                    item: world.item,
                    reason: "误记",
                    by: try world.ring.key(name)
                )
            }
        }
        #expect(try correct("S01-001,P,q,J-S01-01,15\n") == ["correct.same"])
        #expect(try correct("S01-009,P,q,J-S01-01,15\n") == ["correct.none"])
        #expect(try correct("S01-001,P,q,J-S01-01,16\n", by: "SV") == ["statement.role"])
        #expect(try correct("S01-001,P,q,J-S01-01,16\n") == [])
        let sheet = try world.record.sheets(of: world.item).first {
            $0.entrant.text == "S01-001" && $0.judge?.text == "J-S01-01"
        }
        #expect(sheet?.marks == [300, 160])
        #expect(try world.record.progress(of: world.item).unconfirmed == 1)
    }
}
