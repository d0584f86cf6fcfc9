internal import Competition
internal import Exact
internal import Findings

/// What a cell of a workbook says, as the person who filled it in would have typed it.
enum CellEntry {
    /// The text of a cell without the blanks around it; empty where it holds nothing.
    ///
    /// - Throws: a refusal without a place where the cell holds an error, or a formula without a
    ///   value.
    static func text(_ cell: Workbook.Cell?) throws(Refusal) -> String {
        guard let cell else { return "" }
        switch cell.content {
        case .error(let error):
            throw Refusal(
                "cell.error",
                Text("此格是错误值 \(error)", "this cell holds the error \(error)"),
                hint: Text("写入数值,不要用公式", "type the value, no formula")
            )
        case .uncalculated:
            throw Refusal(
                "cell.uncalculated",
                Text(
                    "此格的公式没有保存结果",
                    "the result of this cell's formula was not saved"
                ),
                hint: Text(
                    "用电子表格程序打开并保存一次,或直接写入数值",
                    "open and save it in a spreadsheet program, or type the value"
                )
            )
        case .text, .number, .truth: return cell.text.trimmingBlanks()
        }
    }

    /// What was entered for an aspect.
    ///
    /// A number that its format makes a time is given in seconds where the aspect takes a measured
    /// value; a share or a day is never a mark.
    static func mark(_ cell: Workbook.Cell?, of aspect: Aspect) throws(Refusal) -> String {
        let text = try text(cell)
        guard let cell, case .number = cell.content else { return text }
        switch cell.kind {
        case .plain: return text
        case .percent:
            throw refused(
                aspect,
                "cell.percent",
                "百分数(值为 \(text))",
                "a percentage (its value is \(text))"
            )
        case .day:
            throw refused(
                aspect,
                "cell.day",
                "日期(值为 \(text));电子表格可能把输入改成了日期",
                "a day (its value is \(text)); the spreadsheet may have made one of what was typed"
            )
        case .hoursMinutes, .seconds:
            guard takesTimes(aspect) else {
                throw refused(
                    aspect,
                    "cell.time",
                    "时刻(值为 \(text))",
                    "a time (its value is \(text))"
                )
            }
            guard cell.kind == .seconds else { throw ambiguous(aspect) }
            guard let seconds = seconds(text) else {
                throw refused(aspect, "cell.time", "不精确的时刻", "a time that is not exact")
            }
            return seconds
        }
    }

    /// Aspects of measured values; a score or a choice is never a time.
    private static func takesTimes(_ aspect: Aspect) -> Bool {
        switch aspect.marking {
        case .bands, .linear, .tolerance: true
        default: false
        }
    }

    /// A part of a day in seconds, to the millisecond, which is as far as spreadsheets count.
    ///
    /// The value was rounded to 10 decimals of a day, which is less than 10⁻⁵ s; what is further from
    /// a whole millisecond was never typed as a time.
    private static func seconds(_ days: String) -> String? {
        guard let days = try? DecimalText(days).value,
            let seconds = try? days.times(Rational(86_400)),
            let rounded = try? seconds.rounded(Rounding(places: 3)),
            let distance = try? seconds.minus(rounded).magnitude,
            let most = try? Rational(1, over: 100_000), distance <= most
        else { return nil }
        return rounded.shortest
    }

    /// `12:34` is typed for minutes and seconds, and kept as hours and minutes.
    private static func ambiguous(_ aspect: Aspect) -> Refusal {
        Refusal(
            "cell.time",
            Text(
                "评分点 \(aspect.id.text) 的格是几时几分的时刻,不知是否指分和秒;应为 \(aspect.expectation.zh)",
                "aspect \(aspect.id.text): the cell is a time in hours and minutes, perhaps meant as minutes and seconds; expected \(aspect.expectation.en)"
            ),
            hint: Text(
                "写秒数(754.5),或写全 0:12:34.5",
                "write the seconds (754.5), or all of it: 0:12:34.5"
            )
        )
    }

    private static func refused(
        _ aspect: Aspect,
        _ code: String,
        _ zh: String,
        _ en: String
    ) -> Refusal {
        Refusal(
            code,
            Text(
                "评分点 \(aspect.id.text) 的格是\(zh);应为 \(aspect.expectation.zh)",
                "aspect \(aspect.id.text): the cell is \(en); expected \(aspect.expectation.en)"
            ),
            hint: Text("把格式设为“常规”,再写一遍", "set the cell's format to General and type it again")
        )
    }
}
