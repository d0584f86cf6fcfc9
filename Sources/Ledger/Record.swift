internal import Competition
internal import Findings
internal import Foundation
internal import GRDB
public import Seal
internal import Synchronization

/// What the store cannot do.
public enum RecordError: Error, Sendable, Hashable {
    /// The file is not a record of Laurel's.
    case notARecord(String)
    /// The file was written by a later version.
    case newerVersion(Int)
    /// There is a file already where a new record should be.
    case exists(String)
    /// The record's own content contradicts itself.
    case damaged(String)
}

/// A document that the record holds beside its statements, by the hash of its content.
public struct Document: Sendable, Hashable {
    /// What it is: event, scorecard, honours, snapshot.
    public let kind: String
    /// Its short name.
    public let name: String
    /// Its canonical content.
    public let content: [UInt8]

    /// Makes a document.
    public init(kind: String, name: String, content: [UInt8]) {
        self.kind = kind
        self.name = name
        self.content = content
    }

    /// Its name: the hash of its content.
    public var hash: Digest { Digest(of: content) }
}

/// The record of one event: an append-only list of admitted statements in one SQLite file.
///
/// There is one way to write, ``admit(_:documents:people:at:)``. A statement is acknowledged after it
/// is durable (`synchronous = FULL`). Everything else that the file holds can be made again from the
/// statements, but for the personal annex.
public final class Record: Sendable {
    let queue: DatabaseQueue
    private let cache: Mutex<Cache>
    /// A second connection that only reads, opened when two threads count at once.
    private let second = Mutex<DatabaseQueue?>(nil)

    struct Cache {
        var house = House()
        var catalogue: Catalogue?
        /// What SQLite says of other connections' writes; nil where the house must be read anew.
        var version: Int?
    }

    private init(queue: DatabaseQueue) {
        self.queue = queue
        cache = Mutex(Cache())
    }

