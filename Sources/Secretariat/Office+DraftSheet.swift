public import Competition
internal import Findings
internal import Ledger
public import Paper
internal import Publishing
internal import Snapshots

extension Office {
    /// The result sheet of an item that is locked and not published yet, for the venue to sign: marked
    /// as a draft across each page, in no record, and naming the hash of the result, which the published
    /// sheet names again.
    ///
    /// - Parameters:
    ///   - item: the item.
    ///   - template: how a page looks.
    /// - Returns: the bytes of the PDF.
    /// - Throws: a ``Findings/Refusal`` where the item is not locked, is published already, is still
    ///   blind, or has no settled standings.
    public func draftSheet(of item: ItemID, on template: PageTemplate) throws -> [UInt8] {
        let contest = try self.item(item.text)
        let progress = try record.progress(of: item)
        if let fault = Self.fault(progress) { throw Refusal(fault) }
        let (tally, standings) = try counted(item)
        let obstacles = Self.obstacles(standings, in: tally, item: item)
        guard obstacles.isEmpty else { throw Refusal(obstacles) }
        let result = try result(contest, standings, try record.entrants(of: item), tally)
        let draft = try snapshot(.provisional, of: [result])
        return try ResultPaper(draft: draft).resultSheet(of: result, on: template)
    }

    private static func fault(_ progress: Progress) -> Finding? {
        let place = Place(file: progress.item.text)
        let item = progress.item.text
        if [.provisional, .final].contains(progress.state) {
            return Finding(
                "draft.published",
                Text(
                    "项目 \(item) 的成绩已发布,请打印发布的成绩单(不加 --draft)",
                    "the results of \(item) are published; print their sheet (without --draft)"
                ),
                at: place
            )
        }
        guard [.locked, .cosigned].contains(progress.state),
            progress.blind.opened == progress.blind.layers
        else {
            return Finding(
                "draft.state",
                Text(
                    "项目 \(item) 须先锁定(加密项目还须解密)才能打印待签的成绩单:\(progress.wanting.zh)",
                    "\(item) must be locked, and revealed where it is blind, before a sheet to be signed is printed: \(progress.wanting.en)"
                ),
                at: place
            )
        }
        return nil
    }
}
