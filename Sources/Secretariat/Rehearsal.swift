public import Competition
internal import Exact
public import Findings
internal import Foundation
internal import Ledger
internal import Scoring
public import Seal
internal import Snapshots
internal import Synchronization

/// A whole competition at real size, invented from a seed: every statement goes through the
/// ledger's door, signed by the key of whoever says it.
public struct Rehearsal {
    /// Where the rehearsal writes, and from what it is made.
    public struct Settings: Sendable {
        /// The event's folder.
        public var eventFolder: String
        /// Where everything goes.
        public var folder: String
        /// The seed.
        public var seed: UInt64
        /// How many entrants an item has.
        public var entrantsPerItem: Int
        /// How many items take part; all where nil.
        public var items: Int?
        /// Whether items get the cards that the event names for a rehearsal at full size, rather than
        /// their own.
        public var isAtFullSize = true
        /// What the keyring's PIN costs an attacker: next to nothing in tests.
        public var vault = Vault.Cost.full

        /// Makes the settings of the full size.
        public init(eventFolder: String, folder: String, seed: UInt64 = 2022) {
            self.eventFolder = eventFolder
            self.folder = folder
            self.seed = seed
            entrantsPerItem = 37
        }
    }

    /// What has been done so far, for a progress bar.
    public struct Step: Sendable {
        /// What is being done.
        public let title: Text
        /// How much of it is done, and of how much.
        public let done: Int
        /// The whole of it.
        public let total: Int

        /// Makes a step.
        public init(title: Text, done: Int, total: Int) {
            self.title = title
            self.done = done
            self.total = total
        }
    }

    /// The PIN of the rehearsal's keyring: it guards nothing.
    public static let pin = "rehearsal"

    /// The office of the rehearsal's record.
    public let office: Office
    let settings: Settings
    let clock: RehearsalClock
    let report: (Step) -> Void
    /// Everybody's keys.
    public internal(set) var ring: Keyring
    var people: RehearsalPeople
    private(set) var counts = (sheets: 0, marks: 0, entrants: 0)

    /// Makes the record, the keys and the appointments.
    public init(_ settings: Settings, report: @escaping (Step) -> Void) throws {
        self.settings = settings
        self.report = report
        try FileManager.default.createDirectory(
            atPath: settings.folder,
            withIntermediateDirectories: true
        )
        var ring = try Keyring(
            path: settings.folder + "/keys/keyring.json",
            pin: Self.pin,
            cost: settings.vault
        )
        let root = try ring.make("organiser")
        // The competition was yesterday: the window for appeals can run out without anybody waiting.
        let clock = RehearsalClock(start: Office.systemClock() - 24 * 3_600_000)
        self.clock = clock
        office = try Office.create(
            folder: settings.eventFolder,
            into: settings.folder + "/liaoning.laurel",
            root: root,
            person: "P-organiser-1",
            isRehearsal: true,
            isAtFullSize: settings.isAtFullSize,
            now: { clock.now }
        )
        self.ring = ring
        people = RehearsalPeople(seed: settings.seed)
    }

    /// The items that take part.
    public var items: [ContestItem] {
        Array(office.catalogue.event.items.prefix(settings.items ?? .max))
    }

    /// How many sheets, marks and entrants have come in.
    public var size: (sheets: Int, marks: Int, entrants: Int) { counts }

    // MARK: Keys and appointments

    /// Makes every key, saves them under one PIN, and appoints them.
    public mutating func appoint() throws {
        let root = try ring.key("organiser")
        var bodies: [JSONValue] = []
        func body(
            _ name: String,
            _ role: Role,
            item: String? = nil,
            delegation: String? = nil
        ) throws {
            let key = try ring.make(name)
            bodies.append(
                Office.appointment(
                    name: name,
                    key: key.verifying,
                    role: role,
                    person: "P-" + name,
                    item: item,
                    delegation: delegation
                )
            )
        }
        try body("organiser-2", .organiser)
        try body("arbitration-1", .arbitration)
        try body("auditor-1", .auditor)
        for delegation in office.catalogue.event.delegations {
            try body("L-" + delegation.id.text, .delegationLeader, delegation: delegation.id.text)
            if delegation.isCity {
                try body("B-" + delegation.id.text, .bureau, delegation: delegation.id.text)
            }
        }
        for item in items {
            try body("CJ-" + item.id.text, .chiefJudge, item: item.id.text)
            try body("SV-" + item.id.text, .supervisor, item: item.id.text)
            try body("R-" + item.id.text, .recorder, item: item.id.text)
            for layer in 0..<(office.catalogue.event.blindLayers[item.id] ?? 0) {
                try body("E-\(item.id.text)-\(layer + 1)", .encryptionJudge, item: item.id.text)
            }
            for (number, delegation) in judgeDelegations(item).enumerated() {
                try body(
                    "J-\(item.id.text)-0\(number + 1)",
                    .judge,
                    item: item.id.text,
                    delegation: delegation
                )
            }
        }
        try ring.save()
        let statements = try bodies.map { try office.statement(.appoint, $0, by: root) }
        _ = try office.record.admit(statements, at: office.now())
        report(
            Step(
                title: Text("密钥与任命", "keys and appointments"),
                done: bodies.count,
                total: bodies.count
            )
        )
    }

