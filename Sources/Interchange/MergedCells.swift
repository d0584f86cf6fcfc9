internal import Findings

/// Takes away what stands under merged cells, where nobody who opens the workbook sees it.
enum MergedCells {
    /// The rows with only the first cell of each block left in it, and how many cells were taken
    /// away.
    ///
    /// Blocks must not overlap; so at any row the blocks that cross it stand side by side, and the
    /// one that covers a cell is found by bisection.
    ///
    /// - Complexity: O(*c* log *b*) for *c* cells and *b* blocks, but O(*b* × width) at worst where
    ///   each row ends a block and begins another.
    static func uncover(
        _ rows: [Workbook.Row],
        merges: [Workbook.Block],
        place: Place
    ) throws(Refusal) -> (rows: [Workbook.Row], covered: Int) {
        guard !merges.isEmpty else { return (rows, 0) }
        let blocks = merges.sorted { ($0.first, $0.last) < ($1.first, $1.last) }
        var sweep = Sweep(place: place)
        var next = 0
        var covered = 0
        var result: [Workbook.Row] = []
        result.reserveCapacity(rows.count)
        for row in rows {
            while next < blocks.count, blocks[next].first.row <= row.number {
                try sweep.add(blocks[next])
                next += 1
            }
            sweep.drop(before: row.number)
            let seen = row.cells.filter { !sweep.covers($0.address) }
            covered += row.cells.count - seen.count
            if seen.count == row.cells.count {
                result.append(row)
            } else if !seen.isEmpty {
                result.append(Workbook.Row(number: row.number, cells: seen))
            }
        }
        return (result, covered)
    }

    /// The blocks that cross a row, from the left.
    private struct Sweep {
        let place: Place
        private var blocks: [Workbook.Block] = []
        private var firstEnd = Int.max

        init(place: Place) { self.place = place }

        mutating func add(_ block: Workbook.Block) throws(Refusal) {
            drop(before: block.first.row)
            let at = position(after: block.first.column)
            let clearsLeft = at == 0 || blocks[at - 1].last.column < block.first.column
            let clearsRight = at == blocks.count || blocks[at].first.column > block.last.column
            guard clearsLeft, clearsRight else {
                throw Refusal(
                    "xlsx.merge",
                    Text(
                        "合并区域 \(block.text) 与另一个重叠",
                        "the merged block \(block.text) overlaps another"
                    ),
                    at: place
                )
            }
            blocks.insert(block, at: at)
            firstEnd = min(firstEnd, block.last.row)
        }

        mutating func drop(before row: Int) {
            guard firstEnd < row else { return }
            blocks.removeAll { $0.last.row < row }
            firstEnd = blocks.map(\.last.row).min() ?? .max
        }

        func covers(_ address: Workbook.Address) -> Bool {
            let at = position(after: address.column)
            guard at > 0 else { return false }
            let block = blocks[at - 1]
            return block.last.column >= address.column && block.first != address
        }

        /// How many blocks begin at a column or before.
        private func position(after column: Int) -> Int {
            var low = 0
            var high = blocks.count
            while low < high {
                let middle = (low + high) / 2
                if blocks[middle].first.column <= column { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }
}
