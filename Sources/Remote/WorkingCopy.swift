public import Findings
internal import Foundation
public import Ledger
public import Seal
public import Secretariat
internal import Synchronization

/// A command's copy of what its key may see, and the way of its statements to the server's record.
///
/// The copy is fetched, checked against signatures (and the chain, where the key may see all of it)
/// and kept sealed beside the key; while the server can't be reached, the command works on in the copy and
/// what it says waits, sealed, and is sent in order when the server answers again, each exactly once.
public final class WorkingCopy: Upstream {
    /// How a server is spoken to.
    public struct Settings: Sendable {
        /// The server.
        public let server: ServerAddress
        /// The key that reads and speaks.
        public var key: SigningKey
        /// The key's name.
        public let name: String
        /// Where the sealed copy and what waits are kept.
        public let folder: String
        /// A PEM file with the authority to trust; nil for the system's.
        public var authority: String?
        /// The language of findings.
        public var language: Language = .zh
        /// How long an answer may take, in seconds.
        public var patience = 20
        /// For how long, after the server could not be reached, nothing tries again but ``keepUp(every:)``
        /// and ``send()``, in seconds: a hand that waits for a network at each sheet goes home.
        public var rest = 0
        /// Hears what a person should know: that the line is down, or up again.
        public var report: @Sendable (Text) -> Void = { _ in }

        /// Names a server and a key.
        public init(server: ServerAddress, key: SigningKey, name: String, folder: String) {
            self.server = server
            self.key = key
            self.name = name
            self.folder = folder
        }
    }

    struct State {
        var outbox: Outbox
        /// How far the copy goes without what waits.
        var reached = 0
        /// How far personal data have been asked for.
        var people = 0
        /// Whether the copy holds statements that wait.
        var isAhead = false
        var isOnline = true
        var winnersOfNoCity: Int?
    }

    let settings: Settings
    let line: Line
    private let memory: PrivateFolder
    private let sealer: Sealer
    let state: Mutex<State>
    let office = Mutex<Office?>(nil)
    let now: @Sendable () -> Int
    /// As the outbox has it; read by screens, which must not wait for the network.
    let count = Atomic(0)
    /// Until when the server is not tried again, in milliseconds since 1970.
    let restsUntil = Atomic(0)

    private var copyPath: String { settings.folder + "/copy.sealed" }

