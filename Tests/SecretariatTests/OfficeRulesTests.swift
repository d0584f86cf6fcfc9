import Snapshots
import Scoring
import Competition
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// Second entries, appeals, reopening, keys: the rules of the competition office, at the door.
@Suite struct OfficeRulesTests {
    // MARK: Second entry

    @Test func equalSecondEntriesConfirmASheetAndOthersTellOnlyWhereTheyDiffer() throws {
        var settings = TinyWorld.Settings()
        settings.doubleEntry = "recorder"
        var world = try TinyWorld(settings)
        try world.appoint("R-2", .recorder, item: "S01")
        try world.hand(world.sheet("S01-001", "J-S01-01", [300, 150]), by: "R-S01")
        let first = try #require(try world.record.unconfirmedSheets(of: world.item).first)
        let body: JSONValue = ["item": "S01", "sheets": [.string(first.hex)]]
        #expect(try world.codes(.confirm, body, by: "SV") == ["confirm.double"])
        func again(_ marks: [Int32], by name: String) throws -> [String] {
            let content = try world.sheet("S01-001", "J-S01-01", marks)
            let receipt = try world.say(.reentry, content.body, by: name)
            return try world.record.differences(at: receipt.position)
        }
        #expect(try refusal { _ = try again([300, 150], by: "R-S01") } == ["reentry.same-person"])
        #expect(try again([300, 155], by: "R-2") == ["P.q"])
        #expect(try world.record.progress(of: world.item).differing == ["S01-001/P/J-S01-01: P.q"])
        #expect(try world.codes(.confirm, body, by: "SV") == ["confirm.differs"])
        // The second had misread: the paper says what the first entered.
        #expect(try again([300, 150], by: "R-2") == [])
        #expect(try world.record.progress(of: world.item).unconfirmed == 0)
        #expect(
            try refusal { _ = try again([300, 150], by: "SV") } == ["reentry.confirmed"]
        )
        // What a judge entered is not a recorder's: a confirmation is enough.
        try world.hand(world.sheet("S01-001", "J-S01-02", [310, 150]), by: "J-S01-02")
        try world.confirmAll()
        #expect(try world.record.progress(of: world.item).unconfirmed == 0)
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func aSecondEntryNeedsAFirstAndOnlyMarksThatTheCardAllows() throws {
        let world = try TinyWorld()
        let sheet = try world.sheet("S01-001", nil, [200]).body
        #expect(try world.codes(.reentry, sheet, by: "SV") == ["reentry.first"])
        try world.hand(world.sheet("S01-001", nil, [200]), by: "R-S01")
        let wrong = try world.sheet("S01-001", nil, [9_999]).body
        #expect(try world.codes(.reentry, wrong, by: "SV") == ["sheet.mark"])
    }

    // MARK: Said twice

    @Test func aDoubleSubmissionIsAnsweredWithTheFirstReceipt() throws {
        let world = try TinyWorld()
        let sheet = try world.sheet("S01-001", nil, [200])
        let first = try world.hand(sheet, by: "R-S01")
        // Another nonce, the same words: a retry after an answer that was lost.
        let again = try world.hand(sheet, by: "R-S01")
        #expect(again.isRepeat && again.position == first.position)
        var violation = Violation(
            item: world.item,
            subject: "S01-001",
            measure: .deduction,
            conduct: "超时(虚构)"
        )
        violation.deduction = "5"
        let chief = try world.ring.key("CJ-S01")
        let taken = try world.office.enter(violation, by: chief)
        #expect(try world.office.enter(violation, by: chief).position == taken.position)
        #expect(try world.record.violations().count == 1)
        // Another occasion is another violation.
        violation.occurredAt = "第二场"
        #expect(try world.office.enter(violation, by: chief).position != taken.position)
        try world.advance(to: .confirmed)
        try world.lock()
        let length = try world.record.length()
        try world.lock()
        #expect(try world.record.length() == length)
    }