    /// Makes a new record from its genesis; refuses to write over any file.
    public static func create(
        path: String,
        genesis: SignedStatement,
        documents: [Document],
        catalogue: Catalogue,
        at now: Int
    ) throws -> Record {
        guard !FileManager.default.fileExists(atPath: path) else { throw RecordError.exists(path) }
        guard genesis.isGenuine, genesis.statement.kind == .genesis else {
            throw Refusal(
                "statement.signature",
                Text("建档陈述的签名不成立", "the genesis is not signed by its key")
            )
        }
        let record = Record(queue: try open(path))
        do {
            try record.queue.write { db in
                try Schema.create(db)
                try Self.insert(documents, db)
                var house = House()
                _ = try Self.append(genesis, db, previous: nil, now: now, house: &house)
            }
        } catch {
            try? record.queue.close()
            for suffix in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: path + suffix)
            }
            throw error
        }
        record.cache.withLock { $0.catalogue = catalogue }
        return record
    }

    /// Opens a record; what the catalogue is read from comes out of the record's own documents.
    public static func open(
        path: String,
        catalogue: ([Document], JSONValue) throws -> Catalogue
    ) throws -> Record {
        guard FileManager.default.fileExists(atPath: path) else {
            throw RecordError.notARecord(path)
        }
        let record = Record(queue: try open(path))
        let (documents, genesis) = try record.queue.read { db in
            let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
            guard application == Schema.applicationID else { throw RecordError.notARecord(path) }
            let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            guard version <= Schema.version else { throw RecordError.newerVersion(version) }
            let bytes = try Data.fetchOne(db, sql: "SELECT statement FROM entry WHERE position = 1")
            guard let bytes, let value = try? JSONValue(parsing: bytes), let body = value["body"]
            else { throw RecordError.damaged("entry 1") }
            return (try Self.documents(db), body)
        }
        let read = try catalogue(documents, genesis)
        record.cache.withLock { $0.catalogue = read }
        return record
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { db in
            // Bytes that are deleted are gone: an erased person leaves nothing in free pages.
            try db.execute(sql: "PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // GRDB turns WAL files to NORMAL after `prepareDatabase`; a mark must survive a power cut.
        try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
        return queue
    }

    func secondReader() throws -> DatabaseQueue {
        try second.withLock { second in
            if let second { return second }
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(30)
            let made = try DatabaseQueue(path: queue.path, configuration: configuration)
            second = made
            return made
        }
    }

    /// Copies the record, whole and at one moment, to a new file.
    public func backup(to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw RecordError.exists(path) }
        let copy = try DatabaseQueue(path: path)
        try queue.backup(to: copy)
        try copy.close()
    }

    /// What SQLite's `synchronous` is on the connection that writes; 2 is FULL.
    public func synchronousLevel() throws -> Int {
        try queue.read { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0 }
    }

    /// The one door: admits statements in order, all or none, and answers with receipts.
    ///
    /// - Parameters:
    ///   - statements: what is said; a statement that was admitted before gets its first receipt.
    ///   - documents: what they name by hash.
    ///   - people: personal data that they commit to.
    ///   - now: the clock of the door, in milliseconds since 1970.
    /// - Returns: a receipt for each statement, in their order.
    /// - Throws: a ``Findings/Refusal`` with a finding for each statement that may not come in; then
    ///   nothing was written.
    public func admit(
        _ statements: [SignedStatement],
        documents: [Document] = [],
        people: [PersonRecord] = [],
        at now: Int
    ) throws -> [Receipt] {
        let genuine = Self.verified(statements)
        return try queue.write { db in
            var (house, catalogue) = try current(db)
            try Self.insert(documents, db)
            for person in people { try person.insert(db) }
            var receipts: [Receipt] = []
            var findings: [Finding] = []
            var previous = try Self.head(db)
            for (index, signed) in statements.enumerated() {
                if let receipt = try Self.receipt(of: signed.id, db) {
                    receipts.append(receipt)
                    continue
                }
                let faults = try Self.faults(
                    signed,
                    genuine: genuine[index],
                    db,
                    house,
                    catalogue
                )
                guard faults.isEmpty else {
                    findings += faults.map { Self.placed($0, index, statements.count) }
                    continue
                }
                let entry = try Self.append(signed, db, previous: previous, now: now, house: &house)
                previous = entry.head
                receipts.append(entry.receipt)
            }
            guard findings.isEmpty else { throw Refusal(findings) }
            try keep(house, db)
            return receipts
        }
    }

    /// Says which of the statements has no place in the record, without writing anything.
    private static func faults(
        _ signed: SignedStatement,
        genuine: Bool,
        _ db: Database,
        _ house: House,
        _ catalogue: Catalogue
    ) throws -> [Finding] {
        guard genuine else {
            return [
                Admission.refuse(
                    "statement.signature",
                    "签名不成立",
                    "the signature is not the author's"
                )
            ]
        }
        let replayed = try Int.fetchOne(
            db,
            sql: "SELECT 1 FROM entry WHERE author = ? AND nonce = ?",
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
        return try Admission(db: db, house: house, catalogue: catalogue).check(signed).findings
    }

    private static func placed(_ finding: Finding, _ index: Int, _ count: Int) -> Finding {
        var placed = finding
        if count > 1 { placed.place = Place(file: "statement", line: index + 1) }
        return placed
    }

    /// Signatures are most of the door's work and need no record: they are checked beside each other.
    static func verified(_ statements: [SignedStatement]) -> [Bool] {
        guard statements.count > 16 else { return statements.map(\.isGenuine) }
        let results = Mutex([Bool](repeating: false, count: statements.count))
        let chunk = (statements.count + 7) / 8
        DispatchQueue.concurrentPerform(iterations: 8) { part in
            let range =
                min(part * chunk, statements.count)..<min((part + 1) * chunk, statements.count)
            let genuine = range.map { statements[$0].isGenuine }
            results.withLock { all in
                for (index, value) in zip(range, genuine) { all[index] = value }
            }
        }
        return results.withLock { $0 }
    }

    // MARK: What the door looks at

    func current(_ db: Database) throws -> (House, Catalogue) {
        let version = try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0
        let (cached, catalogue) = cache.withLock { cache in
            (cache.version == version ? cache.house : nil, cache.catalogue)
        }
        guard let catalogue else { throw RecordError.damaged("catalogue") }
        if let cached { return (cached, catalogue) }
        let house = try House(db)
        cache.withLock { cache in
            cache.house = house
            cache.version = version
        }
        return (house, catalogue)
    }

    /// The cache follows the transaction: kept when it commits, forgotten when it does not.
    private func keep(_ house: House, _ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0
        cache.withLock { $0.version = nil }
        db.afterNextTransaction(
            onCommit: { [self] _ in
                cache.withLock { cache in
                    cache.house = house
                    cache.version = version
                }
            },
            onRollback: { [self] _ in cache.withLock { $0.version = nil } }
        )
    }
}
