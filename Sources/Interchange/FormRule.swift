internal import Competition
internal import Exact
internal import Findings

/// What may be typed into the cells of an aspect on a form, and how a spreadsheet checks it.
struct FormRule {
    let aspect: Aspect
    /// The words that may stand in place of a mark.
    let words: [String]

    /// The rule.
    ///
    /// - Parameters:
    ///   - address: the aspect's name in the card.
    ///   - cell: the first cell that it is for; a formula is written for that one.
    /// - Returns: the rule, with what a spreadsheet program shows of it.
    func rule(address: String, cell: Workbook.Address) -> WorkbookDraft.CellRule {
        let list = words.joined(separator: "、")
        let expected = aspect.expectation
        var message = Text(expected.zh + "\n或:" + list, expected.en + "\nor: " + list)
        let meanings = Self.meanings(aspect)
        if !meanings.isEmpty {
            message = Text(
                meanings.map { "\($0.code) \($0.text.zh)" }.joined(separator: "\n"),
                meanings.map { "\($0.code) \($0.text.en)" }.joined(separator: "\n")
            )
        }
        return WorkbookDraft.CellRule(
            test(cell.text),
            title: address + " " + aspect.title.zh,
            message: message,
            refusal: Text(
                "应为 \(expected.zh),或 \(list)",
                "expected \(expected.en), or \(list)"
            )
        )
    }

    /// The codes of an aspect that stand for more than a number, with what they stand for.
    static func meanings(_ aspect: Aspect) -> [(code: String, text: Text)] {
        switch aspect.marking {
        case .judgement(_, _, let levels):
            levels.enumerated().map { ("\($0.offset)", $0.element) }
        case .options(let options):
            options.compactMap { option in option.title.map { (option.code.shortest, $0) } }
        default: []
        }
    }

    private func test(_ cell: String) -> WorkbookDraft.CellRule.Test {
        switch aspect.marking {
        case .fullOrZero: .list(["是", "否"] + words)
        case .judgement: .list(["0", "1", "2", "3"] + words)
        case .options(let options): .list(options.map(\.code.shortest) + words)
        default: .formula(formula(cell))
        }
    }

    /// A number within the limits and on the step, or one of the words.
    ///
    /// `IF` and not `OR` alone: reckoning with a word is an error, and `OR` would hand it on. The
    /// step is compared within a millionth, since a spreadsheet's 8.3 is a binary number.
    private func formula(_ cell: String) -> String {
        let range = aspect.marking.range
        let (low, step) = (range.least.shortest, range.step.shortest)
        let steps = range.least == .zero ? "\(cell)/\(step)" : "(\(cell)-(\(low)))/\(step)"
        let listed = words.map { "\(cell)=\"\($0)\"" }.joined(separator: ",")
        return "IF(ISNUMBER(\(cell)),AND(\(cell)>=\(low),\(cell)<=\(range.greatest.shortest),"
            + "ABS(\(steps)-ROUND(\(steps),0))<0.000001),OR(\(listed)))"
    }
}
