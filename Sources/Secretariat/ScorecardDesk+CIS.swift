public import Competition
internal import Exact
public import Findings
internal import Interchange

extension ScorecardDesk {
    /// A scheme that was imported.
    public struct Import: Sendable {
        /// The card as a file; nil where an error was found.
        public let text: String?
        /// The card; nil where an error was found.
        public let card: Scorecard?
        /// All that was found: every cell that could not be used.
        public let findings: [Finding]
    }

    /// Reads a CIS workbook into a card's file, each value's cell in a comment.
    ///
    /// What is written is read back before it is given out.
    ///
    /// - Parameter path: the workbook.
    /// - Returns: the card's file, and what was found.
    public static func importScheme(_ path: String) -> Import {
        let reading = CISWorkbook.read(path: path)
        guard let card = reading.card else {
            return Import(text: nil, card: nil, findings: reading.findings)
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let sheet = reading.sheet ?? ""
        let text = ScorecardFile.text(
            of: card,
            head: [
                "由 CIS 评分方案工作簿导入:\(name),工作表“\(sheet)”。注释为各值所在的单元格。",
                "Imported from a CIS marking scheme workbook: \(name), sheet \"\(sheet)\". Comments name each value's cell.",
                "工作簿只有一种语言,此处两种语言相同;名次与奖项按 CIS 惯例,请核对。",
                "The workbook has one language, which stands here for both; ties and awards are as in CIS: look at them.",
            ],
            comments: reading.cells
        )
        let again = ScorecardFile.read(text, file: path)
        guard again.card == card else {
            return Import(text: nil, card: nil, findings: reading.findings + again.findings)
        }
        return Import(text: text, card: card, findings: reading.findings)
    }

    /// Writes a card as a CIS workbook.
    ///
    /// - Parameters:
    ///   - found: the card.
    ///   - sections: the sections of its standard, where they are known.
    ///   - language: the language of the texts.
    ///   - path: where the workbook shall stand.
    /// - Returns: what of the card the workbook does not hold.
    /// - Throws: a ``Findings/Refusal`` where it can't be written, or the numbers are too large.
    public static func exportScheme(
        _ found: Found,
        sections: [StandardSection],
        language: Language,
        to path: String
    ) throws -> [Finding] {
        let export = try CISExport(
            found.card,
            sections: sections,
            language: language,
            file: found.file
        )
        guard !export.findings.hasErrors else { throw Refusal(export.findings) }
        try WorkbookWriter.write(export.draft, to: path)
        return export.findings
    }
}
