internal import Competition
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

extension Audit {
    mutating func documents() throws {
        var expected = Self.named(by: statements)
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT hash, kind, name, content FROM document ORDER BY hash"
        )
        while let row = try rows.next() {
            let content = Array(try row.get("content") as Data)
            let (kind, name): (String, String) = (try row.get("kind"), try row.get("name"))
            let hash = Digest(of: content)
            guard hash.bytes == Array(try row.get("hash") as Data) else {
                found("audit.document", "文件 \(name) 被改动", "document \(name) was changed")
                continue
            }
            let own = try? JSONValue(parsing: content)
            let wanted = expected.removeValue(forKey: hash)
            let title: String? =
                switch kind {
                case "event", "scorecard": own?["id"]?.string
                case "snapshot": own?["kind"]?.string
                default: wanted?.name
                }
            if wanted?.kind == kind, title == name { continue }
            found(
                "audit.document",
                "文件 \(name) 没有陈述提到,或名称、种类不符",
                "no statement names document \(name), or its name or kind is another"
            )
        }
        for (hash, kind) in expected.sorted(by: { $0.key < $1.key }) {
            found(
                "audit.document",
                "缺少文件 \(kind) \(hash.short)",
                "document \(kind) \(hash.short) is missing"
            )
        }
    }

    /// Which documents the statements name, and as what.
    private static func named(by statements: [Statement]) -> [Digest: (kind: String, name: String)]
    {
        var kinds: [Digest: (kind: String, name: String)] = [:]
        func add(_ value: JSONValue?, _ kind: String, _ name: String? = nil) {
            guard let hash = value?.string.flatMap({ Digest(hex: $0) }) else { return }
            kinds[hash] = (kind, name ?? kind)
        }
        for statement in statements {
            switch statement.kind {
            case .genesis:
                add(statement.body["event"], "event")
                add(statement.body["honours"], "honours")
                if case .object(let cards)? = statement.body["cards"] {
                    for card in cards { add(card.value, "scorecard") }
                }
            case .publish: add(statement.body["snapshot"], "snapshot")
            case .ruling:
                let (item, appeal) = (statement.body["item"]?.string, statement.body["appeal"]?.int)
                add(
                    statement.body["consequences"],
                    "consequences",
                    "\(item ?? "")/\(appeal ?? 0)"
                )
            default: break
            }
        }
        return kinds
    }

    /// Each person the annex holds must open a commitment; commitments that nothing opens are counted.
    mutating func annex() throws {
        var held: Set<Digest> = []
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM person")
        while let row = try rows.next() {
            counts.people += 1
            let commitment = Digest(bytes: try row.get("commitment") as Data)
            if let person = try PersonRecord(row), person.commitment == commitment {
                held.insert(person.commitment)
            } else {
                findings.append(
                    Finding(
                        "audit.person",
                        Text("一条人员资料与其承诺不符", "a person's data do not open their commitment")
                    )
                )
            }
        }
        for row in try Row.fetchAll(db, sql: "SELECT * FROM note") {
            let note = NoteRecord(
                text: try row.get("content"),
                salt: Array(try row.get("salt") as Data)
            )
            if note.commitment.bytes == Array(try row.get("commitment") as Data) {
                held.insert(note.commitment)
            } else {
                found("audit.note", "一条文字与其承诺不符", "a note does not open its commitment")
            }
        }
        var committed: Set<Digest> = []
        var erased: Set<Digest> = []
        var isVenue = false
        var texts: Set<Digest> = []
        var asked: [Digest: JSONValue] = [:]
        for (number, statement) in statements.enumerated() {
            if Self.noted.contains(statement.kind) { texts.formUnion(Self.texts(statement.body)) }
            switch statement.kind {
            case .entrants:
                for value in statement.body["entrants"]?.array ?? [] {
                    committed.formUnion(Self.digests(value["members"]))
                }
            case .erase: asked[ids[number]] = statement.body
            case .second:
                guard let of = statement.body["of"]?.string.flatMap({ Digest(hex: $0) }),
                    let body = asked[of]
                else { break }
                erased.formUnion(Self.digests(body["persons"]))
                erased.formUnion(Self.digests(body["notes"]))
            case .carry: isVenue = isVenue || statement.body["venue"] != nil
            default: break
            }
        }
        counts.erased = erased.count
        if !erased.isDisjoint(with: held) {
            found(
                "audit.erased",
                "已决定删除的个人信息仍在附卷中",
                "the annex still holds personal data that were to be erased"
            )
        }
        let silent = texts.subtracting(held).subtracting(erased)
        if !isVenue, !silent.isEmpty {
            found(
                "audit.note",
                "附卷缺少 \(silent.count) 条文字,而没有删除它们的陈述",
                "the annex lacks \(silent.count) texts, and no statement erased them"
            )
        }
        let lost = committed.subtracting(held).subtracting(erased)
        counts.elsewhere = isVenue ? lost.count : 0
        if !isVenue, !lost.isEmpty {
            found(
                "audit.person",
                "附卷缺少 \(lost.count) 人的资料,而没有删除它们的陈述",
                "the annex lacks the data of \(lost.count) persons, and no statement erased them"
            )
        }
    }

    /// What states its reason or grounds by a commitment.
    private static let noted: Set<StatementKind> = [
        .standing, .penalty, .appeal, .ruling, .reopen, .settle, .erase, .honour,
    ]

    /// The commitments to texts in a body: its reason, its grounds, and what shows each condition.
    private static func texts(_ body: JSONValue) -> [Digest] {
        var words = [body["reason"]?.string, body["grounds"]?.string]
        if case .object(let members)? = body["evidence"] { words += members.map(\.value.string) }
        return words.compactMap { $0 }.filter { $0.utf8.count == 64 }.compactMap { Digest(hex: $0) }
    }

    private static func digests(_ value: JSONValue?) -> [Digest] {
        (value?.array ?? []).compactMap { $0.string.flatMap { Digest(hex: $0) } }
    }

    mutating func checkpoints() throws {
        let keys = signers
        for row in try Row.fetchAll(db, sql: "SELECT * FROM checkpoint ORDER BY position") {
            let position: Int = try row.get("position")
            if let note = SignedNote(parsing: try row.get("note")),
                agrees(note, keys, size: position)
            {
                counts.checkpoints += 1
            } else {
                fault(position, "与已签名的检查点不符", "the chain does not agree with the signed checkpoint")
            }
        }
    }

    /// Checkpoints that somebody kept outside: whoever rewrote the whole chain can't have rewritten
    /// them.
    mutating func earlier(_ notes: [SignedNote]) {
        let keys = signers
        for note in notes {
            if agrees(note, keys, size: nil) {
                counts.checkpoints += 1
            } else {
                found(
                    "audit.since",
                    "链与所给的检查点不符:此后的记录被改写、截短,或检查点不是本赛事的",
                    "the chain does not agree with the given checkpoint: it was rewritten or cut off since, or the checkpoint is another event's"
                )
            }
        }
    }

    /// Whoever may have signed a checkpoint: keys that were appointed organiser or auditor.
    private var signers: [VerifyingKey] {
        var keys = statements.first.map { [$0.author] } ?? []
        var holders: [String: Bool] = ["organiser": true]
        for statement in statements {
            guard let name = statement.body["name"]?.string,
                let key = statement.body["key"]?.string.flatMap({ VerifyingKey(hex: $0) })
            else { continue }
            if statement.kind == .appoint {
                holders[name] = ["organiser", "auditor"].contains(statement.body["role"]?.string)
            }
            if statement.kind == .appoint || statement.kind == .rotate, holders[name] ?? false {
                keys.append(key)
            }
        }
        return keys
    }

    private func agrees(_ note: SignedNote, _ keys: [VerifyingKey], size: Int?) -> Bool {
        let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard keys.contains(where: note.verifies), lines.count == 4, let stated = Int(lines[1]),
            size == nil || size == stated, stated > 0, stated <= tree.leaves.count
        else { return false }
        return lines[2] == Data(tree.root(size: stated).bytes).base64EncodedString()
    }
}
