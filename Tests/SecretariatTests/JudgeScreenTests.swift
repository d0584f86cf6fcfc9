import Competition
import Desk
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Terminal
import Testing

/// The judge's desk on a screen, without a terminal: keys in, frames out.
@Suite struct JudgeScreenTests {
    /// Every kind of entry that a judge meets.
    static let kinds = """
        - {id: yes, title: {zh: 有无, en: There or not}, full_or_zero: {max: 20}, aggregate: mean}
        - id: eye
          title: {zh: 观感, en: By eye}
          judgement:
            max: 25
            spread: 1
            levels:
              - {zh: 未达要求, en: Below the standard}
              - {zh: 达到要求, en: Meets the standard}
              - {zh: 优于要求, en: Above the standard}
              - {zh: 出色, en: Outstanding}
          aggregate: mean
        - {id: mark, title: {zh: 打分, en: Score}, score: {max: 10, step: 0.5}, aggregate: mean}
        - {id: dev, title: {zh: 偏差, en: Deviation}, tolerance: {max: 15, free: 1, per: 1, loss: 1, step: 0.1, limit: 20}, aggregate: mean}
        """

    private func world(_ aspects: String? = nil) throws -> TinyWorld {
        var settings = TinyWorld.Settings()
        if let aspects { settings.aspects = aspects }
        return try TinyWorld(settings)
    }

    private func desk(_ world: TinyWorld, _ name: String = "J-S01-01") throws -> MarkingDesk {
        try MarkingDesk(office: world.office, item: world.item, name: name, ring: world.ring)
    }

    private func screen(
        _ world: TinyWorld,
        _ name: String = "J-S01-01",
        _ language: Language = .en
    ) throws -> JudgeScreen {
        JudgeScreen(desk: try desk(world, name), language: language)
    }

    private func type(_ keys: String, on screen: JudgeScreen) {
        for key in keys {
            _ = screen.press(key == "\n" ? .enter : .character(key))
        }
    }

    private func text(_ screen: JudgeScreen, rows: Int = 24, columns: Int = 80) -> String {
        screen.frame(Size(rows: rows, columns: columns)).text
    }

    @Test func aKeyAfterWhichNoValueCanStandIsRefusedWithTheReason() throws {
        let screen = try screen(try world())
        type("4", on: screen)
        type("1", on: screen)
        #expect(text(screen).contains("mark 41 is out of range"))
        type("0.3", on: screen)
        #expect(text(screen).contains("mark 40.3"))
        #expect(text(screen).contains("> 40."))
        type("\n", on: screen)
        #expect(screen.desk.progress.entered == 1)
        #expect(screen.field?.column == 1)
    }

    @Test func oneKeyValuesMoveOnByThemselvesAndAnEnterFromHabitSkipsNothing() throws {
        let screen = try screen(try world(Self.kinds))
        type("y", on: screen)
        #expect(screen.field?.column == 1)
        type("\n", on: screen)
        #expect(screen.field?.column == 1)
        type("3\n7.5\n-2.5\n", on: screen)
        #expect(screen.field == MarkingDesk.Field(task: 1, column: 0))
        let values = (0..<4).map { screen.desk.value(MarkingDesk.Field(task: 0, column: $0)) }
        #expect(values == [1, 3, 75, -25])
        #expect(text(screen).contains("is complete; now S01-003"))
    }

    @Test func whatAnInputMethodLeavesIsReadAsItIsMeant() throws {
        let screen = try screen(try world())
        type("３０。５\n１５\n", on: screen)
        let values = (0..<2).map { screen.desk.value(MarkingDesk.Field(task: 0, column: $0)) }
        #expect(values == [305, 150])
        type("？", on: screen)
        #expect(text(screen).contains("not attempted, which is not a 0"))
    }

    @Test func theBenchmarkTextsStandBesideTheirScores() throws {
        let zh = try screen(try world(Self.kinds), "J-S01-01", .zh)
        type("y", on: zh)
        for size in [(24, 80), (40, 120)] {
            let shown = text(zh, rows: size.0, columns: size.1)
            for level in ["0  未达要求", "1  达到要求", "2  优于要求", "3  出色"] {
                #expect(shown.contains(level))
            }
        }
    }

    @Test func undoTakesBackOneValueAtATimeAcrossSittings() throws {
        let world = try world()
        do {
            let first = try screen(world)
            type("30\n15\n31\n", on: first)
        }
        let screen = try screen(world)
        type("u", on: screen)
        #expect(screen.desk.progress.entered == 2)
        #expect(screen.field == MarkingDesk.Field(task: 1, column: 0))
        type("uu", on: screen)
        #expect(screen.desk.progress.entered == 0)
        type("u", on: screen)
        #expect(text(screen).contains("nothing to take back"))
    }

