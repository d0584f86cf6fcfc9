public import Competition
public import Findings

/// The workbook from which WorldSkills' CIS takes a marking scheme, read into a scorecard.
///
/// The sheet stores no names of aspects; they are numbered in their sub-criterion, as CIS does:
/// `A1.1`. What the sheet does not say is set as at WorldSkills: three judges, a spread of one
/// level, each aspect rounded to two decimals, level entrants sharing their place.
///
/// Source: the workbook of EuroSkills 2023, skill 17 (skills17/euroskills-web-development-2023);
/// WSC2026 technical descriptions, 4.2 to 4.7.
public enum CISWorkbook {
    /// A workbook that was read, with what is to be said of it.
    public struct Reading: Sendable {
        /// The card; nil where an error was found.
        public let card: Scorecard?
        /// All that was found, in the order of the cells.
        public let findings: [Finding]
        /// The cell of the type (M or J) of each aspect, by the aspect's name.
        public let provenance: [String: String]
        /// Where everything stands that a criterion, a sub-criterion or an aspect was made of, by
        /// its name: `D31, title E31, section I31, max K31, 0 G32, 1 G33 …`.
        public let cells: [String: String]
        /// The sheet that was read; nil where none was found.
        public let sheet: String?
    }

    /// The names of the sheet that holds the scheme, in lower case.
    static let sheetNames = ["cis marking scheme import", "marking scheme import"]

    /// Reads a workbook from a file.
    public static func read(path: String) -> Reading {
        do {
            return read(try Workbook.read(path: path), file: path)
        } catch {
            return refused(error.findings)
        }
    }

    /// Reads a workbook from the bytes of a file that is known by a name.
    public static func read(_ bytes: [UInt8], name: String) -> Reading {
        do {
            return read(try Workbook.read(bytes, name: name), file: name)
        } catch {
            return refused(error.findings)
        }
    }

    /// Reads a scheme from a workbook that is known by the name of its file.
    public static func read(_ workbook: Workbook, file: String) -> Reading {
        let found = sheetNames.lazy.compactMap { name in
            workbook.sheets.first { CISLabel.fold($0.name) == name }
        }
        guard let sheet = found.first else {
            let names = workbook.sheets.prefix(10).map { CISLabel.excerpt($0.name) }
            let (zh, en) = (names.joined(separator: "、"), names.joined(separator: ", "))
            let finding = Finding(
                "cis.sheet",
                Text(
                    "没有名为“CIS Marking Scheme Import”的工作表;现有:\(zh)",
                    "no sheet is called \"CIS Marking Scheme Import\"; there are: \(en)"
                ),
                at: Place(file: file)
            )
            return refused(workbook.findings + [finding])
        }
        let calculations = CISCalculations(workbook, file: file)
        let reader = CISReader(
            sheet: sheet,
            log: CISLog(file: file, sheet: sheet.name),
            calculations: calculations
        )
        reader.read()
        let builder = CISCardBuilder(
            title: reader.title,
            criteria: reader.criteria,
            log: reader.log,
            calculations: calculations
        )
        // Without every table, what is left would only be said not to add up.
        let card = reader.hasBrokenHeader ? nil : builder.card(reader.stated)
        if card != nil { calculations.reportUnused() }
        let unread = workbook.sheets.filter { other in
            other.name != sheet.name && !other.rows.isEmpty
                && CISLabel.fold(other.name) != CISCalculations.sheetName
        }
        for other in unread.prefix(20) {
            reader.log.report(
                "cis.sheet-unused",
                "工作表“\(CISLabel.excerpt(other.name))”未读取",
                "the sheet \"\(CISLabel.excerpt(other.name))\" was not read",
                at: nil,
                severity: .warning
            )
        }
        let findings = workbook.findings + reader.log.findings + calculations.log.findings
        return Reading(
            card: findings.hasErrors ? nil : card,
            findings: findings,
            provenance: builder.provenance,
            cells: builder.cells,
            sheet: sheet.name
        )
    }

    private static func refused(_ findings: [Finding]) -> Reading {
        Reading(card: nil, findings: findings, provenance: [:], cells: [:], sheet: nil)
    }
}
