internal import Competition
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

/// The door at work in one transaction: it remembers the end of the chain from one statement to the
/// next.
struct Door {
    let db: Database
    let catalogue: Catalogue
    var previous: Record.Head?
    let now: Int
    var isCarried = false

    enum Answer {
        case admitted(Receipt)
        case refused([Finding])
    }

    mutating func admit(
        _ signed: SignedStatement,
        genuine: Bool,
        house: inout House
    ) throws -> Answer {
        guard genuine else {
            return .refused([
                Admission.refuse(
                    "statement.signature",
                    "签名不成立",
                    "the signature is not the author's"
                )
            ])
        }
        if let receipt = try Record.receipt(of: signed.id, db) { return .admitted(receipt) }
        if !isCarried, let receipt = try repeated(signed, house) { return .admitted(receipt) }
        let faults = try faults(signed, house)
        guard faults.isEmpty else { return .refused(faults) }
        let entry = try Record.append(
            signed,
            db,
            previous: previous,
            now: now,
            house: &house,
            catalogue: catalogue
        )
        if signed.statement.kind == .second {
            try Self.eraseWhatIsErased(entry.receipt.position, db)
        }
        if signed.statement.kind == .settle { try drop(signed.statement.body) }
        previous = entry.head
        return .admitted(entry.receipt)
    }

    private func faults(_ signed: SignedStatement, _ house: House) throws -> [Finding] {
        let query = try db.cachedStatement(
            sql: "SELECT 1 FROM entry WHERE author = ? AND nonce = ?"
        )
        let replayed = try Int.fetchOne(
            query,
            arguments: [Data(signed.statement.author.bytes), Data(signed.statement.nonce)]
        )
        guard replayed == nil else {
            return [
                Admission.refuse(
                    "statement.nonce",
                    "同一密钥已用过这个随机数",
                    "the key has used this nonce before"
                )
            ]
        }
        return try Admission(
            db: db,
            house: house,
            catalogue: catalogue,
            now: max(now, previous?.admittedAt ?? now),
            isCarried: isCarried
        ).check(signed.statement)
    }

    /// Said twice (a tired hand, a retry after a lost answer): what stands already is not said anew.
    ///
    /// Only where saying it twice can't be meant: the same words by the same key, and still so.
    private func repeated(_ signed: SignedStatement, _ house: House) throws -> Receipt? {
        let statement = signed.statement
        switch statement.kind {
        case .sheet:
            guard let sheet = SheetContent(body: statement.body),
                let standing = try StandingSheet.find(sheet, db), standing.marks == sheet.marks,
                try sameWords(statement, at: standing.position)
            else { return nil }
            return try Record.receipt(of: standing.id, db)
        case .lock, .cosign:
            guard let item = statement.body["item"]?.string,
                let position = try Int.fetchOne(
                    db,
                    sql: "SELECT changed_at FROM item_state WHERE item = ?",
                    arguments: [item]
                ), try sameWords(statement, at: position)
            else { return nil }
            return try receipt(at: position)
        case .standing:
            guard let code = statement.body["entrant"]?.string.flatMap({ EntrantID($0) }),
                house.entrants[code]?.status.rawValue == statement.body["status"]?.string
            else { return nil }
            return try earlier(statement)
        case .penalty, .appeal, .confirm, .second, .settle, .payment, .reentry, .reveal, .erase,
            .sendBack:
            return try earlier(statement)
        default: return nil
        }
    }

    /// The latest statement of the author with the same kind and words.
    private func earlier(_ statement: Statement) throws -> Receipt? {
        let query = try db.cachedStatement(
            sql: """
                SELECT max(position) FROM entry
                WHERE author = ? AND kind = ? AND instr(statement, ?) > 0
                """
        )
        let position = try Int.fetchOne(
            query,
            arguments: [
                Data(statement.author.bytes), statement.kind.rawValue, Data(words(statement)),
            ]
        )
        return try position.flatMap(receipt(at:))
    }

    private func words(_ statement: Statement) -> [UInt8] {
        Array("\"body\":".utf8) + statement.body.canonical + Array(",\"event\":".utf8)
    }

    private func sameWords(_ statement: Statement, at position: Int) throws -> Bool {
        let query = try db.cachedStatement(
            sql: """
                SELECT 1 FROM entry WHERE position = ? AND author = ? AND kind = ?
                AND instr(statement, ?) > 0
                """
        )
        return try Int.fetchOne(
            query,
            arguments: [
                position, Data(statement.author.bytes), statement.kind.rawValue,
                Data(words(statement)),
            ]
        ) != nil
    }

    private func receipt(at position: Int) throws -> Receipt? {
        let id = try Data.fetchOne(
            db,
            sql: "SELECT statement_id FROM entry WHERE position = ?",
            arguments: [position]
        )
        return try id.flatMap { Digest(bytes: $0) }.flatMap { try Record.receipt(of: $0, db) }
    }

    /// What a ruling turns away leaves the waiting room.
    private func drop(_ body: JSONValue) throws {
        for value in body["drop"]?.array ?? [] {
            guard let id = value.string.flatMap({ Digest(hex: $0) }) else { continue }
            try db.execute(
                sql: "DELETE FROM held WHERE statement_id = ?",
                arguments: [Data(id.bytes)]
            )
        }
    }

    /// The annex forgets what a seconded erasure names; `secure_delete` overwrites the bytes.
    static func eraseWhatIsErased(_ position: Int, _ db: Database) throws {
        for table in ["person", "note"] {
            try db.execute(
                sql: """
                    DELETE FROM \(table) WHERE commitment IN
                    (SELECT commitment FROM erased WHERE position = ?)
                    """,
                arguments: [position]
            )
        }
    }
}