    /// The judges' own delegations: all different where the card lets a panel be one short, neutral
    /// judges where it does not.
    private func judgeDelegations(_ item: ContestItem) -> [String?] {
        let panel = office.catalogue.cards[item.id]?.panel
        let count = panel?.judges ?? 5
        guard let minimum = panel?.minimum, minimum < count else {
            return Array(repeating: nil, count: count)
        }
        var random = SeededGenerator.forked(settings.seed, "judges" + item.id.text)
        let codes = office.catalogue.event.delegations.map(\.id.text).shuffled(using: &random)
        // Every second judge is neutral.
        return (0..<count).map { $0 % 2 == 0 ? codes[$0 % codes.count] : nil }
    }

    // MARK: Entrants

    /// Registers the entrants of every item.
    public mutating func register() throws {
        let delegations = office.catalogue.event.delegations
        let cities = delegations.filter(\.isCity).map(\.id.text)
        var roster: [RosterEntrant] = []
        for item in items {
            var random = SeededGenerator.forked(settings.seed, "entrants" + item.id.text)
            let start = random.below(delegations.count)
            for number in 0..<settings.entrantsPerItem {
                let delegation = delegations[(start + number) % delegations.count]
                let code = String(1000 + number + 1).suffix(3)
                let home =
                    random.happens(40)
                    ? nil
                    : delegation.isCity ? delegation.id.text : cities[random.below(cities.count)]
                let members = (0..<item.teamSize).map { _ in people.person(city: home) }
                roster.append(
                    RosterEntrant(
                        id: "\(item.id.text)-\(code)",
                        item: item.id.text,
                        delegation: delegation.id.text,
                        group: random.happens(300) ? "student" : "worker",
                        isGuest: number >= settings.entrantsPerItem - 1 && random.happens(120),
                        members: members
                    )
                )
            }
        }
        counts.entrants = roster.count
        _ = try office.register(roster, by: try ring.key("organiser"))
        report(Step(title: Text("选手登记", "entrants"), done: roster.count, total: roster.count))
    }

    // MARK: Marking

    /// Marks every item: absences first, then each judge's sheets, confirmation, lock, co-signature.
    public mutating func mark() throws {
        for (number, item) in items.enumerated() {
            try stateAbsences(item)
            try drawNumbers(item)
            try markSheets(item)
            try close(item)
            report(
                Step(
                    title: Text("评分、复核、锁定", "marking, confirming, locking"),
                    done: number + 1,
                    total: items.count
                )
            )
        }
    }

    private func stateAbsences(_ item: ContestItem) throws {
        var random = SeededGenerator.forked(settings.seed, "absent" + item.id.text)
        let chief = try ring.key("CJ-" + item.id.text)
        var statements: [SignedStatement] = []
        for row in try office.record.entrants(of: item.id) {
            let draw = random.below(1000)
            guard draw < 25 else { continue }
            let status: EntrantStatus = draw < 17 ? .absent : .withdrew
            statements.append(
                try office.statement(
                    .standing,
                    [
                        "entrant": .string(row.entrant.id.text), "item": .string(item.id.text),
                        "reason": .string(draw < 17 ? "检录未到(演练)" : "书面弃权(演练)"),
                        "status": .string(status.rawValue),
                    ],
                    by: chief
                )
            )
        }
        if !statements.isEmpty { _ = try office.record.admit(statements, at: office.now()) }
    }

