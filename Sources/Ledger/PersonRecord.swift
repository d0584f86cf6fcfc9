internal import Foundation
internal import GRDB
public import Seal

/// A person's data in the personal annex, and the salted commitment by which the chain knows them.
public struct PersonRecord: Sendable, Hashable {
    /// The commitment: what the chain holds instead of the person.
    public let commitment: Digest
    /// The salt that opens it; without it nobody can find an ID number by trying all of them.
    public let salt: [UInt8]
    /// Name, ID number and whatever else is known, as canonical JSON.
    public let content: JSONValue

    /// Makes a record and its commitment: `SHA-256(salt ‖ canonical content)`.
    public init(content: JSONValue, salt: [UInt8]) {
        self.content = content
        self.salt = salt
        commitment = Digest(of: salt + content.canonical)
    }

    /// The name.
    public var name: String { content["name"]?.string ?? "" }
    /// The ID number, where it is known.
    public var idNumber: String? { content["id_number"]?.string }

    /// Puts it into the annex; what was erased does not come back with a late delivery.
    func insert(_ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO person SELECT ?1, ?2, ?3
                WHERE NOT EXISTS (SELECT 1 FROM erased WHERE commitment = ?1)
                """
        )
        try statement.execute(arguments: [
            Data(commitment.bytes), Data(salt), Data(content.canonical),
        ])
    }

    init?(_ row: Row) throws {
        guard let content = try? JSONValue(parsing: row.get("content") as Data) else { return nil }
        self.init(content: content, salt: Array(try row.get("salt") as Data))
    }
}
