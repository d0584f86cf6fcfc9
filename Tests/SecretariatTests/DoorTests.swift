import Competition
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

@Suite struct DoorTests {
    @Test func aMarkIsAcknowledgedAfterItIsDurable() throws {
        #expect(try SmallWorld().record.synchronousLevel() == 2)
    }

    @Test func theSameStatementTwiceGetsItsFirstReceipt() throws {
        let world = try SmallWorld()
        let statement = try world.signed(
            world.sheet("S03-001", unit: 1, judge: "J-S03-01"),
            by: "J-S03-01"
        )
        let first = try world.record.admit([statement], at: 1)
        let second = try world.record.admit([statement], at: 2)
        #expect(second[0].position == first[0].position)
        #expect(second[0].admittedAt == first[0].admittedAt)
        #expect(second[0].isRepeat)
    }

    @Test func aSecondSheetOfTheSameJudgeIsRefusedUnlessItCorrectsTheFirstWithAReason() throws {
        let world = try SmallWorld()
        let first = try world.signed(
            world.sheet("S03-001", unit: 1, judge: "J-S03-01"),
            by: "J-S03-01"
        )
        _ = try world.record.admit([first], at: 1)
        func codes(_ replaces: Digest?, _ reason: String?) throws -> [String] {
            try refusal {
                let sheet = try world.sheet(
                    "S03-001",
                    unit: 1,
                    judge: "J-S03-01",
                    steps: 6,
                    replaces: replaces,
                    reason: reason
                )
                _ = try world.record.admit([try world.signed(sheet, by: "J-S03-01")], at: 2)
            }
        }
        #expect(try codes(nil, nil) == ["sheet.duplicate"])
        #expect(try codes(first.id, nil) == ["sheet.reason"])
        #expect(try codes(Digest(of: [1]), "错记") == ["sheet.replaces"])
        #expect(try codes(first.id, "错记") == [])
    }

    @Test func nobodyMarksForAnotherNorWithoutARoleNorTheOwnDelegation() throws {
        let world = try SmallWorld()
        func codes(_ judge: String?, by name: String, unit: Int = 1) throws -> [String] {
            try refusal {
                let sheet = try world.sheet("S03-001", unit: unit, judge: judge)
                _ = try world.record.admit([try world.signed(sheet, by: name)], at: 1)
            }
        }
        #expect(try codes("J-S03-02", by: "J-S03-01") == ["sheet.other-judge"])
        #expect(try codes("J-S03-01", by: "SV") == ["statement.role"])
        #expect(try codes("J-S03-01", by: "CJ-S03") == ["statement.role"])
        #expect(try codes("J-X", by: "R-S03") == ["sheet.judge"])
        #expect(try codes("J-S03-01", by: "R-S03") == [])
    }

    @Test func aJudgeDoesNotMarkAnEntrantOfTheOwnDelegation() throws {
        let world = try SmallWorld()
        let roster = RosterEntrant(
            id: "S03-099",
            item: "S03",
            delegation: "210100",
            group: "",
            isGuest: false,
            members: []
        )
        _ = try world.office.register([roster], by: try world.ring.key("organiser"))
        for author in ["J-S03-01", "R-S03"] {
            let codes = try refusal {
                let sheet = try world.sheet("S03-099", unit: 1, judge: "J-S03-01")
                _ = try world.record.admit([try world.signed(sheet, by: author)], at: 1)
            }
            #expect(codes == ["sheet.own-delegation"])
        }
    }

    @Test func whoEntersDoesNotConfirmEvenInAnotherRole() throws {
        var world = try SmallWorld()
        // The recorder's person holds a supervisor's key as well.
        try world.appoint("SV-2", .supervisor, person: "P-R-S03")
        let sheet = try world.sheet("S03-001", unit: 1, judge: "J-S03-01")
        let statement = try world.signed(sheet, by: "R-S03")
        _ = try world.record.admit([statement], at: 1)
        func confirm(_ name: String) throws -> [String] {
            try refusal {
                try world.say(
                    .confirm,
                    ["item": "S03", "sheets": [.string(statement.id.hex)]],
                    by: name
                )
            }
        }
        #expect(try confirm("SV-2") == ["confirm.same-person"])
        #expect(try confirm("R-S03") == ["confirm.same-person"])
        #expect(try confirm("SV") == [])
        #expect(try confirm("CJ-S03") == ["confirm.twice"])
    }

