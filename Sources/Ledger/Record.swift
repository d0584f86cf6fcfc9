internal import Competition
public import Findings
internal import Foundation
internal import GRDB
public import Seal
internal import Synchronization

/// What the store cannot do.
public enum RecordError: Error, Sendable, Hashable {
    /// What a person is told.
    public var text: Text {
        switch self {
        case .notARecord(let path):
            Text("不是 Laurel 档案:\(path)", "this is no record of Laurel's: \(path)")
        case .newerVersion(let version):
            Text(
                "档案由更新的版本(\(version))写成;请升级 Laurel",
                "the record was written by a later version (\(version)); upgrade Laurel"
            )
        case .exists(let path):
            Text("文件已存在,不会覆盖:\(path)", "the file exists and is not written over: \(path)")
        case .damaged(let what):
            Text("档案已损坏(\(what));请用备份恢复", "the record is damaged (\(what)); restore a backup")
        }
    }

    /// The file is not a record of Laurel's.
    case notARecord(String)
    /// The file was written by a later version.
    case newerVersion(Int)
    /// There is a file already where a new record should be.
    case exists(String)
    /// The record's own content contradicts itself.
    case damaged(String)
}

extension RecordError {
    /// What a person is told of an error of the store below; nil where it is none.
    public static func text(ofStore error: any Error) -> Text? {
        guard let error = error as? DatabaseError else { return nil }
        return switch error.resultCode {
        case .SQLITE_FULL:
            Text("磁盘已满,什么也没有写入", "the disk is full; nothing was written")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            Text(
                "档案正被其他程序占用,请稍后再试;什么也没有写入",
                "the record is in use by another program, try again; nothing was written"
            )
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            Text("档案打不开或不能写入", "the record can't be opened or written")
        case .SQLITE_IOERR:
            Text(
                "磁盘读写出错(SQLite \(error.extendedResultCode.rawValue))",
                "the disk failed to read or write (SQLite \(error.extendedResultCode.rawValue))"
            )
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            Text("档案文件已损坏或不是档案", "the file is damaged, or no record")
        default:
            Text("数据库错误:\(error)", "an error of the database: \(error)")
        }
    }
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
        /// The end of the chain when the house was read.
        var position = 0
    }

    /// Where this is a working copy: the way to the record itself.
    private let way = Mutex<(any Upstream)?>(nil)

    /// Where statements go instead of into this file; nil where this is the record itself.
    public var upstream: (any Upstream)? {
        get { way.withLock { $0 } }
        set { way.withLock { $0 = newValue } }
    }

    /// A working copy that is empty yet.
    init(copyAt queue: DatabaseQueue, catalogue: Catalogue) {
        self.queue = queue
        copy = nil
        cache = Mutex(Cache(catalogue: catalogue))
    }

    /// Where this record is but a copy, made to be read.
    private let copy: TemporaryCopy?

    /// Whether nothing can be written, because the file lies where nothing can.
    public var isReadOnly: Bool { copy != nil }

    private init(queue: DatabaseQueue, copy: TemporaryCopy? = nil) {
        self.queue = queue
        self.copy = copy
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
        // Made under another name: what stands under this one is whole, whenever it is cut off.
        let partial = path + ".partial"
        remove(partial)
        do {
            let queue = try open(partial)
            try queue.write { db in
                try Schema.create(db)
                try Self.insert(documents, db)
                var house = House()
                _ = try Self.append(
                    genesis,
                    db,
                    previous: nil,
                    now: now,
                    house: &house,
                    catalogue: catalogue
                )
            }
            try queue.close()
            try settle(partial, as: path)
        } catch {
            remove(partial)
            throw error
        }
        let record = Record(queue: try open(path))
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
        // On a place that can't be written, such as a stick with its switch on, a copy is read.
        let copy = isWritable(path) ? nil : try temporaryCopy(of: path)
        let record = Record(queue: try open(copy?.path ?? path), copy: copy)
        let version = try record.queue.read { db in
            let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
            guard application == Schema.applicationID else { throw RecordError.notARecord(path) }
            return try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        }
        guard version <= Schema.version else { throw RecordError.newerVersion(version) }
        let (documents, genesis) = try record.queue.read { db in
            let bytes = try Data.fetchOne(db, sql: "SELECT statement FROM entry WHERE position = 1")
            guard let bytes, let value = try? JSONValue(parsing: bytes), let body = value["body"]
            else { throw RecordError.damaged("entry 1") }
            return (try Self.documents(db), body)
        }
        let read = try catalogue(documents, genesis)
        record.cache.withLock { $0.catalogue = read }
        if version < Schema.version {
            // One transaction: a file is of the old schema or of the new, whenever it is cut off.
            try record.queue.write { db in try Migration.run(from: version, db, catalogue: read) }
        }
        return record
    }

    /// A copy that goes when nobody reads it any more.
    private final class TemporaryCopy: Sendable {
        let folder: String
        let path: String

        init(folder: String, name: String) {
            self.folder = folder
            path = folder + "/" + name
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static func isWritable(_ path: String) -> Bool {
        let folder = (path as NSString).deletingLastPathComponent
        // SQLite makes its log beside the file.
        return access(path, W_OK) == 0 && access(folder.isEmpty ? "." : folder, W_OK) == 0
    }

    private static func temporaryCopy(of path: String) throws -> TemporaryCopy {
        let manager = FileManager.default
        let folder = NSTemporaryDirectory() + "laurel-read-" + UUID().uuidString
        try manager.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let copy = TemporaryCopy(folder: folder, name: (path as NSString).lastPathComponent)
        for suffix in ["", "-wal"] where manager.fileExists(atPath: path + suffix) {
            try manager.copyItem(atPath: path + suffix, toPath: copy.path + suffix)
            try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copy.path + suffix)
        }
        return copy
    }

    /// Refuses to write where what is written would go with the copy.
    func mustBeWritable() throws {
        guard isReadOnly else { return }
        throw Refusal(
            "record.read-only",
            Text(
                "档案所在的磁盘或文件是只读的,不能写入",
                "the record lies on a disk, or in a file, that can't be written"
            )
        )
    }

    static func open(_ path: String) throws -> DatabaseQueue {
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

    /// A second way to the same file with a connection of its own, so that whoever reads much need not
    /// wait for whoever writes.
    ///
    /// - Returns: the record once more.
    /// - Throws: what opening the file throws.
    public func beside() throws -> Record {
        let other = Record(queue: try Self.open(queue.path), copy: copy)
        let catalogue = try knownCatalogue()
        other.cache.withLock { $0.catalogue = catalogue }
        return other
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

    /// What SQLite's `synchronous` is on the connection that writes; 2 is FULL.
    public func synchronousLevel() throws -> Int {
        try queue.read { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0 }
    }

    /// The one door: admits statements in order, all or none, and answers with receipts.
    ///
    /// - Parameters:
    ///   - statements: what is said; a statement that was admitted before, or says over again what
    ///     its author has said and what still stands, gets the first receipt.
    ///   - documents: what they name by hash.
    ///   - people: personal data that they commit to.
    ///   - notes: free text that they commit to.
    ///   - now: the clock of the door, in milliseconds since 1970; a clock that has gone back does not
    ///     take the chain back with it.
    /// - Returns: a receipt for each statement, in their order.
    /// - Throws: a ``Findings/Refusal`` with a finding for each statement that may not come in; then
    ///   nothing was written.
    public func admit(
        _ statements: [SignedStatement],
        documents: [Document] = [],
        people: [PersonRecord] = [],
        notes: [NoteRecord] = [],
        at now: Int
    ) throws -> [Receipt] {
        if let upstream {
            return try upstream.admit(
                statements,
                documents: documents,
                people: people,
                notes: notes
            )
        }
        return try admitHere(
            statements,
            documents: documents,
            people: people,
            notes: notes,
            at: now
        )
    }

    /// Admits into this file, whatever stands behind it: what a working copy does while the record
    /// can't be reached.
    ///
    /// - Parameters:
    ///   - statements: what is said.
    ///   - documents: what they name by hash.
    ///   - people: personal data that they commit to.
    ///   - notes: free text that they commit to.
    ///   - now: the clock of the door, in milliseconds since 1970.
    ///   - position: of a copy with gaps, how far it reaches: what is said comes after that.
    /// - Returns: a receipt for each statement, in their order.
    /// - Throws: as ``admit(_:documents:people:notes:at:)``.
    public func admitHere(
        _ statements: [SignedStatement],
        documents: [Document] = [],
        people: [PersonRecord] = [],
        notes: [NoteRecord] = [],
        at now: Int,
        beyond position: Int = 0
    ) throws -> [Receipt] {
        try mustBeWritable()
        let genuine = Self.verified(statements)
        let receipts = try queue.write { db in
            var (house, catalogue) = try current(db)
            try Self.insert(documents, db)
            for person in people { try person.insert(db) }
            for note in notes { try note.insert(db) }
            var receipts: [Receipt] = []
            var findings: [Finding] = []
            var previous = try Self.head(db)
            if let head = previous, head.position < position {
                previous = Head(position: position, hash: head.hash, admittedAt: head.admittedAt)
            }
            var door = Door(db: db, catalogue: catalogue, previous: previous, now: now)
            for (index, signed) in statements.enumerated() {
                switch try door.admit(signed, genuine: genuine[index], house: &house) {
                case .admitted(let receipt): receipts.append(receipt)
                case .refused(let faults):
                    findings += faults.map { Self.placed($0, index, statements.count) }
                }
            }
            guard findings.isEmpty else { throw Refusal(findings) }
            try keep(house, db)
            return receipts
        }
        if statements.contains(where: { $0.statement.kind == .second }) { try forget() }
        return receipts
    }

    /// Admits what several callers say in one transaction, and makes it durable once: each caller's
    /// statements are admitted all or none, whatever becomes of the others'.
    ///
    /// - Parameters:
    ///   - submissions: what each says.
    ///   - now: the clock of the door, in milliseconds since 1970.
    /// - Returns: for each submission the receipts, or what the door refuses.
    /// - Throws: what the store throws; then nothing at all was written.
    public func admitEach(
        _ submissions: [CheckedDelivery],
        at now: Int
    ) throws -> [Result<[Receipt], Refusal>] {
        try mustBeWritable()
        let results = try queue.write { db in
            var (house, catalogue) = try current(db)
            var results: [Result<[Receipt], Refusal>] = []
            var door = Door(db: db, catalogue: catalogue, previous: try Self.head(db), now: now)
            for checked in submissions {
                let submission = checked.delivery
                let statements = submission.statements
                var receipts: [Receipt] = []
                var findings: [Finding] = []
                let before = (house, door)
                try db.inSavepoint {
                    try Self.insert(submission.documents, db)
                    for person in submission.people { try person.insert(db) }
                    for note in submission.notes { try note.insert(db) }
                    for (index, signed) in statements.enumerated() {
                        let isGenuine = checked.genuine[index]
                        switch try door.admit(signed, genuine: isGenuine, house: &house) {
                        case .admitted(let receipt): receipts.append(receipt)
                        case .refused(let faults):
                            findings += faults.map { Self.placed($0, index, statements.count) }
                        }
                    }
                    return findings.isEmpty ? .commit : .rollback
                }
                if findings.isEmpty {
                    results.append(.success(receipts))
                } else {
                    (house, door) = before
                    results.append(.failure(Refusal(findings)))
                }
            }
            try keep(house, db)
            return results
        }
        let statements = submissions.flatMap(\.delivery.statements)
        if statements.contains(where: { $0.statement.kind == .second }) { try forget() }
        return results
    }

    /// What was erased must not live on in the write-ahead log.
    private func forget() throws {
        try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }

    static func placed(_ finding: Finding, _ index: Int, _ count: Int) -> Finding {
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

    /// The catalogue that the record was opened with.
    func knownCatalogue() throws -> Catalogue {
        guard let catalogue = cache.withLock({ $0.catalogue }) else {
            throw RecordError.damaged("catalogue")
        }
        return catalogue
    }

    func current(_ db: Database) throws -> (House, Catalogue) {
        let version = try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0
        let (cached, catalogue) = cache.withLock { ($0, $0.catalogue) }
        guard let catalogue else { throw RecordError.damaged("catalogue") }
        if cached.version == version { return (cached.house, catalogue) }
        let position = try Self.head(db)?.position ?? 0
        // What other processes write is nearly always sheets, which change nothing that is kept here.
        let isSame =
            try cached.version != nil
            && String.fetchAll(
                db,
                sql: "SELECT DISTINCT kind FROM entry WHERE position > ?",
                arguments: [cached.position]
            ).allSatisfy(StatementKind.leavingTheHouse.contains)
        let house = isSame ? cached.house : try House(db)
        cache.withLock { cache in
            cache.house = house
            cache.version = version
            cache.position = position
        }
        return (house, catalogue)
    }

    /// The cache follows the transaction: kept when it commits, forgotten when it does not.
    func keep(_ house: House, _ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0
        let position = try Self.head(db)?.position ?? 0
        cache.withLock { $0.version = nil }
        db.afterNextTransaction(
            onCommit: { [self] _ in
                cache.withLock { cache in
                    cache.house = house
                    cache.version = version
                    cache.position = position
                }
            },
            onRollback: { [self] _ in cache.withLock { $0.version = nil } }
        )
    }
}
