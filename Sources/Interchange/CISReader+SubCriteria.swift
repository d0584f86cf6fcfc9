internal import Findings

extension CISReader {
    /// Begins the sub-criterion or criterion that a row names; gives the columns that it used.
    func beginSubCriterion(
        _ cell: Workbook.Cell,
        _ row: Workbook.Row
    ) -> Set<CISColumns.Field> {
        let name = CISLabel.line(self.cell(.name, row)?.text ?? "")
        let dayCell = self.cell(.day, row)
        guard let id = CISLabel.subCriterion(cell.text) else {
            // A criterion may have a row of its own above its sub-criteria.
            if let letter = CISLabel.letter(cell.text) {
                let at = criterion(letter, at: cell.address)
                if criteria[at].title.isEmpty { criteria[at].title = name }
                self.letter = letter
                hasSubCriterion = false
                return [.id, .name]
            }
            guard !name.isEmpty || dayCell != nil else { return [] }
            beginUnnamed(cell)
            return [.id, .name, .day]
        }
        let text = "\(id.letter)\(id.number)"
        if let headed = columns?.letter, headed != id.letter {
            hasLostAspects = true
            log.report(
                "cis.criterion",
                "评分子项 \(text) 在评分项 \(headed) 的表中",
                "the sub-criterion \(text) stands in the table of criterion \(headed)",
                at: cell.address
            )
        }
        let at = criterion(id.letter, at: cell.address)
        let isRepeated = hasSubCriterion && criteria[at].subCriteria.last?.id == text
        letter = id.letter
        hasSubCriterion = true
        // Some sheets name the sub-criterion again beside each of its aspects.
        if isRepeated, self.cell(.type, row) != nil { return [.id, .name, .day] }
        if criteria[at].subCriteria.contains(where: { $0.id == text }) {
            log.report(
                "cis.duplicate",
                "评分子项 \(text) 重复",
                "the sub-criterion \(text) stands twice",
                at: cell.address
            )
        }
        let day = dayCell.flatMap(day)
        criteria[at].subCriteria.append(
            CISSubCriterion(id: text, title: name, day: day, address: cell.address)
        )
        return [.id, .name, .day]
    }

    /// Begins a sub-criterion whose name can't be read.
    ///
    /// Its aspects are read all the same, so that a person is told of what is wrong in them.
    private func beginUnnamed(_ cell: Workbook.Cell) {
        let text = CISLabel.excerpt(cell.text)
        let letter = letter ?? "?"
        let at = criterion(letter, at: cell.address)
        self.letter = letter
        hasSubCriterion = true
        hasLostAspects = true
        criteria[at].subCriteria.append(
            CISSubCriterion(id: text, title: "", day: nil, address: cell.address)
        )
        log.report(
            "cis.id",
            "“\(text)”不是评分子项编号;应如 A1",
            "\"\(text)\" is no name of a sub-criterion; expected one such as A1",
            at: cell.address
        )
    }

    private func day(_ cell: Workbook.Cell) -> Int? {
        if let day = CISLabel.day(cell.text) { return day }
        let text = CISLabel.excerpt(cell.text)
        log.report(
            "cis.day",
            "“\(text)”不是评分日;应如 1 或 C1",
            "\"\(text)\" is no day of marking; expected one such as 1 or C1",
            at: cell.address,
            severity: .warning
        )
        return nil
    }
}