    @Test func aBatchIsAdmittedWholeOrNotAtAll() throws {
        let world = try SmallWorld()
        let before = try world.record.length()
        let good = try world.signed(
            world.sheet("S03-001", unit: 1, judge: "J-S03-01"),
            by: "J-S03-01"
        )
        let bad = try world.signed(
            world.sheet("S03-404", unit: 1, judge: "J-S03-01"),
            by: "J-S03-01"
        )
        #expect(
            try refusal { _ = try world.record.admit([good, bad], at: 1) } == ["sheet.entrant"]
        )
        #expect(try world.record.length() == before)
        #expect(try world.record.sheets(of: world.item).isEmpty)
    }

    @Test func aMarkThatTheCardDoesNotAllowIsRefusedAtTheDoor() throws {
        let world = try SmallWorld()
        let sheet = try world.sheet("S03-001", unit: 1, judge: "J-S03-01")
        var marks = sheet.marks
        marks[0] = 1_000_000
        for wrong in [marks, Array(marks.dropLast())] {
            let content = SheetContent(
                item: sheet.item,
                unit: sheet.unit,
                entrant: sheet.entrant,
                judge: sheet.judge,
                attempt: 1,
                card: sheet.card,
                marks: wrong
            )
            let codes = try refusal {
                _ = try world.record.admit([try world.signed(content, by: "J-S03-01")], at: 1)
            }
            #expect(codes == [wrong.count == marks.count ? "sheet.mark" : "sheet.length"])
        }
    }

    @Test func aForgedOrAlteredStatementIsRefused() throws {
        let world = try SmallWorld()
        let statement = try world.signed(
            world.sheet("S03-001", unit: 1, judge: "J-S03-01"),
            by: "J-S03-01"
        )
        let forged = try SignedStatement(
            bytes: statement.bytes,
            signature: [UInt8](repeating: 1, count: 64)
        )
        #expect(
            try refusal { _ = try world.record.admit([forged], at: 1) } == ["statement.signature"]
        )
        #expect(
            try refusal {
                _ = try SignedStatement(
                    bytes: statement.bytes + [0x20],
                    signature: statement.signature
                )
            } == ["statement.form"]
        )
    }

    @Test func anAppointmentNamesWhatItsRoleIsOf() throws {
        var world = try SmallWorld()
        #expect(try refusal { try world.appoint("a", .judge) } == ["appoint.item"])
        #expect(try refusal { try world.appoint("b", .bureau) } == ["appoint.delegation"])
        #expect(try refusal { try world.appoint("c", .judge, item: "S99") } == ["appoint.item"])
        #expect(try refusal { try world.appoint("SV", .supervisor) } == ["key.exists"])
    }

    @Test func aChangedRecordIsFoundAndItsFirstWrongEntryNamed() throws {
        let world = try SmallWorld()
        try world.markAll()
        let changes = [
            "UPDATE entry SET admitted_at = admitted_at + 1 WHERE position = 5",
            "UPDATE entry SET signature = zeroblob(64) WHERE position = 6",
            "DELETE FROM entry WHERE position = 7",
            "UPDATE sheet SET marks = zeroblob(length(marks)) WHERE position = (SELECT min(position) FROM sheet)",
            "UPDATE document SET content = CAST(replace(CAST(content AS TEXT), '1', '2') AS BLOB) WHERE kind = 'scorecard'",
            "UPDATE person SET content = CAST('{}' AS BLOB)",
            "UPDATE entrant SET status = 'absent' WHERE id = 'S03-001'",
        ]
        for change in changes {
            let copy = world.folder + "/copy.laurel"
            try? FileManager.default.removeItem(atPath: copy)
            try run(["sqlite3", world.path, ".backup '\(copy)'"])
            #expect(try Office.open(copy).record.audit().findings.isEmpty)
            try run(["sqlite3", copy, change])
            let findings = try auditFindings(copy)
            #expect(!findings.isEmpty, "\(change)")
        }
    }

    private func auditFindings(_ path: String) throws -> [Finding] {
        do {
            return try Office.open(path).record.audit().findings
        } catch let refusal as Refusal {
            return refusal.findings
        }
    }

    private func run(_ command: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test func aFileThatIsNoRecordIsRefused() throws {
        let folder = try SmallWorld.temporaryFolder()
        let path = folder + "/x.laurel"
        try "not a database".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: (any Error).self) { try Office.open(path) }
        #expect(try refusal { _ = try Office.open(folder + "/absent.laurel") } == ["record.file"])
    }
}