    /// 加密: each layer is committed to, witnessed and drawn.
    private mutating func drawNumbers(_ item: ContestItem) throws {
        let layers = office.catalogue.event.blindLayers[item.id] ?? 0
        for layer in 0..<layers {
            var random = SeededGenerator.forked(settings.seed, "draw\(layer)" + item.id.text)
            func bytes(_ count: Int) -> [UInt8] {
                (0..<count).map { _ in UInt8(random.below(256)) }
            }
            let holder = "E-\(item.id.text)-\(layer + 1)"
            _ = try office.commitDraw(
                item.id,
                layer: layer + 1,
                by: holder,
                in: &ring,
                secret: bytes(32)
            )
            _ = try office.second(
                item.id,
                by: "SV-" + item.id.text,
                in: ring,
                nonce: bytes(16)
            )
            _ = try office.draw(item.id, layer: layer + 1, by: holder, in: ring)
        }
    }

    private mutating func markSheets(_ item: ContestItem) throws {
        guard let card = office.catalogue.cards[item.id],
            let hash = office.catalogue.cardHashes[item.id]
        else { return }
        let judges = try office.record.judges(of: item.id)
        let keys = try judges.map { try ring.key($0.id.text) }
        let recorder = try ring.key("R-" + item.id.text)
        let units = card.units.map(RehearsalMarks.init)
        var statements: [SignedStatement] = []
        var twin: SeededGenerator?
        for row in try office.record.subjects(of: item.id)
        where row.entrant.status == .competing {
            // Now and then an entrant's work equals the one before to the last mark: real ties.
            var random = SeededGenerator.forked(settings.seed, "marks" + row.entrant.id.text)
            if random.happens(20), let same = twin { random = same }
            twin = random
            let ability = 520 + random.below(260) + random.below(180)
            for marks in units {
                for attempt in 1...marks.unit.attempts {
                    let sheet = { (judge: JudgeID?, values: [Int32]) in
                        SheetContent(
                            item: item.id,
                            unit: marks.unit.id,
                            entrant: row.entrant.id,
                            judge: judge,
                            attempt: attempt,
                            card: hash,
                            marks: values
                        )
                    }
                    if !marks.unit.agreed.isEmpty {
                        let values = marks.agreed(ability: ability, random: &random)
                        statements.append(
                            try office.statement(.sheet, sheet(nil, values).body, by: recorder)
                        )
                        counts.marks += values.count
                    }
                    guard !marks.unit.judged.isEmpty else { continue }
                    let all = marks.judged(
                        ability: ability,
                        judges: judges.count,
                        random: &random
                    )
                    for (index, judge) in judges.enumerated()
                    where !row.barred.contains(judge.id.text) {
                        statements.append(
                            try office.statement(
                                .sheet,
                                sheet(judge.id, all[index]).body,
                                by: keys[index]
                            )
                        )
                        counts.marks += all[index].count
                    }
                }
            }
        }
        counts.sheets += statements.count
        _ = try office.record.admit(statements, at: office.now())
    }

    /// Confirmation by a second person, rulings on ties that must be told apart, lock, co-signature.
    func close(_ item: ContestItem) throws {
        let chief = try ring.key("CJ-" + item.id.text)
        _ = try office.confirmAll(item.id, by: chief)
        let standings = try office.standings(of: item.id)
        for tie in standings.openTies {
            try office.say(
                .order,
                [
                    "entrants": .array(tie.entrants.map { .string($0.text) }),
                    "item": .string(item.id.text), "reason": "按加赛结果裁定(演练)",
                ],
                by: chief
            )
        }
        _ = try office.lock(item.id, by: chief)
        let closed = try office.record.draws(of: item.id).filter { $0.sources.isEmpty }
        for layer in closed.reversed() {
            _ = try office.askReveal(item.id, by: chief)
            _ = try office.second(item.id, by: "E-\(item.id.text)-\(layer.layer)", in: ring)
        }
        try office.say(
            .cosign,
            ["item": .string(item.id.text)],
            by: try ring.key("SV-" + item.id.text)
        )
    }
}

/// The clock of a rehearsal: it goes on by itself, and can be moved on.
final class RehearsalClock: Sendable {
    private let start: Int
    private let begun = Office.systemClock()
    private let skipped = Mutex(0)

    init(start: Int) { self.start = start }

    /// The time, in milliseconds since 1970.
    var now: Int { start + Office.systemClock() - begun + skipped.withLock { $0 } }

    func advance(minutes: Int) { skipped.withLock { $0 += minutes * 60_000 } }
}
