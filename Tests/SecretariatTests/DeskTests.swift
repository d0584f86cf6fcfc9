import Competition
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// The judge's desk without a screen.
@Suite struct DeskTests {
    private func desk(_ world: TinyWorld, _ name: String = "J-S01-01") throws -> MarkingDesk {
        try MarkingDesk(office: world.office, item: world.item, name: name, ring: world.ring)
    }

    private func draft(_ world: TinyWorld) -> String {
        world.folder + "/drafts/tiny-S01-J-S01-01.draft"
    }

    @Test func aJudgeSeesTheOwnSheetsAndNobodyElses() throws {
        let world = try TinyWorld()
        let judge = try desk(world)
        // Three entrants, one of the judge's own delegation; two aspects a sheet.
        #expect(judge.tasks.map(\.entrant.text) == ["S01-001", "S01-003"])
        #expect(judge.tasks.allSatisfy { $0.judge?.text == "J-S01-01" })
        #expect(judge.progress.all == 4)
        // A recorder types in everybody's, the panel's too.
        let recorder = try desk(world, "R-S01")
        #expect(recorder.tasks.count == 7)
        #expect(try refusal { _ = try desk(world, "SV") } == ["enter.role"])
        #expect(try refusal { _ = try desk(world, "nobody") } == ["key.unknown"])
    }

    @Test func aValueThatTheCardDoesNotTakeIsRefusedAndTheFieldStaysAsItWas() throws {
        let world = try TinyWorld()
        let judge = try desk(world)
        let field = try #require(judge.fields(in: .entrant).first)
        #expect(try refusal { try judge.enter("41", at: field) } == ["mark.range"])
        #expect(try refusal { try judge.enter("30.2", at: field) } == ["mark.step"])
        #expect(try refusal { try judge.enter("abc", at: field) } == ["mark.not-a-number"])
        #expect(judge.value(field) == StoredMark.empty)
        try judge.enter("３０．５", at: field)
        #expect(judge.value(field) == 305)
    }

    /// After each value the desk is left as a killed terminal leaves it; the next one stands where
    /// this one stood.
    @Test func eachValueIsSafeTheMomentItIsEntered() throws {
        let world = try TinyWorld()
        let texts = ["30", "31", "15", "16"]
        for (number, text) in texts.enumerated() {
            let judge = try desk(world)
            #expect(judge.progress.entered == number)
            let fields = judge.fields(in: .aspect)
            let open = try #require(fields.first { judge.value($0) == StoredMark.empty })
            try judge.enter(text, at: open)
        }
        do {
            let judge = try desk(world)
            #expect(judge.ready.count == 2)
            let receipts = try judge.handIn()
            #expect(receipts.count == 2)
            #expect(judge.tasks.isEmpty)
        }
        // In the order of aspects: p of both entrants, then q of both.
        let marks = try world.record.sheets(of: world.item).map(\.marks)
        #expect(marks == [[300, 150], [310, 160]])
        let next = try desk(world)
        #expect(next.tasks.isEmpty)
    }

    @Test func whatAPowerCutToreIsTheLastValueAtMost() throws {
        let world = try TinyWorld()
        var lengths: [Int] = [0]
        for (number, text) in ["30", "15", "31.5"].enumerated() {
            let judge = try desk(world)
            try judge.enter(text, at: judge.fields(in: .entrant)[number])
            lengths.append(FileManager.default.contents(atPath: draft(world))?.count ?? 0)
        }
        let whole = try #require(FileManager.default.contents(atPath: draft(world)))
        for length in 0...whole.count {
            try whole.prefix(length).write(to: URL(fileURLWithPath: draft(world)))
            let kept = lengths.filter { $0 <= length }.count - 1
            let next = try desk(world)
            #expect(next.progress.entered == kept, "cut at \(length)")
        }
    }

    @Test func aDraftIsSealedAndNobodyElsesKeyOpensIt() throws {
        let world = try TinyWorld()
        let field = MarkingDesk.Field(task: 0, column: 0)
        do {
            let judge = try desk(world)
            try judge.enter("30", at: field)
            try judge.comment("看不清(虚构)", at: field)
        }
        let bytes = try #require(FileManager.default.contents(atPath: draft(world)))
        #expect(bytes.range(of: Data("S01".utf8)) == nil)
        #expect(bytes.range(of: Data("看不清".utf8)) == nil)
        let again = try desk(world)
        #expect(again.comment(field) == "看不清(虚构)")
        // Under another's name it is no draft at all.
        let other = world.folder + "/drafts/tiny-S01-J-S01-02.draft"
        try bytes.write(to: URL(fileURLWithPath: other))
        let stranger = try desk(world, "J-S01-02")
        #expect(stranger.progress.entered == 0)
    }

    @Test func whatWasHandedInLeavesTheDeskAndARetryGetsTheFirstReceipts() throws {
        let world = try TinyWorld()
        var first: [Int] = []
        var kept = Data()
        do {
            let judge = try desk(world)
            for (field, text) in zip(judge.fields(in: .entrant), ["30", "15", "31", "16"]) {
                try judge.enter(text, at: field)
            }
            kept = try #require(FileManager.default.contents(atPath: draft(world)))
            first = try judge.handIn().map(\.receipt.position)
            #expect(judge.tasks.isEmpty)
            #expect(judge.done.count == 2)
        }
        #expect(FileManager.default.contents(atPath: draft(world))?.isEmpty == true)
        // The answer was lost and the draft is still there: nothing is left to hand in.
        try kept.write(to: URL(fileURLWithPath: draft(world)))
        let again = try desk(world)
        #expect(again.tasks.isEmpty)
        #expect(try again.handIn().isEmpty)
        #expect(first.count == 2)
        #expect(try world.record.sheets(of: world.item).map(\.marks) == [[300, 150], [310, 160]])
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func theLastDeskToOpenHasTheDraftAndTheOneLeftBehindKeepsNothing() throws {
        let world = try TinyWorld()
        let left = try desk(world)
        let field = MarkingDesk.Field(task: 0, column: 0)
        try left.enter("30", at: field)
        let judge = try desk(world)
        #expect(judge.value(field) == 300)
        #expect(try refusal { try left.enter("31", at: field) } == ["enter.elsewhere"])
        #expect(left.value(field) == 300)
        try judge.enter("32", at: field)
        #expect(try desk(world).value(field) == 320)
    }

    @Test func whatAnotherDeskHandedInMeanwhileIsNotHandedInAgain() throws {
        let world = try TinyWorld()
        let judge = try desk(world)
        for (field, text) in zip(judge.fields(in: .entrant), ["30", "15", "31", "16"]) {
            try judge.enter(text, at: field)
        }
        // The recorder typed one of the judge's sheets in from paper.
        try world.hand(world.sheet("S01-001", "J-S01-01", [290, 140]), by: "R-S01")
        let handed = try judge.handIn()
        #expect(handed.map(\.task.entrant.text) == ["S01-003"])
        #expect(judge.done.count == 2)
    }

    @Test func notAttemptedIsAWordOfItsOwnAndNoZero() throws {
        let world = try TinyWorld()
        let judge = try desk(world)
        let fields = judge.fields(in: .entrant)
        try judge.markNotAttempted(fields[0])
        try judge.enter("15", at: fields[1])
        _ = try judge.handIn()
        let marks = try world.record.sheets(of: world.item).first?.marks
        #expect(marks == [StoredMark.notAttempted, 150])
    }
}
