import Competition
import Exact
import Findings
import Testing

@Suite struct NationalIDTests {
    @Test(arguments: [
        "34052419800101001X", "11010519491231002X", "210100199901010018", "210200200610270021",
    ])
    func validNumbersAreRead(text: String) throws {
        #expect(try NationalID(text).text == text)
    }

    @Test func birthDateAndSexAreReadFromTheNumber() throws {
        let id = try NationalID("11010519491231002x")
        #expect(id.birthDate == Day("1949-12-31"))
        #expect(id.isFemale)
        #expect(id.masked == "110105***********X")
    }

    @Test(arguments: [
        ("219900198502290013", NationalID.Flaw.birthDate), ("210100199901010019", .check),
        ("2101001999010100", .form), ("21010019990101001Y", .form), ("", .form),
    ])
    func invalidNumbersSayWhatIsWrong(text: String, flaw: NationalID.Flaw) {
        #expect(throws: flaw) { try NationalID(text) }
    }
}

@Suite struct MarkReadingTests {
    private func aspect(_ marking: Marking) throws -> Aspect {
        Aspect(
            id: try #require(AspectID("B07")),
            title: Text("平整度", "Flatness"),
            description: nil,
            requirement: nil,
            marking: marking,
            aggregation: .mean,
            roundJudge: nil,
            stage: Stage(),
            coefficient: nil,
            counts: true,
            section: nil
        )
    }

    private func score() throws -> Aspect {
        try aspect(
            .score(
                try #require(
                    MarkRange(
                        least: .zero,
                        greatest: Rational(10),
                        step: try Rational(1, over: 2)
                    )
                )
            )
        )
    }

    @Test(arguments: [("8.5", 85), ("8.50", 85), ("８．５", 85), (" 10 ", 100), ("0", 0)])
    func marksAreStoredAsWholeSteps(text: String, stored: Int32) throws {
        #expect(try score().read(text) == stored)
    }

    @Test func wordsAreNeverNumbers() throws {
        let aspect = try score()
        #expect(try aspect.read("缺考") == StoredMark.absent)
        #expect(try aspect.read("弃权") == StoredMark.withdrew)
        #expect(try aspect.read("Disqualified") == StoredMark.disqualified)
        #expect(try aspect.read("") == StoredMark.empty)
        #expect(try aspect.read("未做") == StoredMark.notAttempted)
    }

    @Test(arguments: [
        ("10.5", "mark.range"), ("-1", "mark.range"), ("8.3", "mark.step"),
        ("8.25", "mark.decimals"), ("优", "mark.not-a-number"),
    ])
    func aBadMarkSaysWhatWasExpected(text: String, code: String) throws {
        let aspect = try score()
        #expect {
            try aspect.read(text)
        } throws: { error in
            (error as? Refusal)?.findings.map(\.code) == [code]
        }
    }

    @Test func theWholeMessageStandsInBothLanguages() throws {
        let aspect = try score()
        do {
            _ = try aspect.read("8.3")
            Issue.record("8.3 was read")
        } catch {
            let finding = try #require(error.findings.first)
            #expect(
                finding.rendered(in: .en)
                    == "error: aspect B07: mark 8.3 is off the step; expected 0 to 10 in steps of 0.5 [mark.step]"
            )
            #expect(
                finding.rendered(in: .zh) == "错误: 评分点 B07 的分数 8.3 不符合步长;应为 0–10,步长 0.5 [mark.step]"
            )
        }
    }

    @Test func timesAreReadAsSeconds() throws {
        let range = try #require(
            MarkRange(least: .zero, greatest: Rational(9999), step: try Rational(1, over: 10))
        )
        let aspect = try aspect(.score(range))
        #expect(try aspect.read("12:03.4") == 7234)
        #expect(try aspect.read("1:00:00") == 36000)
        #expect(throws: Refusal.self) { try aspect.read("12:61") }
    }

    @Test func fullOrZeroReadsYesNoAndItsFullMark() throws {
        let aspect = try aspect(.fullOrZero(max: try Rational(1, over: 2)))
        for yes in ["是", "yes", "1", "0.5"] { #expect(try aspect.read(yes) == 1) }
        for no in ["否", "no", "0"] { #expect(try aspect.read(no) == 0) }
        #expect(throws: Refusal.self) { try aspect.read("0.25") }
    }
}
