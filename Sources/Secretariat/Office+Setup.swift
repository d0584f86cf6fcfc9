public import Competition
internal import Findings
internal import Foundation
internal import Interchange
public import Ledger
public import Seal

extension Office {
    /// Makes a record from an event's folder, under the organiser's root key.
    ///
    /// - Parameters:
    ///   - folder: the event's folder.
    ///   - path: where the record shall stand.
    ///   - root: the organiser's key.
    ///   - person: the organiser's person.
    ///   - isRehearsal: whether nothing in it is real.
    ///   - isAtFullSize: whether items get the cards that the event names for a rehearsal at full size.
    ///   - now: the clock.
    /// - Returns: the office of the record.
    /// - Throws: a `Refusal` with all that is wrong in the folder, or where there is a file already.
    public static func create(
        folder: String,
        into path: String,
        root: SigningKey,
        person: String,
        isRehearsal: Bool,
        isAtFullSize: Bool = false,
        now: @escaping @Sendable () -> Int = systemClock
    ) throws -> Office {
        let (documents, body) = try genesis(
            folder: folder,
            person: person,
            isRehearsal: isRehearsal,
            isAtFullSize: isAtFullSize
        )
        let reading = try read(documents, body)
        let statement = try Statement(
            kind: .genesis,
            event: reading.catalogue.event.id.text,
            author: root.verifying,
            nonce: randomBytes(16),
            saidAt: now(),
            body: body
        ).signed(with: root)
        do {
            let record = try Record.create(
                path: path,
                genesis: statement,
                documents: documents,
                catalogue: reading.catalogue,
                at: now()
            )
            return Office(record: record, reading: reading, now: now)
        } catch RecordError.exists {
            throw Refusal(
                "record.exists",
                Text("文件已存在,不会覆盖", "the file exists and is not written over"),
                at: Place(file: path)
            )
        }
    }

    private static func genesis(
        folder: String,
        person: String,
        isRehearsal: Bool,
        isAtFullSize: Bool
    ) throws -> ([Document], JSONValue) {
        let event = try EventFolder.read(folder)
        var documents = [
            Document(
                kind: "event",
                name: event.event.id.text,
                content: event.content.json.canonical
            )
        ]
        var findings: [Finding] = []
        var hashes: [String: String] = [:]
        let files = isAtFullSize ? event.rehearsalCards : event.cards
        for file in Set(files.values).sorted() {
            let path = folder + "/" + file
            do throws(Refusal) {
                let tree = try YAMLFile.parse(try TextFile.read(path), file: path)
                let reading = ScorecardFile.read(event.card(tree))
                findings += reading.findings
                guard let card = reading.card, let content = reading.content else { continue }
                let document = Document(
                    kind: "scorecard",
                    name: card.id,
                    content: content.json.canonical
                )
                documents.append(document)
                hashes[file] = document.hash.hex
            } catch {
                findings += error.findings
            }
        }
        guard !findings.hasErrors else { throw Refusal(findings) }
        let cards = files.sorted { $0.key < $1.key }.compactMap { item, file in
            hashes[file].map { JSONValue.Member(item.text, .string($0)) }
        }
        var honours: JSONValue = .null
        let path = folder + "/honours.yaml"
        if FileManager.default.fileExists(atPath: path) {
            let tree = try YAMLFile.parse(try TextFile.read(path), file: path)
            _ = try HonoursFile.read(tree)
            let document = Document(
                kind: "honours",
                name: "honours",
                content: tree.json.canonical
            )
            documents.append(document)
            honours = .string(document.hash.hex)
        }
        return (
            documents,
            [
                "cards": .object(cards), "event": .string(documents[0].hash.hex),
                "honours": honours, "name": "organiser", "person": .string(person),
                "rehearsal": .bool(isRehearsal), "rules": 2,
            ]
        )
    }

    /// The body of an appointment; `until` is when it ends by itself, in milliseconds since 1970.
    public static func appointment(
        name: String,
        key: VerifyingKey,
        role: Role,
        person: String,
        item: String? = nil,
        delegation: String? = nil,
        until: Int? = nil
    ) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("key", .string(key.hex)), .init("name", .string(name)),
            .init("person", .string(person)), .init("role", .string(role.rawValue)),
        ]
        if let item { members.append(.init("item", .string(item))) }
        if let delegation { members.append(.init("delegation", .string(delegation))) }
        if let until { members.append(.init("until", .int(until))) }
        return .object(members)
    }

    /// Registers the entrants of a table, all or none: `entrant,item,delegation,name,id_number` and
    /// optionally `group,guest,employer,employer_city,insured_city,phone,skill_level,credit_code`,
    /// `certificate_name,certificate_number,certificate_date,social_security_card`; a team has a row a
    /// member.
    public func importEntrants(_ file: String, by key: SigningKey) throws -> [Receipt] {
        let table = try CSVTable(try TextFile.read(file), file: file)
        let roster = try EntrantRoster.read(table, catalogue: catalogue)
        return try register(roster, by: key)
    }

    /// Registers entrants, one statement an item.
    public func register(_ roster: [RosterEntrant], by key: SigningKey) throws -> [Receipt] {
        var people: [PersonRecord] = []
        var byItem: [String: [JSONValue]] = [:]
        for entrant in roster.sorted(by: { $0.id < $1.id }) {
            var members: [JSONValue] = []
            for content in entrant.members {
                let person = PersonRecord(content: content, salt: randomBytes(16))
                people.append(person)
                members.append(.string(person.commitment.hex))
            }
            byItem[entrant.item, default: []].append([
                "delegation": .string(entrant.delegation), "group": .string(entrant.group),
                "guest": .bool(entrant.isGuest), "id": .string(entrant.id),
                "members": .array(members),
            ])
        }
        let statements = try byItem.keys.sorted().map { item in
            try statement(
                .entrants,
                ["entrants": .array(byItem[item] ?? []), "item": .string(item)],
                by: key
            )
        }
        return try record.admit(statements, people: people, at: now())
    }
}

/// An entrant as an organiser hands it in, with the members' personal data.
public struct RosterEntrant: Sendable, Hashable {
    /// The code.
    public let id: String
    /// The item.
    public let item: String
    /// The delegation.
    public let delegation: String
    /// The group.
    public let group: String
    /// Whether the entrant is a guest.
    public let isGuest: Bool
    /// The members' data: name, ID number and whatever else is known.
    public let members: [JSONValue]

    /// Makes an entrant.
    public init(
        id: String,
        item: String,
        delegation: String,
        group: String,
        isGuest: Bool,
        members: [JSONValue]
    ) {
        self.id = id
        self.item = item
        self.delegation = delegation
        self.group = group
        self.isGuest = isGuest
        self.members = members
    }
}
