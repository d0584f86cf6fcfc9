internal import Exact
internal import Findings

/// Reads the row of an aspect, and the rows of its levels.
final class CISAspectReader {
    private let log: CISLog
    private let calculations: CISCalculations
    private let cell: (CISColumns.Field) -> Workbook.Cell?

    /// The columns that were made use of, or of which a finding tells.
    private(set) var used: Set<CISColumns.Field> = []

    init(
        log: CISLog,
        calculations: CISCalculations,
        cell: @escaping (CISColumns.Field) -> Workbook.Cell?
    ) {
        self.log = log
        self.calculations = calculations
        self.cell = cell
    }

    func aspect(_ type: Workbook.Cell, id: String) -> CISAspect {
        used = [.type, .title, .detail, .requirement, .section, .calculation, .max]
        var aspect = CISAspect(id: id, address: type.address, kind: kind(type, id))
        aspect.title = cell(.title).map { CISLabel.line($0.text) } ?? ""
        if aspect.title.isEmpty {
            log.report(
                "cis.description",
                "评分点 \(id) 没有说明",
                "aspect \(id) has no description",
                at: type.address,
                severity: .warning
            )
        }
        aspect.detail = cell(.detail).map { CISLabel.block($0.text) } ?? ""
        aspect.requirement = cell(.requirement).map { CISLabel.block($0.text) } ?? ""
        aspect.section = section(id)
        aspect.max = max(type, id)
        aspect.cells = [
            CISColumns.Field.title, .detail, .requirement, .section, .calculation, .max,
        ]
        .compactMap { field in cell(field).map { "\(field) \($0.address.text)" } }
        if let calculation = cell(.calculation) {
            aspect.calculation = calculations.calculation(calculation.text)
        }
        if let calculation = cell(.calculation),
            aspect.calculation == nil || aspect.kind == .judgement
        {
            let text = CISLabel.excerpt(calculation.text)
            log.report(
                "cis.calculation",
                "评分点 \(id) 的计算“\(text)”未导入;按全分或零分处理",
                "aspect \(id): its calculation \"\(text)\" was not imported; "
                    + "it is taken as full or zero",
                at: calculation.address,
                severity: .warning
            )
            aspect.calculation = nil
        }
        if aspect.kind == .judgement, let score = cell(.score) {
            // Some sheets put the first level on the row of the aspect itself.
            used.insert(.score)
            let text = aspect.detail
            aspect.detail = ""
            level(score, text, of: &aspect)
        }
        return aspect
    }

    private func kind(_ type: Workbook.Cell, _ id: String) -> CISAspect.Kind? {
        switch CISLabel.fold(type.text) {
        case "m", "o", "b", "meas", "measurement": return .measurement
        case "j", "s", "judg", "judgement", "judgment": return .judgement
        case "d":
            log.report(
                "cis.options",
                "评分点 \(id) 是选项式(D),选项未知;按全分或零分处理",
                "aspect \(id) is a choice (D) whose options are unknown; "
                    + "it is taken as full or zero",
                at: type.address,
                severity: .warning
            )
            return .measurement
        default:
            let text = CISLabel.excerpt(type.text)
            log.report(
                "cis.type",
                "评分点 \(id) 的类型“\(text)”不能导入;应为 M 或 J",
                "aspect \(id): the type \"\(text)\" can't be imported; expected M or J",
                at: type.address
            )
            return nil
        }
    }

    private func section(_ id: String) -> Int? {
        guard let cell = cell(.section) else { return nil }
        guard let section = Int(CISLabel.line(cell.text)), (1...99).contains(section) else {
            let text = CISLabel.excerpt(cell.text)
            log.report(
                "cis.section",
                "评分点 \(id) 的标准章节“\(text)”未读取;应为 1 到 99 的整数",
                "aspect \(id): the section \"\(text)\" was not read; expected 1 to 99",
                at: cell.address,
                severity: .warning
            )
            return nil
        }
        return section
    }

    private func max(_ type: Workbook.Cell, _ id: String) -> Rational? {
        guard let cell = cell(.max) else {
            log.report(
                "cis.mark",
                "评分点 \(id) 没有满分",
                "aspect \(id) has no max mark",
                at: type.address
            )
            return nil
        }
        guard let max = number(cell, severity: .error) else { return nil }
        guard max > .zero, max <= Rational(1_000) else {
            log.report(
                "cis.mark",
                "评分点 \(id) 的满分应大于 0,不超过 1000",
                "aspect \(id): the max mark must be above 0 and at most 1000",
                at: cell.address
            )
            return nil
        }
        if let rounded = try? max.rounded(Rounding(places: 2)), rounded != max {
            log.report(
                "cis.decimals",
                "评分点 \(id) 的满分 \(max.shortest) 多于两位小数;得分按两位小数取舍",
                "aspect \(id): the max mark \(max.shortest) has more than two decimals; "
                    + "marks are rounded to two",
                at: cell.address,
                severity: .warning
            )
        }
        return max
    }

    /// Reads the decimal number that a cell holds; says why where it holds none.
    func number(_ cell: Workbook.Cell, severity: Severity) -> Rational? {
        switch cell.content {
        case .number, .text:
            let text = CISLabel.line(cell.text)
            if let number = try? DecimalText(text) { return number.value }
            if let number = try? DecimalText(text.replacing(",", with: ".")) {
                log.report(
                    "cis.comma",
                    "“\(CISLabel.excerpt(text))”中的逗号按小数点读取",
                    "the comma in \"\(CISLabel.excerpt(text))\" was read as a decimal point",
                    at: cell.address,
                    severity: .warning
                )
                return number.value
            }
            log.report(
                "cis.number",
                "“\(CISLabel.excerpt(text))”不是数字",
                "\"\(CISLabel.excerpt(text))\" is not a number",
                at: cell.address,
                severity: severity
            )
        case .uncalculated:
            log.report(
                "cis.uncalculated",
                "此公式没有保存结果;请在表格软件中打开并保存后再导入",
                "no result was saved for this formula; "
                    + "open the workbook in a spreadsheet program, save it and import it again",
                at: cell.address,
                severity: severity
            )
        case .truth, .error:
            log.report(
                "cis.number",
                "“\(CISLabel.excerpt(cell.text))”不是数字",
                "\"\(CISLabel.excerpt(cell.text))\" is not a number",
                at: cell.address,
                severity: severity
            )
        }
        return nil
    }

    /// Reads a level of a judgement into its aspect.
    func level(_ score: Workbook.Cell, _ text: String, of aspect: inout CISAspect) {
        guard let level = Int(CISLabel.line(score.text)), (0...3).contains(level) else {
            let text = CISLabel.excerpt(score.text)
            log.report(
                "cis.level",
                "“\(text)”不是评价等级;应为 0 到 3",
                "\"\(text)\" is no level of a judgement; expected 0 to 3",
                at: score.address
            )
            return
        }
        let benchmark = CISLabel.block(text)
        guard !benchmark.isEmpty else {
            log.report(
                "cis.level",
                "评分点 \(aspect.id) 的等级 \(level) 没有标杆文字",
                "aspect \(aspect.id): level \(level) has no benchmark text",
                at: score.address
            )
            return
        }
        guard aspect.levels[level] == nil else {
            log.report(
                "cis.level",
                "评分点 \(aspect.id) 的等级 \(level) 重复",
                "aspect \(aspect.id): level \(level) stands twice",
                at: score.address
            )
            return
        }
        aspect.levels[level] = benchmark
        let at = cell(.detail)?.address ?? score.address
        aspect.cells.append("\(level) \(at.text)")
    }
}
