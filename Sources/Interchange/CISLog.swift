internal import Findings

/// Collects what is found in a sheet, by its cells.
final class CISLog {
    private let file: String
    private let sheet: String
    private var entries: [(address: Workbook.Address?, finding: Finding)] = []
    private var untold = 0
    private static let most = 1_000

    init(file: String, sheet: String) {
        self.file = file
        self.sheet = sheet
    }

    /// Notes a finding at a cell, or of the whole sheet.
    ///
    /// Past the first thousand only errors are kept one by one, and only two thousand of them.
    func report(
        _ code: String,
        _ zh: String,
        _ en: String,
        at address: Workbook.Address?,
        severity: Severity = .error
    ) {
        let limit = severity == .error ? 2 * Self.most : Self.most
        guard entries.count < limit else {
            untold += 1
            return
        }
        let cell = address.map { "!" + $0.text } ?? ""
        let finding = Finding(
            code,
            Text(zh, en),
            severity: severity,
            at: Place(file: file + "!" + sheet + cell)
        )
        entries.append((address, finding))
    }

    /// All that was found: of the sheet first, then as one reads the cells.
    var findings: [Finding] {
        let sorted = entries.sorted { a, b in
            let (left, right) = (position(a.address), position(b.address))
            return left != right ? left < right : a.finding < b.finding
        }
        guard untold > 0 else { return sorted.map(\.finding) }
        let rest = Finding(
            "cis.more",
            Text("还有 \(untold) 处未一一列出", "\(untold) more were found and not listed"),
            severity: .warning,
            at: Place(file: file + "!" + sheet)
        )
        return sorted.map(\.finding) + [rest]
    }

    private func position(_ address: Workbook.Address?) -> Int {
        address.map { $0.row * (Workbook.Address.lastColumn + 1) + $0.column } ?? 0
    }
}