    @Test func aReplayWithAFalseSignatureGetsNoReceipt() throws {
        let world = try TinyWorld()
        let sheet = try world.signed(.sheet, world.sheet("S01-001", nil, [200]).body, by: "R-S01")
        _ = try world.record.admit([sheet], at: world.clock.now)
        let forged = try SignedStatement(
            bytes: sheet.bytes,
            signature: [UInt8](repeating: 3, count: 64)
        )
        #expect(
            try refusal { _ = try world.record.admit([forged], at: 1) } == ["statement.signature"]
        )
    }

    @Test func admissionNeverGoesBackInTime() throws {
        let world = try TinyWorld()
        let before = try world.hand(world.sheet("S01-001", nil, [200]), by: "R-S01").admittedAt
        world.clock.advance(minutes: -60)
        let after = try world.hand(world.sheet("S01-002", nil, [200]), by: "R-S01").admittedAt
        #expect(after == before)
    }

    // MARK: Appeals and reopening

    @Test func anAppealComesWithinItsWindowAndNothingIsFinalBeforeItIsRuledOn() throws {
        var world = try TinyWorld()
        try world.appoint("L-210100", .delegationLeader, delegation: "210100")
        try world.advance(to: .provisional)
        let leader = try world.ring.key("L-210300")
        world.clock.advance(minutes: 120)
        let appeal = try world.office.appeal(
            world.item,
            "S01-001",
            grounds: "漏记(虚构)",
            by: leader
        )
        #expect(
            try world.codes(
                .appeal,
                ["entrant": "S01-001", "grounds": "x", "item": "S01"],
                by: "L-210100"
            ) == ["appeal.delegation"]
        )
        world.clock.advance(minutes: 1)
        #expect(
            try world.codes(
                .appeal,
                ["entrant": "S01-001", "grounds": "迟了", "item": "S01"],
                by: "L-210300"
            ) == ["appeal.window"]
        )
        let organiser = try world.ring.key("organiser")
        #expect(
            try refusal { _ = try world.office.publish(.final, by: organiser) }
                == ["publish.appeal"]
        )
        let row = try #require(try world.record.appeals().first)
        #expect(row.position == appeal.position)
        #expect(try world.record.note(row.grounds) == "漏记(虚构)")
        _ = try world.office.rule(
            on: row,
            upheld: false,
            reason: "查无此事",
            consequences: nil,
            by: try world.ring.key("arb")
        )
        _ = try world.office.publish(.final, by: organiser)
        #expect(try world.record.progress(of: world.item).state == .final)
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func theWindowIsThatOfTheFirstProvisionalResultsAndBeginsAnewAfterAReopening() throws {
        let world = try TinyWorld()
        try world.advance(to: .provisional)
        let organiser = try world.ring.key("organiser")
        world.clock.advance(minutes: 100)
        _ = try world.office.publish(.provisional, by: organiser)
        #expect(
            try refusal { _ = try world.office.publish(.final, by: organiser) }
                == ["publish.window"]
        )
        world.clock.advance(minutes: 21)
        try world.say(.reopen, ["item": "S01", "reason": "更正"], by: "arb")
        #expect(try world.record.progress(of: world.item).state == .provisional)
        _ = try world.office.second(world.item, by: "SV", in: world.ring)
        #expect(try world.record.progress(of: world.item).state == .confirmed)
        try world.lock()
        try world.cosign()
        #expect(
            try refusal { _ = try world.office.publish(.final, by: organiser) }
                == ["publish.state"]
        )
        _ = try world.office.publish(.provisional, by: organiser)
        #expect(
            try refusal { _ = try world.office.publish(.final, by: organiser) }
                == ["publish.window"]
        )
    }

    @Test func whatARulingSetsGoingIsListedBeforeItIsEnteredAndKeptWithIt() throws {
        let world = try TinyWorld()
        try world.advance(to: .provisional)
        let appeal = try world.office.appeal(
            world.item,
            "S01-001",
            grounds: "对手违规(虚构)",
            by: try world.ring.key("L-210300")
        )
        let length = try world.record.length()
        let remedy = Remedy.ruling(
            entrant: "S01-003",
            deduct: nil,
            void: nil,
            status: .disqualified
        )
        let consequences = try world.office.consequences(of: remedy, in: world.item)
        #expect(try world.record.length() == length, "nothing is written")
        let lines = consequences.lines.map(\.en)
        #expect(lines.contains { $0.hasPrefix("S01-003: place, total, award 1 → –") })
        #expect(lines.contains { $0.hasPrefix("S01-002: place, total, award 2 → 1") })
        let row = try #require(try world.record.appeals().first { $0.position == appeal.position })
        _ = try world.office.rule(
            on: row,
            upheld: true,
            reason: "属实",
            consequences: consequences,
            by: try world.ring.key("arb")
        )
        #expect(try world.record.documents(kind: "consequences").count == 1)
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func theRegisterOfViolationsHoldsEntrantsJudgesAndStaff() throws {
        let world = try TinyWorld()
        let arbitration = try world.ring.key("arb")
        func enter(_ change: (inout Violation) -> Void) throws -> [String] {
            var violation = Violation(
                item: world.item,
                subject: "S01-001",
                measure: .deduction,
                conduct: "干扰他人(虚构)"
            )
            change(&violation)
            return try refusal { _ = try world.office.enter(violation, by: arbitration) }
        }
        #expect(try enter { $0.deduction = "5" } == [])
        #expect(try enter { $0.deduction = "-5" } == ["penalty.deduction"])
        #expect(try enter { $0.voidPart = "Z" } == ["penalty.part"])
        #expect(try enter { $0.subject = "S01-404" } == ["statement.entrant"])
        #expect(
            try enter {
                $0.voidPart = "P"
                $0.measure = .voidPart
                $0.subject = "S01-002"
            } == []
        )
        #expect(
            try enter {
                $0.measure = .disqualification
                $0.subject = "S01-003"
            } == []
        )
        #expect(
            try enter {
                $0.offender = .judge
                $0.subject = "J-S01-01"
                $0.measure = .seriousWarning
            } == []
        )
        #expect(
            try enter {
                $0.offender = .staff
                $0.subject = "场务甲"
                $0.measure = .disqualification
            } == ["penalty.subject"]
        )
        #expect(try enter { $0.conduct = "" } == ["statement.reason"])
        try world.markAll()
        let rows = try world.office.standings(of: world.item).rows
        func total(_ code: String) -> String? {
            rows.first { $0.entrant.id.text == code }?.shownTotal
        }
        #expect(total("S01-001") == "60.00")
        #expect(total("S01-002") == "20.50")
        #expect(total("S01-003") == nil)
        #expect(
            try world.record.violations().map(\.measure) == [
                .deduction, .voidPart, .disqualification, .seriousWarning,
            ]
        )
    }

    // MARK: Keys

    @Test func aKeyIsChangedByItsHolderOrAnOrganiserAndTheOldOneSpeaksNoMore() throws {
        var world = try TinyWorld()
        let old = try world.ring.key("J-S01-01")
        _ = try world.office.rotate("J-S01-01", by: nil, in: &world.ring)
        let sheet = try world.sheet("S01-001", "J-S01-01", [300, 150]).body
        let stale = try world.office.statement(.sheet, sheet, by: old)
        #expect(
            try refusal { _ = try world.record.admit([stale], at: 1) } == ["statement.role"]
        )
        try world.say(.sheet, sheet, by: "J-S01-01")
        // Under another's key, and without the new key's proof, nothing changes.
        let thief = try world.ring.make("thief")
        func body(_ proof: [UInt8]) -> JSONValue {
            [
                "key": .string(thief.verifying.hex), "name": "J-S01-02",
                "proof": .string(proof.hex),
            ]
        }
        let target = try world.ring.key("J-S01-02").verifying
        let proof = try thief.sign(
            Record.rotationProof(event: "tiny", name: "J-S01-02", old: target)
        )
        #expect(try world.codes(.rotate, body(proof), by: "J-S01-01") == ["rotate.other"])
        #expect(try world.codes(.rotate, body([1]), by: "J-S01-02") == ["rotate.proof"])
        #expect(try world.codes(.rotate, body(proof), by: "organiser") == [])
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func aRevokedKeySpeaksForNothingAndIsNeverAppointedAgain() throws {
        let world = try TinyWorld()
        let lost = try world.ring.key("J-S01-01").verifying
        let body: JSONValue = ["key": .string(lost.hex), "reason": "遗失"]
        #expect(try world.codes(.revoke, body, by: "J-S01-02") == ["revoke.other"])
        try world.say(.revoke, body, by: "J-S01-01")
        let sheet = try world.sheet("S01-001", "J-S01-01", [300, 150]).body
        #expect(try world.codes(.sheet, sheet, by: "J-S01-01") == ["key.revoked"])
        let appointment = Office.appointment(
            name: "J-S01-09",
            key: lost,
            role: .judge,
            person: "P-9",
            item: "S01"
        )
        #expect(try world.codes(.appoint, appointment, by: "organiser") == ["key.revoked"])
        // The organiser's last key stays: nobody could lead the record any more.
        try world.say(.dismiss, ["name": "organiser-2", "reason": "换人"], by: "organiser")
        let root = try world.ring.key("organiser").verifying
        #expect(
            try world.codes(
                .revoke,
                ["key": .string(root.hex), "reason": "x"],
                by: "organiser"
            ) == ["revoke.last"]
        )
    }

    @Test func anotherOrganisersCheckpointHoldsInTheAudit() throws {
        let world = try TinyWorld()
        try world.advance(to: .cosigned)
        _ = try world.office.publish(.provisional, by: try world.ring.key("organiser-2"))
        let report = try world.record.audit()
        #expect(report.findings.isEmpty)
        #expect(report.checkpoints == 1)
        #expect(report.isReplayed)
    }
}
