internal import Foundation
internal import GRDB
public import Seal

/// Free text in the personal annex (a reason, grounds, what somebody did), which may name people; the
/// chain holds its salted commitment only.
public struct NoteRecord: Sendable, Hashable {
    /// The commitment: what the statement says instead of the text.
    public let commitment: Digest
    /// The salt that opens it.
    public let salt: [UInt8]
    /// The text.
    public let text: String

    /// Makes a note and its commitment: `SHA-256(salt ‖ text)`.
    public init(text: String, salt: [UInt8]) {
        self.text = text
        self.salt = salt
        commitment = Digest(of: salt + Array(text.utf8))
    }

    /// Makes a note whose salt comes from the author's secret key: the same words of the same author
    /// have the same commitment, so that a double submission is known for one, and nobody else can
    /// try words against it.
    public init(text: String, by key: SigningKey) {
        var digest = RunningDigest()
        digest.update(Array("laurel-note/1".utf8))
        digest.update(key.seed)
        digest.update(Array(text.utf8))
        self.init(text: text, salt: Array(digest.digest.bytes.prefix(16)))
    }

    /// Puts it into the annex; what was erased does not come back with a late delivery.
    func insert(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO note SELECT ?1, ?2, ?3
                WHERE NOT EXISTS (SELECT 1 FROM erased WHERE commitment = ?1)
                """,
            arguments: [Data(commitment.bytes), Data(salt), text]
        )
    }
}