    /// The desk is dropped after every key, as a killed terminal drops it.
    @Test func afterEveryKeyTheNextSittingStandsOnTheSameFieldWithTheSameValues() throws {
        let keys = "y3" + "7.5\n" + "-2.5\n" + "n2x" + "u" + "o" + "1\n" + "u" + "x" + "3\n"
        let world = try world(Self.kinds)
        var field: MarkingDesk.Field?
        var values: [Int32] = []
        var typed = ""
        for (number, key) in keys.enumerated() {
            let screen = try screen(world)
            if number > 0 {
                #expect(screen.field == field, "before key \(number), \(key)")
                let all = screen.desk.fields(in: .entrant).map { screen.desk.value($0) }
                #expect(all == values, "before key \(number), \(key)")
            }
            // What was typed and not yet accepted is typed again, as the judge would.
            type(typed, on: screen)
            type(String(key), on: screen)
            let moved = screen.field != field || key == "\n" || "ynxuo".contains(key)
            typed = moved && number > 0 ? "" : typed + String(key)
            if screen.desk.slot(screen.field ?? MarkingDesk.Field(task: 0, column: 0))
                .aspect.isOneKey
            {
                typed = ""
            }
            field = screen.field
            values = screen.desk.fields(in: .entrant).map { screen.desk.value($0) }
        }
        #expect(values.filter { $0 != StoredMark.empty }.count >= 6)
    }

    @Test func totalsAreShownOnlyWhereTheEventShowsThem() throws {
        for shows in [false, true] {
            var settings = TinyWorld.Settings()
            settings.showsTotals = shows
            let screen = try screen(try TinyWorld(settings))
            type("30\n15\n", on: screen)
            _ = screen.press(.up)
            #expect(text(screen).contains("this sheet 45") == shows)
        }
    }

