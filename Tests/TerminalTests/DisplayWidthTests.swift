import Terminal
import Testing

/// Columns of text on a terminal.
@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("Laurel", 6), ("桂冠", 4), ("M05 数控铣", 10), ("８．５", 6), ("e\u{301}", 1),
        ("a\u{1B}[2Jb", 5), ("①", 1), ("😀", 2),
    ])
    func aTextTakesTheColumnsThatTheTerminalGivesIt(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test(arguments: 0...12)
    func aFittedTextTakesExactlyItsColumns(columns: Int) {
        for text in ["", "abc", "评分裁判", "a评b分c", "a very long one, longer than all"] {
            for right in [false, true] {
                let fitted = DisplayWidth.fitted(text, to: columns, alignedRight: right)
                #expect(DisplayWidth.of(fitted) == columns, "\(text) in \(columns)")
            }
        }
    }

    @Test func aWrappedTextLosesNothingAndNoLineIsTooLong() {
        let texts = [
            "灰缝厚度一致,砂浆饱满,无通缝;表面清洁。", "The joints are even, full, and clean.",
            "Tolerance ±2 mm 之内,用 2 m 靠尺检查。", "averyveryverylongwordwithoutablank", "",
        ]
        for text in texts {
            for columns in 8...40 {
                let lines = DisplayWidth.wrapped(text, to: columns)
                #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns })
                let all = lines.joined().filter { $0 != " " }
                #expect(all == text.filter { $0 != " " })
                #expect(!lines.dropFirst().contains { "。,;".contains($0.first ?? "x") })
            }
        }
    }
}
