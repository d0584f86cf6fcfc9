public import Competition
internal import Foundation
internal import GRDB
public import Seal

/// A sheet that was sent back and still stands.
public struct ReturnedSheet: Sendable, Hashable {
    /// The statement that sent it back.
    public let position: Int
    /// The sheet's own position.
    public let sheet: Int
    /// The aspects (part.aspect) that it was sent back for; empty for all.
    public let aspects: [String]
    /// Why; what ``Record/note(_:)`` opens.
    public let reason: String
}

/// A remark as the record has it.
public struct RemarkRow: Sendable, Hashable {
    /// Its name, by which it is answered.
    public let id: Digest
    /// Its position.
    public let position: Int
    /// The entrant, or the blind number; nil where it is of the item.
    public let entrant: EntrantID?
    /// The unit of the card.
    public let unit: NodeID?
    /// The judge whose sheet it is about.
    public let judge: JudgeID?
    /// The attempt, from 1.
    public let attempt: Int?
    /// The aspect (part.aspect).
    public let aspect: String?
    /// Whether it asks the chief judge.
    public let isFlag: Bool
    /// The appointment that made it.
    public let author: String
    /// What it says; what ``Record/note(_:)`` opens.
    public let words: String
    /// The position of what it answers.
    public let answers: Int?
    /// The position of its answer.
    public let answeredBy: Int?
}

extension Record {
    /// The sheets of an item that were sent back and not yet replaced, by position.
    public func returnedSheets(of item: ItemID) throws -> [ReturnedSheet] {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT sent_back.* FROM sent_back
                    JOIN sheet ON sheet.returned_at = sent_back.position
                    WHERE item = ? AND replaced_by IS NULL ORDER BY sent_back.position
                    """,
                arguments: [item.text]
            ).map { row in
                ReturnedSheet(
                    position: try row.get("position"),
                    sheet: try row.get("sheet"),
                    aspects: (try row.get("aspects") as String).split(separator: " ")
                        .map(String.init),
                    reason: try row.get("reason")
                )
            }
        }
    }

    /// The remarks of an item, by position.
    public func remarks(of item: ItemID) throws -> [RemarkRow] {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT remark.*, statement_id FROM remark JOIN entry USING (position)
                    WHERE item = ? ORDER BY position
                    """,
                arguments: [item.text]
            ).compactMap { row in
                guard let id = Digest(bytes: try row.get("statement_id") as Data) else {
                    return nil
                }
                return RemarkRow(
                    id: id,
                    position: try row.get("position"),
                    entrant: (try row.get("entrant") as String?).flatMap { EntrantID($0) },
                    unit: (try row.get("unit") as String?).flatMap { NodeID($0) },
                    judge: (try row.get("judge") as String?).flatMap { JudgeID($0) },
                    attempt: try row.get("attempt"),
                    aspect: try row.get("aspect"),
                    isFlag: try row.get("is_flag"),
                    author: try row.get("author"),
                    words: try row.get("words"),
                    answers: try row.get("answers"),
                    answeredBy: try row.get("answered_by")
                )
            }
        }
    }

    /// A number that changes whenever another connection or program writes to the record: a desk that
    /// shows the record live asks for it before it reads again.
    public func version() throws -> Int {
        try queue.read { db in try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
    }
}