    /// Whatever is pressed, the frame fits the window, line for line.
    @Test(
        arguments: [Language.zh, .en],
        [Size(rows: 24, columns: 80), Size(rows: 40, columns: 120)]
    )
    func everyFrameFitsItsWindow(language: Language, size: Size) throws {
        let world = try world(Self.kinds)
        let screen = try screen(world, "R-S01", language)
        var generator = SplitMix(state: 7)
        let keys: [Key] =
            "0123yn.-xcfruodgs?q一".map { .character($0) } + [
                .enter, .escape, .up, .down, .pageUp, .pageDown, .tab, .backspace, .delete, .help,
                .home, .end, .left, .right, .resize, .other,
            ]
        for _ in 0..<600 {
            _ = screen.press(keys[Int(generator.next() % UInt64(keys.count))])
            let frame = screen.frame(size)
            #expect(frame.lines.count == size.rows)
            #expect(frame.lines.allSatisfy { $0.width <= size.columns })
            if let cursor = frame.cursor { #expect(cursor.row < size.rows) }
        }
    }

    @Test func aWindowThatIsTooSmallSaysSoAndLosesNothing() throws {
        let screen = try screen(try world())
        type("30\n", on: screen)
        #expect(text(screen, rows: 20, columns: 60).contains("at least 80×24"))
        #expect(screen.desk.progress.entered == 1)
    }

    // MARK: What comes back

    @Test func aSheetThatWasSentBackSaysForWhatAndAsksForTheReason() throws {
        let world = try world()
        let judge = try screen(world)
        type("30\n15\n31\n16\n", on: judge)
        type("y", on: judge)
        #expect(text(judge).contains("Write each receipt on its paper form"))
        let place = MarkingBoard.Place(
            entrant: try #require(EntrantID("S01-001")),
            unit: 1,
            judge: JudgeID("J-S01-01"),
            attempt: 1
        )
        let chief = try world.ring.key("CJ-S01")
        _ = try world.office.sendBack(
            place,
            aspects: ["P.q"],
            of: world.item,
            reason: "fifteen of thirty? (invented)",
            by: chief
        )
        // From the overview the record is read again.
        _ = judge.press(.escape)
        type("l", on: judge)
        _ = judge.press(.escape)
        #expect(text(judge).contains("sent back P.q: fifteen of thirty? (invented)"))
        #expect(judge.field?.column == 1)
        type("25\n", on: judge)
        #expect(text(judge).contains("why it is corrected, or upheld"))
        type("a slip of the pen\n", on: judge)
        type("s", on: judge)
        #expect(text(judge).contains("1 sheets are ready"))
        type("y", on: judge)
        let sheets = try world.record.sheets(of: world.item)
        #expect(sheets.first { $0.entrant == place.entrant }?.marks == [300, 250])
        #expect(try world.record.returnedSheets(of: world.item).isEmpty)
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func scoresTooFarApartComeBackOnceAllAreInAndNotBefore() throws {
        let world = try world(Self.kinds)
        func mark(_ name: String, _ eye: String) throws {
            let screen = try self.screen(world, name)
            let count = screen.desk.tasks.count
            for _ in 0..<count { type("y" + eye + "5\n" + "0\n", on: screen) }
            type("y", on: screen)
            #expect(screen.desk.tasks.filter { !screen.desk.cameBack($0) }.isEmpty)
        }
        try mark("J-S01-01", "3")
        #expect(try screen(world).desk.tasks.isEmpty)
        try mark("J-S01-02", "1")
        let screen = try screen(world)
        // S01-001 is of neither judge's delegation; the other two have one judge only.
        #expect(screen.desk.tasks.map(\.entrant.text) == ["S01-001"])
        #expect(text(screen).contains("P.eye: the judges gave 1 to 3, more than 1 apart"))
        #expect(screen.desk.fields(in: .entrant).count == 1)
        type("2", on: screen)
        type("we conferred (invented)\n", on: screen)
        type("sy", on: screen)
        #expect(try world.office.board(of: world.item).spreads.isEmpty)
    }

    @Test func aSecondEntryIsBlindAndTellsOnlyWhichAspectsDiffer() throws {
        var settings = TinyWorld.Settings()
        settings.doubleEntry = "all"
        let world = try TinyWorld(settings)
        do {
            let judge = try screen(world)
            type("30\n15\n31\n16\n", on: judge)
            type("y", on: judge)
        }
        let second = try MarkingDesk(
            office: world.office,
            item: world.item,
            name: "R-S01",
            ring: world.ring,
            purpose: .again
        )
        let screen = JudgeScreen(desk: second, language: .en)
        #expect(second.tasks.count == 2)
        #expect(second.progress.entered == 0)
        type("30\n15\n31\n17\n", on: screen)
        type("y", on: screen)
        let shown = text(screen)
        #expect(shown.contains("differs from the first: P.q"))
        let figures = shown.split { !($0.isLetter || $0.isNumber) }
        #expect(!figures.contains("16") && !figures.contains("160"))
        let judge = try self.screen(world)
        #expect(text(judge).contains("the two entries differ: P.q"))
    }

    @Test func aQuestionReachesTheChiefJudgeAtOnceAndTheAnswerComesBack() throws {
        let world = try world()
        let screen = try screen(world)
        type("f", on: screen)
        type("is that joint his? (invented)\n", on: screen)
        let chief = try ChiefDesk(
            office: world.office,
            item: world.item,
            name: "CJ-S01",
            ring: world.ring
        )
        let question = try #require(chief.board.openFlags.first)
        #expect(question.aspect == "P.p")
        #expect(try chief.words(question) == "is that joint his? (invented)")
        _ = try chief.answer(question, words: "it is (invented)")
        _ = screen.press(.escape)
        type("l", on: screen)
        type("a", on: screen)
        #expect(text(screen).contains("Chief judge: it is (invented)"))
    }

    @Test func aCommentGoesIntoTheRecordWithItsSheet() throws {
        let world = try world()
        let screen = try screen(world)
        type("c", on: screen)
        type("chipped edge (invented)\n", on: screen)
        #expect(try world.record.remarks(of: world.item).isEmpty)
        type("30\n15\n", on: screen)
        type("sy", on: screen)
        let remark = try #require(try world.record.remarks(of: world.item).first)
        #expect(remark.aspect == "P.p")
        #expect(!remark.isFlag)
        #expect(try world.record.note(remark.words) == "chipped edge (invented)")
    }

    // MARK: Keystrokes

    /// What the hand does beyond the figures themselves, over every kind of entry.
    @Test func aValueTakesAtMostOneAndAHalfKeysMoreThanItsFigures() throws {
        let world = try world(Self.kinds)
        let screen = try screen(world)
        let values = ["y", "2", "7.5", "-1.5", "n", "3", "10", "12"]
        var keys = 0
        for value in values {
            let before = screen.desk.progress.entered
            for key in value {
                _ = screen.press(.character(key))
                keys += 1
            }
            if screen.desk.progress.entered == before {
                _ = screen.press(.enter)
                keys += 1
            }
            #expect(screen.desk.progress.entered == before + 1)
        }
        let overhead = keys - values.map(\.count).reduce(0, +)
        #expect(overhead * 2 <= values.count * 3)
        #expect(screen.desk.ready.count == 2)
    }
}

/// A small generator of numbers from a seed.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