    private init(_ settings: Settings, now: @escaping @Sendable () -> Int) throws {
        self.settings = settings
        self.now = now
        try FileManager.default.createDirectory(
            atPath: settings.folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        sealer = Sealer(secret: settings.key.seed, purpose: "laurel-remote/1")
        line = Line(
            try Wire(settings.server, authority: settings.authority, patience: settings.patience),
            key: settings.key,
            language: settings.language,
            now: now
        )
        memory = try PrivateFolder()
        state = Mutex(
            State(outbox: try Outbox(path: settings.folder + "/outbox.sealed", sealer: sealer))
        )
        count.store(state.withLock { $0.outbox.waiting.count }, ordering: .relaxed)
    }

    /// Opens an office over a working copy.
    ///
    /// - Parameters:
    ///   - settings: the server and the key.
    ///   - now: the clock.
    /// - Returns: the office; what it says goes to the server.
    /// - Throws: a `Refusal` where the server refuses the key, or can't be reached and there is no copy
    ///   yet.
    public static func open(
        _ settings: Settings,
        now: @escaping @Sendable () -> Int = Office.systemClock
    ) throws -> Office {
        let copy = try WorkingCopy(settings, now: now)
        let office = try copy.begin()
        office.record.upstream = copy
        return office
    }

    /// How many winners have no known city, as the server said last.
    public var winnersOfNoCity: Int? { state.withLock(\.winnersOfNoCity) }

    /// How many deliveries wait.
    public var waiting: Int { count.load(ordering: .relaxed) }

    /// The statements that wait, the oldest first.
    public var waitingStatements: [SignedStatement] {
        state.withLock { $0.outbox.waiting.flatMap(\.statements) }
    }

    /// What the record refused after it had waited, with why.
    public var refused: [(statements: [SignedStatement], findings: [Finding])] {
        state.withLock { $0.outbox.refused.map { ($0.delivery.statements, $0.findings) } }
    }

    /// Forgets what was refused.
    ///
    /// - Throws: what writing the file throws.
    public func forgetRefused() throws {
        try state.withLock { state in try state.outbox.alone { try state.outbox.forget() } }
    }

    /// Sends what was refused once more: what stood in its way may be gone.
    ///
    /// - Throws: what the disk throws.
    public func retryRefused() throws {
        try state.withLock { state in
            try state.outbox.alone { try state.outbox.again() }
            count.store(state.outbox.waiting.count, ordering: .relaxed)
        }
        try send()
    }

    /// Tries to send what waits; says nothing where the server is still away.
    ///
    /// - Throws: what the disk throws.
    public func send() throws {
        guard waiting > 0 else { return }
        try refresh()
    }

    /// Sends what waits and follows the record; says nothing where the server is away.
    ///
    /// - Throws: what the disk throws, or a `Refusal` where the key may not read any more.
    public func refresh() throws {
        try state.withLock { state in
            do {
                try flush(&state)
                try catchUp(&state)
            } catch is Unreachable {
                return
            }
        }
    }

    /// Goes on sending and following while somebody sits at a desk.
    ///
    /// - Parameter seconds: how often.
    public func keepUp(every seconds: Int) {
        Thread.detachNewThread { [weak self] in
            while true {
                Thread.sleep(forTimeInterval: Double(seconds))
                guard let self else { return }
                // Whoever hands in must not wait for this to find out that nobody answers.
                do {
                    _ = try line.greet()
                } catch {
                    restsUntil.store(now() + settings.rest * 3000, ordering: .relaxed)
                    continue
                }
                try? refresh()
            }
        }
    }

    // MARK: The copy

    private func begin() throws -> Office {
        try state.withLock { state in
            let opened = try restore(&state)
            do {
                if let opened {
                    office.withLock { $0 = opened }
                    guard try isSame(opened.record) else { throw otherRecord }
                    try flush(&state)
                    try catchUp(&state)
                    return opened
                }
                let made = try fetch(&state)
                office.withLock { $0 = made }
                try flush(&state)
                try catchUp(&state)
                return made
            } catch let error as Unreachable {
                guard let opened = office.withLock({ $0 }) else { throw away(error) }
                state.isOnline = false
                settings.report(
                    Text(
                        "连不上 \(settings.server.text)(\(error.reason.zh)):用 \(settings.name) 上次的副本继续,提交的内容加密存于本机,网络恢复后自动发送",
                        "\(settings.server.text) can't be reached (\(error.reason.en)): going on with the last copy of \(settings.name); what is handed in is kept here, encrypted, and sent when the network returns"
                    )
                )
                for delivery in state.outbox.waiting {
                    try put(delivery, into: opened.record, state)
                }
                state.isAhead = !state.outbox.waiting.isEmpty
                return opened
            }
        }
    }

    /// Whether the server keeps the record that the copy is of.
    func isSame(_ record: Record) throws -> Bool {
        try line.greet() == record.genesis().hex
    }

    private var otherRecord: Refusal {
        Refusal(
            "copy.other",
            Text(
                "\(settings.server.text) 上是另一份档案,与 \(settings.folder) 里的副本不是同一份;确要改用时请移走该目录",
                "\(settings.server.text) keeps another record than the copy in \(settings.folder); where that is meant, move the folder away"
            ),
            at: Place(file: "--server")
        )
    }

    private func away(_ error: Unreachable) -> Refusal {
        Refusal(
            "remote.unreachable",
            Text(
                "连不上 \(settings.server.text)(\(error.reason.zh)),也没有先前的副本",
                "\(settings.server.text) can't be reached (\(error.reason.en)), and there is no copy of before"
            ),
            at: Place(file: "--server")
        )
    }

    private func fetch(_ state: inout State) throws -> Office {
        _ = try line.greet()
        let first = try piece(after: 0, leaf: nil)
        let office = try Office.copy(into: memory.path + "/copy.laurel", from: first, now: now)
        (state.reached, state.winnersOfNoCity) = (first.reached, first.winnersOfNoCity)
        try follow(first, office.record, &state)
        try askForPeople(office, &state)
        try save(office.record, state)
        return office
    }

    /// Fetches what came since, and says it in place of what waited here.
    func catchUp(_ state: inout State) throws {
        guard let office = office.withLock({ $0 }) else { return }
        let record = office.record
        let leaf = try record.hash(at: state.reached)?.hex
        let piece = try piece(after: state.reached, leaf: leaf)
        state.isOnline = true
        restsUntil.store(0, ordering: .relaxed)
        let before = state.reached
        if state.isAhead || !piece.entries.isEmpty || !piece.checkpoints.isEmpty {
            try record.extend(with: piece, after: state.isAhead ? state.reached : nil)
            state.isAhead = false
        }
        (state.reached, state.winnersOfNoCity) = (piece.reached, piece.winnersOfNoCity)
        try follow(piece, record, &state)
        try askForPeople(office, &state)
        if state.reached != before { try save(record, state) }
    }

    private func follow(
        _ first: RecordPiece,
        _ record: Record,
        _ state: inout State
    ) throws {
        var length = first.length
        while state.reached < length {
            let next = try piece(after: state.reached, leaf: nil)
            try record.extend(with: next)
            guard next.reached > state.reached else { return }
            (state.reached, length) = (next.reached, next.length)
        }
    }

    private func piece(after position: Int, leaf: String?) throws -> RecordPiece {
        var query = "after=\(position)"
        // Only a copy of everything can say which leaf stands there.
        if let leaf, position > 0 { query += "&leaf=\(leaf)" }
        return try RecordPiece(json: try line.get("/api/v1/record", query: query))
    }

    /// Asks for the personal data of those who were registered since, against a pull that is signed
    /// here: organisers and bureaus have them.
    private func askForPeople(_ office: Office, _ state: inout State) throws {
        guard let sight = try office.sight(of: settings.key.verifying), sight.mayPull else {
            return
        }
        let registered = try office.record.statements(
            of: .entrants,
            after: state.people,
            through: state.reached
        )
        guard !registered.isEmpty else {
            state.people = state.reached
            return
        }
        let pulls = try office.pullsForCopy(sight, count: registered.count, by: settings.key)
        let body = Delivery(pulls).json
        while state.people < state.reached {
            let answer = try line.post("/api/v1/record", query: "after=\(state.people)", body)
            let piece = try RecordPiece(json: answer)
            try office.record.extend(
                with: RecordPiece(
                    isWhole: false,
                    reached: piece.reached,
                    length: piece.length,
                    entries: [],
                    documents: [],
                    people: piece.people,
                    notes: piece.notes
                )
            )
            guard piece.reached > state.people else { break }
            state.people = piece.reached
        }
    }

    // MARK: What is kept

    private func restore(_ state: inout State) throws -> Office? {
        guard let sealed = FileManager.default.contents(atPath: copyPath),
            let bytes = sealer.open(Array(sealed)), bytes.count > 16
        else { return nil }
        func number(_ offset: Int) -> Int {
            bytes[offset..<offset + 8].reduce(0) { $0 << 8 | Int($1) }
        }
        let path = memory.path + "/copy.laurel"
        try Data(bytes[16...]).write(to: URL(fileURLWithPath: path))
        do {
            let office = try Office.open(path, now: now)
            (state.reached, state.people) = (number(0), number(8))
            return office
        } catch {
            // A copy of another version is fetched anew.
            Record.remove(path)
            return nil
        }
    }

    private func save(_ record: Record, _ state: State) throws {
        let path = memory.path + "/sealed.laurel"
        Record.remove(path)
        try record.backup(to: path)
        defer { Record.remove(path) }
        guard let bytes = FileManager.default.contents(atPath: path) else { return }
        let head = [state.reached, state.people].flatMap { number in
            withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) }
        }
        try SealedFile.write(try sealer.seal(head + Array(bytes)), to: copyPath)
    }
}
